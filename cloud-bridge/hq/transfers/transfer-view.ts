/** Transfers and requisitions as the board reads them. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { AskedLine, ReceivedLine, SentLine } from '#recipes/contracts/transfer-note.ts';
import type { Name } from '#recipes/words/words.ts';
import { addKnown, moneyText, wholeOf } from '../board/figures.ts';
import { instantOrNull, instantText } from '../board/instants.ts';
import { differOf, type Settled, type Transfer, type TransferState } from './fold-transfer.ts';
import type { AskedState, Requisition } from './requisition-store.ts';

/** A transfer with its lines; times are RFC 3339, amounts decimal text in the unit, money decimal text. */
export type TransferView = {
  readonly transfer: string;
  readonly from: string;
  readonly to: string;
  readonly state: TransferState;
  readonly requisition: string | null;
  readonly sentAt: string | null;
  readonly receivedAt: string | null;
  readonly note: string | null;
  /** Of what was sent; null = not known. */
  readonly cost: string | null;
  /** null: only the receiver has spoken. */
  readonly lines: readonly TransferLine[] | null;
  readonly received: readonly TransferLine[] | null;
  /** By item: what came less what was sent. */
  readonly differences: readonly {
    readonly item: string;
    readonly name: Name;
    readonly qty: string;
    readonly unit: string;
  }[];
  readonly settled: Settled | null;
};

/** One lot of a transfer. */
export type TransferLine = {
  readonly item: string;
  readonly name: Name;
  readonly qty: string;
  readonly unit: string;
  readonly lot: string | null;
  readonly expiresAt: string | null;
  readonly cost: string | null;
  readonly problem: string | null;
};

/** As the board shows it. */
export function transferView(row: Transfer): TransferView {
  const { id: transfer, from, to, state, requisition, note, settled } = row;
  const named = [...(row.lines ?? []), ...(row.received ?? [])];
  return {
    transfer,
    from,
    to,
    state,
    requisition,
    sentAt: instantOrNull(row.sentAt),
    receivedAt: instantOrNull(row.receivedAt),
    note,
    cost: moneyText(costOf(row.lines ?? [])),
    lines: row.lines?.map(sentLine) ?? null,
    received: row.received?.map(receivedLine) ?? null,
    differences: differOf(row.lines, row.received).map(({ item, amount }) => {
      const line = named.find((one) => one.item === item);
      const name = nameOf(line?.name, item);
      return { item, name, qty: decimalFromMicro(amount), unit: line?.unit ?? 'g' };
    }),
    settled,
  };
}

/** A requisition; `transfers` were sent for it. */
export type RequisitionView = {
  readonly requisition: string;
  readonly store: string;
  readonly kitchen: string;
  readonly state: AskedState | 'received';
  readonly deliverOn: string | null;
  readonly at: string;
  readonly purchase: string | null;
  readonly note: string | null;
  readonly answer: string | null;
  readonly lines: readonly {
    readonly item: string;
    readonly name: Name;
    readonly qty: string;
    readonly unit: string;
  }[];
  readonly transfers: readonly string[];
};

/** What the two stores said, and what the goods say since. */
export function requisitionView(
  row: Requisition,
  transfers: readonly { readonly id: string; readonly state: TransferState }[],
): RequisitionView {
  const { id: requisition, store, kitchen, deliverOn, purchase, note, answer } = row;
  return {
    requisition,
    store,
    kitchen,
    state: stateOf(row, transfers),
    deliverOn,
    at: instantText(row.at),
    purchase,
    note,
    answer,
    lines: row.lines.map(askedLine),
    transfers: transfers.map(({ id }) => id),
  };
}

function stateOf(
  { state }: Requisition,
  transfers: readonly { readonly state: TransferState }[],
): RequisitionView['state'] {
  const states = new Set(transfers.map((one) => one.state));
  if (states.has('in_transit')) return 'shipped';
  return states.has('received') || states.has('disputed') ? 'received' : state;
}

function sentLine({ item, name, qty, unit, lot, expiresAt, cost }: SentLine): TransferLine {
  const own = { item, name: nameOf(name, item), qty, unit, lot };
  return {
    ...own,
    expiresAt: instantOrNull(expiresAt),
    cost: moneyText(wholeOf(cost)),
    problem: null,
  };
}

function receivedLine({ item, name, qty, unit, lot, cost, problem }: ReceivedLine): TransferLine {
  const own = { item, name: nameOf(name, item), qty, unit, lot };
  return { ...own, expiresAt: null, cost: moneyText(wholeOf(cost)), problem: problem ?? null };
}

function askedLine({ item, name, qty, unit }: AskedLine) {
  return { item, name: nameOf(name, item), qty, unit };
}

function nameOf(name: SentLine['name'], item: string): Name {
  const { zh, en } = name ?? {};
  if (zh === undefined && en === undefined) return { en: item };
  return { ...(zh === undefined ? {} : { zh }), ...(en === undefined ? {} : { en }) };
}

/** Of the lines whose cost is known. */
function costOf(lines: readonly SentLine[]): bigint | null {
  return lines.reduce<bigint | null>((sum, { cost }) => addKnown(sum, wholeOf(cost)), null);
}
