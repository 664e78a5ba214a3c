/** What head office makes of a requisition, whichever of the two stores is heard first. */
import type { RequisitionNote } from '#recipes/contracts/transfer-note.ts';
import { dayText } from '#recipes/time/business-day.ts';
import type { Down, Said } from './fold-transfer.ts';
import type { Requisition } from './requisition-store.ts';

export type FoldedRequisition = { readonly row: Requisition; readonly down: readonly Down[] };

/** @returns undefined when it says nothing new */
export function foldRequisition(
  before: Requisition | undefined,
  note: RequisitionNote,
  said: Said,
): FoldedRequisition | undefined {
  return note.what === 'send' ? asked(before, note, said) : answered(before, note, said);
}

function asked(
  before: Requisition | undefined,
  note: Extract<RequisitionNote, { what: 'send' }>,
  { store, at }: Said,
): FoldedRequisition | undefined {
  if (!isAskedBy(store, note.requisition)) return undefined;
  // Known, unless only its answer was heard.
  if (before !== undefined && before.lines.length > 0) return undefined;
  const { requisition: id, to: kitchen, deliverOn, lines } = note;
  const row: Requisition = {
    id,
    store,
    kitchen,
    state: before?.state ?? 'sent',
    deliverOn: deliverOn === null ? null : dayText(deliverOn),
    at,
    answeredAt: before?.answeredAt ?? null,
    lines,
    purchase: note.purchase ?? null,
    note: note.note ?? null,
    answer: before?.answer ?? null,
  };
  const payload = {
    requisition: id,
    from: store,
    to: kitchen,
    deliverOn,
    at,
    lines,
    note: note.note ?? null,
  };
  const cause = `requisition:${id}`;
  return { row, down: [{ kind: 'requisition', stores: [kitchen], payload, cause }] };
}

function answered(
  before: Requisition | undefined,
  note: Extract<RequisitionNote, { what: 'answer' }>,
  { store, at, command }: Said,
): FoldedRequisition | undefined {
  const { requisition: id, state, other } = note;
  const byAsker = state === 'cancelled';
  if (!isAskedBy(byAsker ? store : other, id)) return undefined;
  const row: Requisition = before ?? {
    id,
    store: byAsker ? store : other,
    kitchen: byAsker ? other : store,
    state: 'sent',
    deliverOn: null,
    at,
    answeredAt: null,
    lines: [],
    purchase: null,
    note: null,
    answer: null,
  };
  if ((byAsker ? row.store : row.kitchen) !== store) return undefined;
  const payload = { requisition: id, state, note: note.note ?? null };
  const cause = `requisition:${id}:${state}:${command ?? at}`;
  const down: Down[] = [{ kind: 'requisition_state', stores: [other], payload, cause }];
  // An older word that comes late changes nothing.
  if (row.answeredAt !== null && row.answeredAt > at) return undefined;
  return { row: { ...row, state, answeredAt: at, answer: note.note ?? null }, down };
}

/** Its number is of the store that asks: that of a purchase order of it, or one of the day. */
function isAskedBy(store: string, id: string): boolean {
  return id.startsWith(`RQ-${store}-`);
}
