/**
 * A purchase order as its store's entries tell it, entry by entry: what was ordered, where it stands,
 * who did what. The box wrote each step down; nothing is decided here.
 */
import { type Micro, microFromDecimal } from '#recipes/amount.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import {
  type PricedLine,
  packAmountOf,
  packPriceOf,
  packTextOf,
} from '#recipes/purchasing/order-price.ts';
import {
  ORDER_STEPS,
  type OrderState,
  type OrderStep,
  standingOf,
} from '#recipes/purchasing/order-state.ts';
import { QuantityError } from '#recipes/quantity.ts';
import { microFromRational } from '#recipes/rational.ts';
import { listOf, type Note, readNote, textOf } from '../board/notes.ts';

/** A line with the pack and price of the moment it was ordered. */
export type FoldedLine = PricedLine & {
  readonly item: string;
  readonly unit: string;
};

/** What a receipt brought; `undone` = it was taken back. */
export type FoldedReceipt = {
  readonly seq: number;
  readonly lines: readonly { readonly item: string; readonly qty: Micro }[];
  readonly closes: boolean;
  readonly undone: boolean;
};

export type FoldedStep = {
  readonly seq: number;
  /** The command or cause: "approve". */
  readonly what: string;
  readonly state: OrderStep;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly actor: string | null;
};

/** As it is kept; times are epoch milliseconds. */
export type FoldedOrder = {
  readonly order: string;
  readonly supplier: string;
  /** YYYY-MM-DD. */
  readonly deliverOn: string | null;
  readonly note: string | null;
  readonly revision: number;
  readonly step: OrderStep;
  readonly lines: readonly FoldedLine[];
  readonly receipts: readonly FoldedReceipt[];
  readonly steps: readonly FoldedStep[];
  /** Of the last rejection. */
  readonly reason: string | null;
};

/** The part of an entry that a fold reads. */
export type OrderEntry = {
  readonly seq: number;
  readonly occurredAt: number;
  readonly actor: string | null;
  /** JSON text. */
  readonly note: string | null;
};

/** The order that an entry of kind order, or a receipt, is about. */
export function orderOf(note: Note): string | null {
  return textOf(note, 'order');
}

/** Most steps that are kept of one order: sent again and again, it is still one. */
const STEPS_KEPT = 100;

/** What an entry of kind order makes of it. @param kitchen the store's book: packs, prices, units */
export function foldOrder(
  before: FoldedOrder | undefined,
  entry: OrderEntry,
  kitchen: Kitchen | undefined,
): FoldedOrder {
  const note = readNote(entry.note);
  const what = textOf(note, 'what') ?? '';
  const order = before ?? emptyOrder(orderOf(note) ?? '');
  const step = ORDER_STEPS.find((known) => known === note['state']) ?? order.step;
  const supplier = textOf(note, 'supplier') ?? order.supplier;
  const said = what === 'create' || what === 'edit';
  const { revision } = note;
  return {
    ...order,
    supplier,
    step,
    revision: typeof revision === 'number' ? revision : order.revision,
    deliverOn: what === 'create' ? textOf(note, 'deliverOn') : order.deliverOn,
    note: said ? (textOf(note, 'note') ?? order.note) : order.note,
    reason: what === 'reject' ? textOf(note, 'reason') : order.reason,
    lines: said ? linesAfter(order.lines, listOf(note, 'lines'), supplier, kitchen) : order.lines,
    steps: [
      ...order.steps.slice(1 - STEPS_KEPT),
      { seq: entry.seq, what, state: step, at: entry.occurredAt, actor: entry.actor },
    ],
  };
}

/** What a receipt makes of the order it names. */
export function foldReceipt(
  order: FoldedOrder,
  entry: OrderEntry,
  kitchen: Kitchen | undefined,
): FoldedOrder {
  const note = readNote(entry.note);
  const lines = listOf(note, 'lines').map((line) => {
    const item = textOf(line, 'item') ?? '';
    return { item, qty: amountOf(item, line['qty'], kitchen) ?? 0 };
  });
  const receipt = { seq: entry.seq, lines, closes: note['close'] === true, undone: false };
  return { ...order, receipts: [...order.receipts, receipt] };
}

/** A receipt was taken back, or restored. */
export function foldUndone(order: FoldedOrder, receipt: number, undone: boolean): FoldedOrder {
  const receipts = order.receipts.map((one) => (one.seq === receipt ? { ...one, undone } : one));
  return { ...order, receipts };
}

/** Where it stands, with what has come of it. */
export function standingState({ step, lines, receipts }: FoldedOrder): OrderState {
  const came = receipts
    .filter(({ undone }) => !undone)
    .flatMap((receipt) => receipt.lines.map((line) => ({ ...line, closes: receipt.closes })));
  return standingOf(step, lines, came).state;
}

/** The step that asked for approval last. */
export function submission(order: FoldedOrder): FoldedStep | undefined {
  return order.steps.findLast(({ what }) => what === 'submit');
}

function emptyOrder(order: string): FoldedOrder {
  return {
    order,
    supplier: '',
    deliverOn: null,
    note: null,
    revision: 1,
    step: 'draft',
    lines: [],
    receipts: [],
    steps: [],
    reason: null,
  };
}

/** As the box changes lines: an item's first line gets the new quantity, 0 takes it out, others are added. */
function linesAfter(
  before: readonly FoldedLine[],
  said: readonly Note[],
  supplier: string,
  kitchen: Kitchen | undefined,
): FoldedLine[] {
  // A new order names an item as often as it likes; a change means its first line.
  if (before.length === 0) return said.map((line) => lineOf(line, supplier, kitchen));
  let lines = [...before];
  for (const one of said) {
    const fresh = lineOf(one, supplier, kitchen);
    const at = lines.findIndex(({ item }) => item === fresh.item);
    const old = lines[at];
    if (old === undefined) {
      if (fresh.qty > 0) lines.push(fresh);
      continue;
    }
    lines = lines.filter(({ item }, n) => item !== fresh.item || n === at);
    const now = lines.indexOf(old);
    if (fresh.qty <= 0) lines.splice(now, 1);
    else lines[now] = keepPrice(old, fresh);
  }
  return lines;
}

/** A price that was agreed stays, unless the change says another. */
function keepPrice(old: FoldedLine, fresh: FoldedLine): FoldedLine {
  const packPrice = packPriceOf(old);
  if (fresh.price !== null || packPrice === null) return fresh;
  const pack = microFromRational(packAmountOf(old));
  return { ...fresh, pack, packText: packTextOf(old), packPrice };
}

function lineOf(line: Note, supplier: string, kitchen: Kitchen | undefined): FoldedLine {
  const item = textOf(line, 'item') ?? '';
  const offer = kitchen?.suppliers.get(supplier)?.items.find((one) => one.item === item);
  return {
    item,
    unit: kitchen?.items.get(item)?.unit ?? '',
    qty: amountOf(item, line['qty'], kitchen) ?? 0,
    written: String(line['qty'] ?? ''),
    price: priceOf(line),
    pack: offer?.pack ?? null,
    packText: offer?.packText ?? null,
    packPrice: offer?.price ?? null,
  };
}

/** Decimal text; whatever else stands there is no price. */
function priceOf(line: Note): string | null {
  const said = textOf(line, 'price');
  return said !== null && /^\d{1,9}(\.\d{1,6})?$/.test(said) ? said : null;
}

/** As the box read it; of an item that has left the book only a bare number can be read. */
function amountOf(item: string, said: unknown, kitchen: Kitchen | undefined): Micro | undefined {
  if (typeof said !== 'string' && typeof said !== 'number') return undefined;
  try {
    const known = kitchen?.items.get(item);
    return known ? known.convert(said) : microFromDecimal(said);
  } catch (error) {
    if (error instanceof RangeError || error instanceof QuantityError) return undefined;
    throw error;
  }
}
