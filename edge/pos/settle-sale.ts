/** A sale leaves stock: each known line is exploded and taken from its lots, the others wait. */
import { microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import type { Reason, Sale, SoldLine } from '#recipes/contracts/pos-event.ts';
import { reason } from '#recipes/contracts/reasons.ts';
import type { EntryKind } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { sameJson } from '../runtime/same-json.ts';
import { STATUS } from './event-status.ts';
import type { Outcome } from './event-store.ts';
import { saleContent } from './sale-content.ts';
import { PLAIN_SALE, type StoredSale } from './sale-store.ts';
import {
  businessDayOf,
  outcomeOf,
  type Posted,
  type SettleParts,
  type Settling,
  saleHead,
} from './settling.ts';

/** Settles a sale that was made once and never changes. */
export function settleSale(parts: SettleParts, at: Settling, data: Sale): Outcome {
  const known = parts.sales.find(data.saleId, at.terminal);
  if (known) return settleAgain(parts, known, data);
  const reasons: Reason[] = [];
  const sale: StoredSale = {
    id: at.event,
    terminal: at.terminal,
    saleId: data.saleId,
    event: at.event,
    revision: PLAIN_SALE,
    day: businessDayOf(parts, at, data.businessDate, reasons),
    occurredAt: at.occurredAt,
    lineIds: null,
  };
  parts.sales.insert(sale);
  const lines = data.lines.map((line, index) => ({ line, index }));
  const posted = postLines(parts, at, sale, data.channel, lines, reasons);
  return outcomeOf(posted, reasons);
}

/**
 * Takes what the given lines use, as one entry, and holds those whose dish is not known.
 * @param at the event that is the cause, for the entry
 */
export function postLines(
  parts: SettleParts,
  at: Settling,
  sale: StoredSale,
  channel: string | undefined,
  lines: readonly { readonly line: SoldLine; readonly index: number }[],
  reasons: Reason[],
  kind: EntryKind = 'sale',
): Posted {
  const draft = parts.ledger.draft();
  let book: number | null = null;
  let held = 0;
  for (const { line, index } of lines) {
    const answer = parts.knowledge.resolve(line, channel, sale.occurredAt);
    if (answer.kind === 'nothing') continue;
    if (answer.kind === 'held') {
      held++;
      parts.held.hold({ sale: sale.id, line: index, sku: answer.sku, modifier: answer.modifier });
      reasons.push(heldReason(answer, line, index, parts.knowledge.versions().length === 0));
      continue;
    }
    book = answer.book;
    const qty = microFromDecimal(line.qty);
    for (const take of answer.takes) {
      const amount = scaleMicro(take.amount, qty);
      if (amount > 0) draft.take(index, take.item, amount, PLACES.sold);
    }
  }
  if (draft.moves.length > 0) {
    parts.ledger.append(saleHead(at, sale, kind, book), draft);
  }
  return { applied: lines.length - held, held, moves: draft.moves.length };
}

/** Why a line waits, with its place in the event. */
export function heldReason(
  held: { sku: string; modifier: boolean },
  line: SoldLine,
  index: number,
  noBook: boolean,
): Reason {
  if (noBook) return reason('no_book', '', `/data/lines/${index}/sku`);
  if (!held.modifier) return reason('unknown_sku', held.sku, `/data/lines/${index}/sku`);
  const at = (line.modifiers ?? []).findIndex((m) => m.sku === held.sku);
  return reason('unknown_modifier', held.sku, `/data/lines/${index}/modifiers/${at}/sku`);
}

/** A sale is immutable: the same again has no effect, another one under its id waits for a person. */
function settleAgain(parts: SettleParts, known: StoredSale, data: Sale): Outcome {
  if (known.revision > PLAIN_SALE) {
    const why = reason('stale_revision', 'snapshot', '/data/saleId');
    return { status: STATUS.applied, applied: 0, held: 0, moves: 0, reasons: [why] };
  }
  const first = saleContent(parts.events, known.id);
  const same = first !== undefined && sameJson(first.lines, data.lines);
  return {
    status: same ? STATUS.duplicate : STATUS.conflict,
    applied: 0,
    held: 0,
    moves: 0,
    reasons: same ? [] : [reason('sale_conflict', data.saleId, '/data/saleId')],
  };
}
