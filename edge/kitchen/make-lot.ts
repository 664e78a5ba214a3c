/** A lot that was made here: trimmed, cooked, opened. It comes out of production with what went in as its cost. */
import type { Micro } from '#recipes/amount.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { CommandContext } from '../commands/execute.ts';
import { givenName } from '../given-name.ts';
import type { Draft } from '../ledger/draft.ts';
import { isFreeCode } from '../ledger/lot-code.ts';
import type { Lot } from '../ledger/lot-store.ts';
import { settleFromLot } from '../ledger/settle-shortage.ts';
import type { KitchenParts } from './kitchen-parts.ts';

export type NewLot = {
  readonly line: number;
  readonly item: number;
  readonly code: string;
  /** Millionths, more than 0. */
  readonly amount: Micro;
  /** Ten-thousandths of the currency; null = not known. */
  readonly cost: number | null;
  readonly at: number;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly openedAt?: number | null;
  readonly supplier?: string | null;
  readonly parent?: number | null;
};

/** @returns the number of the lot */
export function makeLot(parts: KitchenParts, draft: Draft, made: NewLot): number {
  const { line, item, amount } = made;
  const lot = parts.lots.insert({
    item,
    code: made.code,
    supplier: made.supplier ?? null,
    entry: parts.ledger.seq() + 1,
    amount,
    cost: made.cost,
    receivedAt: made.at,
    producedAt: made.producedAt,
    expiresAt: made.expiresAt,
    openedAt: made.openedAt ?? null,
    parent: made.parent ?? null,
  });
  draft.move({ line, item, lot, from: PLACES.production, to: PLACES.stock, amount });
  settleFromLot(parts.ledger, draft, { line, item, lot, most: amount });
  return lot;
}

/**
 * A part that is treated on its own gets the code of the whole with a running number.
 * @param nth which of the lots that the command answers with
 */
export function partCode(
  parts: KitchenParts,
  context: CommandContext,
  lot: Lot,
  nth: number,
): string {
  const head = lot.code.slice(0, CODE_HEAD_MAX);
  const free = (code: string) => isFreeCode(parts, code, lot.item);
  return givenName(context, nth, free, () => {
    for (let n = 1; ; n++) if (free(`${head}/${n}`)) return `${head}/${n}`;
  });
}

const CODE_HEAD_MAX = 58;
