/** Names that commands give out: of lots, orders, notes. */
import type { CommandContext } from './commands/execute.ts';

/**
 * The name of something new. What happened in another life of the box gave out a name that is on
 * labels and papers: it is the name again, where nothing else here has it.
 * @param nth which of the names that the command gave out, counted from 0
 * @param make a name that is free
 */
export function givenName(
  { takenOver }: Pick<CommandContext, 'takenOver'>,
  nth: number,
  isFree: (name: string) => boolean,
  make: () => string,
): string {
  const then = takenOver?.names[nth];
  return then !== undefined && then !== null && isFree(then) ? then : make();
}
