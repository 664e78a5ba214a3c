/** A person has seen what became of another life of the box. */
import type { TakeoverDismiss } from '#recipes/contracts/command.ts';
import type { Carried, CommandContext } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { refuse } from '../refuse.ts';
import type { LifeStore } from './life-store.ts';

export type DismissParts = {
  readonly ledger: Ledger;
  readonly dayOf: (at: number) => number;
  readonly lives: LifeStore;
};

export function dismissLife(
  parts: DismissParts,
  { life }: TakeoverDismiss,
  context: CommandContext,
): Carried {
  if (parts.lives.dismiss(life) === 0) {
    return refuse(
      'nothing_open',
      `life: nothing of "${life}" waits for a person`,
      `life:“${life}”没有待处理的内容`,
    );
  }
  const note = { what: 'seen', of: life };
  return { ok: true, seq: appendOfCommand(parts, { kind: 'takeover', note }, context) };
}
