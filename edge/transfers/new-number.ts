/** Numbers of transfers, requisitions and outside jobs: `TR-s1-20261123-001`, the store in each of them. */
import type { CommandContext } from '../commands/execute.ts';
import { givenName } from '../given-name.ts';
import { numberedId } from '../ledger/numbered-id.ts';
import type { TransferParts } from './transfer-parts.ts';

/** The next free one of the day; of what another life of the box has done, the number on its paper. */
export function newNumber(
  parts: TransferParts,
  kind: 'TR' | 'RQ' | 'OS',
  context: Pick<CommandContext, 'occurredAt' | 'takenOver'>,
): string {
  const used = { TR: parts.transfers, RQ: parts.requisitions, OS: parts.jobs }[kind];
  const day = parts.dayOf(context.occurredAt);
  const isFree = (id: string) => !used.has(id);
  return givenName(context, 0, isFree, () =>
    numberedId(`${kind}-${parts.store}`, day, used, parts.numbersAfter()),
  );
}
