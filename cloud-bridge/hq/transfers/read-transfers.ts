/** What is on its way, by the transfers and by the ledgers: two ways to one number. */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { Name } from '#recipes/words/words.ts';
import type { HqParts } from '../parts.ts';
import type { Transfer, TransferState } from './fold-transfer.ts';
import { listTransfers } from './transfer-store.ts';
import { type TransferView, transferView } from './transfer-view.ts';
import { transitOn } from './transit-store.ts';

/** Answer of `GET /transfers`. */
export type Transfers = {
  readonly transfers: readonly TransferView[];
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

/** @param states undefined = all @param store to or from it */
export async function readTransfers(
  parts: HqParts,
  states: readonly TransferState[] | undefined,
  store: string | undefined,
  limit: number,
): Promise<Transfers> {
  const { chain, shards } = parts.db;
  const [list, open, ...ledgers] = await Promise.all([
    listTransfers(chain, states, store, limit),
    listTransfers(chain, ['in_transit'], undefined, OPEN_MAX),
    ...shards.map(transitOn),
  ]);
  return { transfers: list.map(transferView), inTransit: summed(open, ledgers.flat()) };
}

/** More open transfers than any chain has. */
const OPEN_MAX = 100_000;

function summed(
  open: readonly Transfer[],
  ledgers: readonly { readonly item: string; readonly unit: string; readonly amount: bigint }[],
): InTransitItem[] {
  type Sum = { name: Name; unit: string; ledger: number; open: number };
  const sums = new Map<string, Sum>();
  const at = (item: string, unit: string): Sum => {
    const known = sums.get(item) ?? { name: { en: item }, unit, ledger: 0, open: 0 };
    sums.set(item, known);
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
    .map(([item, sum]) => ({
      item,
      name: sum.name,
      unit: sum.unit,
      ledger: decimalFromMicro(sum.ledger),
      open: decimalFromMicro(sum.open),
    }));
}
