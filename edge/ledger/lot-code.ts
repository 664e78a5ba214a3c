/** Codes of lots that nobody else named. */
import type { CommandContext } from '../commands/execute.ts';
import { givenName } from '../given-name.ts';
import type { Ledger } from './ledger.ts';
import type { LotStore } from './lot-store.ts';

export type LotCodeParts = {
  readonly ledger: Pick<Ledger, 'seq'>;
  readonly lots: Pick<LotStore, 'byCode'>;
  readonly dayOf: (at: number) => number;
};

/** Which lot of a command it is. */
export type NthLot = {
  /** Its line, counted from 0. */
  readonly line: number;
  /** Number of its item. */
  readonly item: number;
  /** Which of the lots that the command answers with, counted from 0; default: its line. */
  readonly nth?: number;
};

/** Business day, entry, line; of what another life of the box has done, the code that is on the label. */
export function lotCode(
  parts: LotCodeParts,
  context: Pick<CommandContext, 'occurredAt' | 'takenOver'>,
  { line, item, nth = line }: NthLot,
): string {
  const day = parts.dayOf(context.occurredAt);
  const own = () => `${day}-${parts.ledger.seq() + 1}-${line + 1}`;
  return givenName(context, nth, (code) => isFreeCode(parts, code, item), own);
}

/** Whether no lot of the item carries this code. */
export function isFreeCode(
  { lots }: Pick<LotCodeParts, 'lots'>,
  code: string,
  item: number,
): boolean {
  return !lots.byCode(code).some((lot) => lot.item === item);
}
