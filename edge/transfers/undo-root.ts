/** What is undone: the entry at the end of a chain of reversals. */
import type { CommandContext, Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';

/** What an undoing does beside the moves, after its entry. */
export type Undoing = { readonly done: (context: CommandContext) => void };

/** The entry at the end of a chain of reversals, and whether undoing the newest one brings it back. */
export type Root = {
  readonly seq: number;
  readonly note: Readonly<Record<string, unknown>>;
  readonly restores: boolean;
};

/** The refusal of what cannot be brought back any more. */
export function notAgain(field: string, id: string): Refusal {
  return refuse(
    'cannot_restore',
    `${field}: "${id}" has changed since; do it again instead`,
    `${field}:“${id}”此后已有变化;请重新操作`,
  );
}
