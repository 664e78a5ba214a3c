/** Goods between stores and outside work as the screens read them. Amounts are decimal text, money too. */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { AskedLine, ReceivedLine, SentLine } from '#recipes/contracts/transfer-note.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { stillOut } from '#recipes/transfers/outside-work.ts';
import type { Name } from '#recipes/words/words.ts';
import { moneyOf } from '../ledger/money.ts';
import type { StoredJob } from './outsource-store.ts';
import { differencesOf } from './receive-transfer.ts';
import type { StoredRequisition } from './requisition-store.ts';
import type { TransferParts } from './transfer-parts.ts';
import type { StoredTransfer } from './transfer-store.ts';

/** What reading works with. */
export type ViewParts = TransferParts & {
  /** The book in force now. */
  readonly kitchen: () => Kitchen | undefined;
  /** The entry that has undone one. */
  readonly reversalOf: (entry: number) => number | undefined;
};

const LISTED = 200;

/** Another store, with the name that the book has for it. */
export function storeName(kitchen: Kitchen | undefined, store: string): Name {
  for (const supplier of kitchen?.suppliers.values() ?? []) {
    if (supplier.store === store) return supplier.name;
  }
  return { en: store };
}

/** Other stores that this one knows: of the book, and those that goods went to or came from. */
export function knownStores(parts: ViewParts): { readonly store: string; readonly name: Name }[] {
  const kitchen = parts.kitchen();
  const codes = new Set<string>();
  for (const { store } of kitchen?.suppliers.values() ?? []) {
    if (store !== undefined && store !== parts.store) codes.add(store);
  }
  for (const store of [...parts.transfers.others(), ...parts.requisitions.others()]) {
    codes.add(store);
  }
  return [...codes].map((store) => ({ store, name: storeName(kitchen, store) }));
}

/** What waits first, then the newest. */
export function transfersView(parts: ViewParts, which: 'open' | 'all') {
  const open = parts.transfers.open();
  const known = new Set(open.map(({ id }) => id));
  const rest = which === 'all' ? parts.transfers.latest(LISTED) : [];
  const others = rest.filter(({ id, state }) => !known.has(id) && state !== 'undone');
  return {
    store: parts.store,
    stores: knownStores(parts),
    transfers: [...open, ...others].map((row) => transferView(parts, row)),
  };
}

/** One transfer; undefined = this box has not heard of it. */
export function oneTransfer(parts: ViewParts, id: string) {
  const row = parts.transfers.get(id);
  return row && row.state !== 'undone' ? transferView(parts, row) : undefined;
}

/** A transfer as the screens show it. */
export type TransferView = ReturnType<typeof transferView>;

function transferView(parts: ViewParts, row: StoredTransfer) {
  const kitchen = parts.kitchen();
  const { id: transfer, direction, other, entry, requisition, note, lines, received } = row;
  const known = lines.length > 0 && received !== null;
  const costs = (lines.length > 0 ? lines : (received ?? [])).map(({ cost }) => cost);
  return {
    transfer,
    direction,
    other,
    otherName: storeName(kitchen, other),
    state: row.hq ?? (row.state as Exclude<StoredTransfer['state'], 'undone'>),
    at: iso(row.at),
    entry: entry === 0 ? null : entry,
    undoneBy: row.state === 'cancelled' && entry > 0 ? (lastUndo(parts, entry) ?? null) : null,
    requisition,
    note,
    cost: moneyOf(sumOf(costs)),
    lines: lines.map((line) => lineView(kitchen, line)),
    received: received?.map((line) => cameView(kitchen, line)) ?? null,
    differences: (known ? differencesOf(row, received) : []).map(({ item, qty }) => {
      const line = [...lines, ...(received ?? [])].find((one) => one.item === item);
      return { ...naming(kitchen, line ?? { item, unit: 'g' }), qty };
    }),
  };
}

/** The newest of a chain of undoings: undoing that one brings the sending back. */
function lastUndo({ reversalOf }: ViewParts, entry: number): number | undefined {
  let last = reversalOf(entry);
  for (let next = last; next !== undefined; next = reversalOf(next)) last = next;
  return last;
}

function lineView(kitchen: Kitchen | undefined, line: SentLine) {
  const { qty, lot, expiresAt, cost } = line;
  const until = expiresAt === null ? null : iso(expiresAt);
  return { ...naming(kitchen, line), qty, lot, expiresAt: until, cost: moneyOf(cost) };
}

function cameView(kitchen: Kitchen | undefined, line: ReceivedLine) {
  const { qty, sent, lot, cost, problem = null } = line;
  return { ...naming(kitchen, line), qty, sent, lot, cost: moneyOf(cost), problem };
}

/** The name of this store's book goes before the one that travelled. */
function naming(
  kitchen: Kitchen | undefined,
  { item, name, unit }: Pick<AskedLine, 'item' | 'name'> & { readonly unit: string },
): { item: string; name: Name; unit: 'g' | 'ml' | 'ea' } {
  const known = kitchen?.items.get(item)?.name ?? (name as Name | undefined);
  return { item, name: known ?? { en: item }, unit: unit as 'g' | 'ml' | 'ea' };
}

/** Requisitions, and what others ask of this store summed by day and item. */
export function requisitionsView(parts: ViewParts) {
  const kitchen = parts.kitchen();
  const open = parts.requisitions.open();
  const known = new Set(open.map(({ id }) => id));
  const rest = parts.requisitions.latest(LISTED).filter(({ id }) => !known.has(id));
  return {
    store: parts.store,
    stores: knownStores(parts),
    requisitions: [...open, ...rest].map((row) => requisitionView(parts, kitchen, row)),
    demand: demandOf(parts, kitchen, open),
  };
}

function requisitionView(parts: ViewParts, kitchen: Kitchen | undefined, row: StoredRequisition) {
  const { id: requisition, direction, other, state, deliverOn, purchase, note, lines } = row;
  return {
    requisition,
    direction,
    other,
    otherName: storeName(kitchen, other),
    state,
    at: iso(row.at),
    deliverOn: deliverOn === null ? null : dayText(deliverOn),
    purchase,
    note,
    lines: lines.map((line) => ({ ...naming(kitchen, line), qty: line.qty })),
    transfers: parts.transfers.ofRequisition(requisition).map(({ id }) => id),
  };
}

type Sum = ReturnType<typeof naming> & {
  amount: number;
  readonly stores: { readonly store: string; readonly requisition: string; readonly qty: string }[];
};

/** By day of delivery (null last) and item: what to make, beside what there is. */
function demandOf(
  parts: ViewParts,
  kitchen: Kitchen | undefined,
  open: readonly StoredRequisition[],
) {
  const days = new Map<number | null, Map<string, Sum>>();
  for (const { id: requisition, direction, other: store, deliverOn, lines } of open) {
    if (direction !== 'in') continue;
    const items = days.get(deliverOn) ?? new Map<string, Sum>();
    days.set(deliverOn, items);
    for (const line of lines) {
      const sum = items.get(line.item) ?? { ...naming(kitchen, line), amount: 0, stores: [] };
      sum.amount += microFromDecimal(line.qty);
      sum.stores.push({ store, requisition, qty: line.qty });
      items.set(line.item, sum);
    }
  }
  return [...days].map(([on, items]) => ({
    on: on === null ? null : dayText(on),
    items: [...items.values()].map(({ amount, stores, ...named }) => ({
      ...named,
      total: decimalFromMicro(amount),
      onHand: decimalFromMicro(onHandOf(parts, named.item)),
      stores,
    })),
  }));
}

function onHandOf({ ledger }: ViewParts, item: string): number {
  const number = ledger.items.find(item);
  return number === undefined ? 0 : ledger.shelf.onHand(number);
}

/** Outside jobs, those that are out first. */
export function outsourceView(parts: ViewParts) {
  const open = parts.jobs.open();
  const known = new Set(open.map(({ id }) => id));
  const rest = parts.jobs.latest(LISTED).filter(({ id }) => !known.has(id));
  return {
    processors: parts.jobs.processors(),
    jobs: [...open, ...rest].map((job) => jobView(parts, job)),
  };
}

function jobView(parts: ViewParts, job: StoredJob) {
  const kitchen = parts.kitchen();
  const left = stillOut(job.lines, job.back);
  const unitOf = (item: string) => {
    const number = parts.ledger.items.find(item);
    return number === undefined ? 'g' : parts.ledger.items.unit(number);
  };
  return {
    job: job.id,
    processor: job.processor,
    state: job.state,
    at: iso(job.at),
    entry: job.entry,
    note: job.note,
    cost: moneyOf(sumOf(job.lines.map(({ cost }) => cost))),
    lines: job.lines.map(({ item, lot, amount, cost }, i) => ({
      ...naming(kitchen, { item, unit: unitOf(item) }),
      lot,
      qty: decimalFromMicro(amount),
      out: decimalFromMicro(left[i] ?? 0),
      cost: moneyOf(cost),
    })),
    back: job.back.map(({ entry, fee, products }) => ({
      entry,
      fee: moneyOf(fee),
      products: products.map(({ item, lot, amount, cost }) => ({
        ...naming(kitchen, { item, unit: unitOf(item) }),
        lot,
        qty: decimalFromMicro(amount),
        cost: moneyOf(cost),
      })),
    })),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function sumOf(costs: readonly (number | null)[]): number | null {
  return costs.reduce((sum, cost) => (cost === null ? sum : (sum ?? 0) + cost), null);
}
