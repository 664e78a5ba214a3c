/** What the label of a lot says: the same at every printing, read from the lot itself. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Name } from '#recipes/book/fields.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { makeLabelCode } from '#recipes/scan/label-code.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { Lot, LotStore } from '../ledger/lot-store.ts';
import type { EntryViewStore } from './entry-view-store.ts';

export type LabelParts = {
  readonly ledger: LedgerReader;
  readonly lots: Pick<LotStore, 'byCode'>;
  readonly store: Pick<EntryViewStore, 'get'>;
  readonly kitchen: () => Kitchen | undefined;
};

export type LabelView = {
  /** Text of the code on it. */
  readonly code: string;
  readonly item: string;
  readonly name: Name;
  readonly lot: string;
  readonly madeAt: string;
  readonly expiresAt: string | null;
  readonly openedAt: string | null;
  readonly allergens: readonly string[];
  /** What is left of it, decimal text. */
  readonly qty: string;
  readonly unit: string;
  /** Who made or received it. */
  readonly by: string | null;
};

/** Undefined when the item has no lot with this code. */
export function labelView(parts: LabelParts, item: string, code: string): LabelView | undefined {
  const number = parts.ledger.items.find(item);
  const all = parts.lots.byCode(code).filter((lot) => lot.item === number);
  const left = (lot: Lot) =>
    parts.ledger.shelf.lotsOf(lot.item).find((state) => state.lot === lot.id)?.amount ?? 0;
  // The newest row of a code: an opened pack keeps the code of what it was.
  const lot = all.findLast((one) => left(one) > 0) ?? all.at(-1);
  if (!lot) return undefined;
  const known = parts.kitchen()?.items.get(item);
  const text = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    code: makeLabelCode(item, lot.code),
    item,
    name: known?.name ?? {},
    lot: lot.code,
    madeAt: new Date(lot.producedAt ?? lot.receivedAt).toISOString(),
    expiresAt: text(lot.expiresAt),
    openedAt: text(lot.openedAt),
    allergens: known?.allergens ?? [],
    qty: decimalFromMicro(left(lot)),
    unit: parts.ledger.items.unit(lot.item),
    by: parts.store.get(lot.entry)?.actor ?? null,
  };
}
