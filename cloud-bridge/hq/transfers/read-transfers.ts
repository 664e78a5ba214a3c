/** What is on its way, by the transfers and by the ledgers: two ways to one number. */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { Name } from '#recipes/words/words.ts';
import { cursorText } from '../board/query.ts';
import type { HqParts } from '../parts.ts';
import type { Transfer } from './fold-transfer.ts';
import { listTransfers, type TransferQuery } from './transfer-store.ts';
import { type TransferView, transferView } from './transfer-view.ts';
import { transitOn } from './transit-store.ts';

/** Answer of `GET /transfers`. */
export type Transfers = {
  readonly transfers: readonly TransferView[];
  readonly next: string | null;
  readonly inTransit: readonly InTransitItem[];
};

/** What of an item is on its way, decimal text in its unit. */
export type InTransitItem = {
  readonly item: string;
  readonly name: Name;
  readonly unit: string;
  /** What the ledgers of all stores have in the place `transit`. */
  readonly ledger: string;
  /** What the transfers say that nobody has received. */
  readonly open: string;
};

/** One page of them; what is on its way is of all. */
export async function readTransfers(parts: HqParts, query: TransferQuery): Promise<Transfers> {
  const { chain, shards } = parts.db;
  const [list, open, ...ledgers] = await Promise.all([
    listTransfers(chain, query),
    listTransfers(chain, { states: ['in_transit'], limit: OPEN_MAX }),
    ...shards.map(transitOn),
  ]);
  return {
    transfers: list.transfers.map(transferView),
    next: cursorText(list.next),
    inTransit: summed(open.transfers, ledgers.flat()),
  };
}

/** More open transfers than any chain has. */
const OPEN_MAX = 100_000;

function summed(
  open: readonly Transfer[],
  ledgers: readonly { readonly item: string; readonly unit: string; readonly amount: bigint }[],
): InTransitItem[] {
  type Sum = { item: string; name: Name; unit: string; ledger: number; open: number };
  const sums = new Map<string, Sum>();
  // One code may be grams in one store and pieces in another: those do not add up.
  const at = (item: string, unit: string): Sum => {
    const key = `${item} ${unit}`;
    const known = sums.get(key) ?? { item, name: { en: item }, unit, ledger: 0, open: 0 };
    sums.set(key, known);
    return known;
  };
  for (const { item, unit, amount } of ledgers) at(item, unit).ledger += Number(amount);
  for (const { lines } of open) {
    for (const { item, unit, qty, name } of lines ?? []) {
      const sum = at(item, unit);
      sum.open += microFromDecimal(qty);
      if (name) sum.name = name as Name;
    }
  }
  return [...sums]
    .filter(([, sum]) => sum.ledger !== 0 || sum.open !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, sum]) => ({
      item: sum.item,
      name: sum.name,
      unit: sum.unit,
      ledger: decimalFromMicro(sum.ledger),
      open: decimalFromMicro(sum.open),
    }));
}
