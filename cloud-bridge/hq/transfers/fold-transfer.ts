/**
 * What head office makes of a transfer: the newest word of each side, whichever comes first, and what has to
 * be sent down because of it. Every output has a cause of its own, so that saying it twice sends it once.
 */
import { microFromDecimal } from '#recipes/amount.ts';
import type { CatalogKind } from '#recipes/contracts/sync.ts';
import type {
  ReceivedLine,
  SentLine,
  TransferDown,
  TransferNote,
} from '#recipes/contracts/transfer-note.ts';
import { isNumberOf } from '#recipes/transfers/number-of.ts';
import { differences } from '#recipes/transfers/receive-lines.ts';

export type TransferState = 'announced' | 'in_transit' | 'received' | 'cancelled' | 'disputed';

/** What a person said of a difference. */
export type Settled = { readonly by: string; readonly at: string; readonly note: string | null };

/** A transfer as head office keeps it; times in epoch milliseconds. */
export type Transfer = {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly state: TransferState;
  readonly requisition: string | null;
  readonly sentAt: number | null;
  readonly receivedAt: number | null;
  readonly lines: readonly SentLine[] | null;
  readonly received: readonly ReceivedLine[] | null;
  readonly note: string | null;
  readonly sentWhat: 'send' | 'restore' | 'cancel' | null;
  readonly sentStep: number;
  /** The command that sent it: the same in every life of the box. */
  readonly sentBy: string | null;
  readonly gotWhat: 'receive' | 'again' | 'reopen' | null;
  readonly gotStep: number;
  readonly gotBy: string | null;
  readonly settled: Settled | null;
};

/** Something to publish. */
export type Down = {
  readonly kind: CatalogKind;
  readonly stores: readonly string[];
  readonly payload: unknown;
  readonly cause: string;
};

/** Who said it, when, and by which command. */
export type Said = {
  readonly store: string;
  readonly at: number;
  readonly command: string | null;
  /** Whether the life that says it is the store. */
  readonly main: boolean;
};

export type Folded = { readonly row: Transfer; readonly down: readonly Down[] };

/** @returns undefined when the word is old, or says nothing of the transfer as a whole */
export function foldTransfer(
  before: Transfer | undefined,
  note: TransferNote,
  said: Said,
): Folded | undefined {
  switch (note.what) {
    case 'send':
    case 'restore':
    case 'cancel':
      return ofSender(before, note, said);
    case 'receive':
    case 'again':
    case 'reopen':
      return ofReceiver(before, note, said);
    default:
      return undefined;
  }
}

type SenderNote = Extract<TransferNote, { what: 'send' | 'restore' | 'cancel' }>;
type ReceiverNote = Extract<TransferNote, { what: 'receive' | 'again' | 'reopen' }>;

function ofSender(before: Transfer | undefined, note: SenderNote, said: Said): Folded | undefined {
  if (!isNumberOf('TR', said.store, note.transfer)) return undefined;
  // Who is not the one it was sent to has said that it came: nothing came.
  const isKnown = before !== undefined && (before.sentWhat !== null || before.to === note.to);
  const row = isKnown ? before : unheardOf(note.transfer, said.store, note.to);
  if (row.sentWhat !== null && row.from !== said.store) return undefined;
  const clash = note.what === 'send' && isClash(row.sentBy, said);
  if (note.step <= row.sentStep && !clash) return undefined;
  const sent =
    note.what === 'cancel'
      ? {}
      : {
          lines: note.lines,
          requisition: note.requisition ?? null,
          note: note.note ?? null,
          sentAt: row.sentAt === null || clash ? said.at : row.sentAt,
        };
  const after = withState({
    ...row,
    ...sent,
    from: said.store,
    to: note.to,
    sentWhat: note.what,
    sentStep: Math.max(note.step, row.sentStep),
    sentBy: note.what === 'send' ? said.command : row.sentBy,
    settled: null,
  });
  const word = note.what === 'cancel' ? cancelOf(after) : announcement(after, clash);
  return { row: after, down: [...word, ...newState(before, after)] };
}

/**
 * Two lives of a box gave the same number to two sendings, or both received the same goods. The word of
 * the life that is the store counts; it finds another number for the other sending when it takes that over.
 */
function isClash(before: string | null, { command, main }: Said): boolean {
  return main && before !== null && command !== null && before !== command;
}

function ofReceiver(
  before: Transfer | undefined,
  note: ReceiverNote,
  said: Said,
): Folded | undefined {
  if (!isNumberOf('TR', note.from, note.transfer)) return undefined;
  const row = before ?? unheardOf(note.transfer, note.from, said.store);
  if (before && row.to !== said.store) return undefined;
  const clash = note.what === 'receive' && isClash(row.gotBy, said);
  if (note.step <= row.gotStep && !clash) return undefined;
  const got =
    note.what === 'reopen'
      ? { received: null, receivedAt: null }
      : { received: note.lines, receivedAt: said.at };
  const after = withState({
    ...row,
    ...got,
    gotWhat: note.what,
    gotStep: Math.max(note.step, row.gotStep),
    gotBy: note.what === 'receive' ? said.command : row.gotBy,
    settled: null,
  });
  return { row: after, down: newState(before, after) };
}

function unheardOf(id: string, from: string, to: string): Transfer {
  return {
    id,
    from,
    to,
    state: 'announced',
    requisition: null,
    sentAt: null,
    receivedAt: null,
    lines: null,
    received: null,
    note: null,
    sentWhat: null,
    sentStep: 0,
    sentBy: null,
    gotWhat: null,
    gotStep: 0,
    gotBy: null,
    settled: null,
  };
}

function withState(row: Transfer): Transfer {
  return { ...row, state: stateOf(row) };
}

function stateOf({ sentWhat, gotWhat, lines, received }: Transfer): TransferState {
  const came = gotWhat === 'receive' || gotWhat === 'again';
  if (sentWhat === null) return came ? 'received' : 'announced';
  if (!came) return sentWhat === 'cancel' ? 'cancelled' : 'in_transit';
  return sentWhat === 'cancel' || differOf(lines, received).length > 0 ? 'disputed' : 'received';
}

/** By item, millionths: what came less what was sent; empty while one of both is not known. */
export function differOf(
  sent: readonly SentLine[] | null,
  came: readonly ReceivedLine[] | null,
): { readonly item: string; readonly amount: number }[] {
  if (sent === null || came === null) return [];
  const amounts = (lines: readonly { readonly item: string; readonly qty: string }[]) =>
    lines.map(({ item, qty }) => ({ item, amount: microFromDecimal(qty) }));
  return [...differences(amounts(sent), amounts(came))].map(([item, amount]) => ({ item, amount }));
}

function announcement(row: Transfer, clash: boolean): Down[] {
  const payload: TransferDown = {
    what: 'announce',
    transfer: row.id,
    from: row.from,
    to: row.to,
    requisition: row.requisition,
    sentAt: row.sentAt ?? 0,
    lines: [...(row.lines ?? [])],
    note: row.note,
  };
  const again = row.sentStep > 1 ? `:${row.sentStep}` : clash ? `:${row.sentBy}` : '';
  return [{ kind: 'transfer', stores: [row.to], payload, cause: `transfer:${row.id}${again}` }];
}

function cancelOf({ id: transfer, from, to, sentStep }: Transfer): Down[] {
  const payload = { transfer, from, to };
  const cause = `transfer:${transfer}:cancelled:${sentStep}`;
  return [{ kind: 'transfer_cancel', stores: [to], payload, cause }];
}

/** What became of it, for the sender's screen; a dispute for both. */
function newState(before: Transfer | undefined, after: Transfer): Down[] {
  const was = told(before);
  const is = told(after);
  if (was === is && before?.gotStep === after.gotStep) return [];
  // Nothing was said of it before, and there is nothing to say now.
  if (is === 'in_transit' && (was === 'in_transit' || was === undefined)) return [];
  if (is === undefined) return [];
  const { id: transfer, from, to, received, sentStep, gotStep } = after;
  const payload: TransferDown = {
    what: 'state',
    transfer,
    state: is,
    received: received === null ? null : [...received],
  };
  const both = is === 'disputed' || was === 'disputed';
  const cause = `transfer:${transfer}:${is}:${sentStep}.${gotStep}`;
  return [{ kind: 'transfer', stores: both ? [from, to] : [from], payload, cause }];
}

function told(row: Transfer | undefined): 'in_transit' | 'received' | 'disputed' | undefined {
  if (row === undefined || row.state === 'announced' || row.state === 'cancelled') return undefined;
  return row.state;
}
