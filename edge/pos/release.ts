/**
 * What waited for knowledge posts by itself: after a code is mapped or a book is adopted, held lines
 * are tried again, a hundred sales to a transaction. Stopping in the middle is harmless: at the next
 * start everything that waits is tried again.
 */

import { microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import type { Reason } from '#recipes/contracts/pos-event.ts';
import { reason } from '#recipes/contracts/reasons.ts';
import { isStorageFault } from '../db/storage-fault.ts';
import { STATUS } from './event-status.ts';
import { readStored } from './read-event.ts';
import { rebalance } from './rebalance.ts';
import { claimedIdOf, type Received, type ReceiveParts, resultOf } from './receive.ts';
import { type NumberedLine, numberedLines, saleContent } from './sale-content.ts';
import { PLAIN_SALE, type StoredSale } from './sale-store.ts';
import { settle, typeNumber } from './settle.ts';
import { heldReason, postLines } from './settle-sale.ts';
import { settleWaiting } from './settle-waiting.ts';
import { outcomeOf, type Settling, WAITS } from './settling.ts';

const SALES_PER_COMMIT = 100;
const HELD_PER_READ = 2_000;
const ATTEMPTS_MAX = 3;
const LATE_LINE = JSON.stringify({ why: 'late_line' });

/**
 * Tries every held line once. One sale that cannot be posted never keeps the others from it.
 * @returns the new results of the sales that changed
 */
export function releaseHeld(parts: ReceiveParts): Received[] {
  const changed: Received[] = [];
  let after = 0;
  for (;;) {
    const held = parts.held.all(HELD_PER_READ, after);
    const sales = [...new Set(held.map((line) => line.sale))];
    const whole = held.length < HELD_PER_READ ? sales : sales.slice(0, -1);
    if (whole.length === 0) return changed;
    for (let i = 0; i < whole.length; i += SALES_PER_COMMIT) {
      changed.push(...releaseGroup(parts, whole.slice(i, i + SALES_PER_COMMIT)));
    }
    after = whole.at(-1) ?? after;
  }
}

function releaseGroup(parts: ReceiveParts, sales: readonly number[]): Received[] {
  try {
    return parts.ledger.transact(() => sales.flatMap((id) => releaseSale(parts, id)));
  } catch (error) {
    if (isStorageFault(error)) throw error;
    return sales.flatMap((id) => releaseAlone(parts, id));
  }
}

function releaseAlone(parts: ReceiveParts, id: number): Received[] {
  try {
    return parts.ledger.transact(() => releaseSale(parts, id));
  } catch (error) {
    if (isStorageFault(error)) throw error;
    parts.log.error({ err: error, sale: id }, 'a sale that waited cannot be posted');
    if (!(error instanceof RangeError)) return [];
    return parts.ledger.transact(() => giveUp(parts, id, error.message));
  }
}

/** Its amounts cannot be kept, whatever anybody maps: a person must look at it. */
function giveUp(parts: ReceiveParts, id: number, why: string): Received[] {
  const sale = parts.sales.get(id);
  const stored = sale && parts.events.get(sale.event);
  if (!sale || !stored) return [];
  for (const { line } of parts.held.ofSale(id)) parts.held.release(id, line);
  const outcome = { ...stored, status: STATUS.quarantined, reasons: [reason('bad_amount', why)] };
  parts.events.setOutcome(sale.event, outcome);
  return [received(parts, { ...stored, ...outcome })];
}

/**
 * Events whose effect could not be worked out when they came: tried again, then left to a person,
 * who may ask for one of them once more.
 */
export function settlePending(parts: ReceiveParts, asked?: number): Received[] {
  const done: Received[] = [];
  for (const stored of parts.events.withStatus(STATUS.pending, HELD_PER_READ)) {
    if (stored.attempts >= ATTEMPTS_MAX && stored.number !== asked) continue;
    const event = readStored(stored.body);
    if (!event) continue;
    const at: Settling = {
      event: stored.number,
      terminal: stored.terminal,
      receivedAt: stored.receivedAt,
      occurredAt: event.occurredAt ?? stored.receivedAt,
    };
    parts.ledger.transact(() => parts.events.countAttempt(stored.number));
    try {
      const outcome = parts.ledger.transact(() => {
        const settled = settle(parts, at, event);
        parts.events.setOutcome(stored.number, settled, typeNumber(event.type));
        settleWaiting(parts, event);
        return settled;
      });
      done.push(received(parts, { ...stored, ...outcome }));
    } catch (error) {
      parts.log.error({ err: error, event: stored.number }, 'still cannot settle this event');
    }
  }
  return done;
}

function releaseSale(parts: ReceiveParts, id: number): Received[] {
  const sale = parts.sales.get(id);
  const content = sale && saleContent(parts.events, sale.event);
  const stored = sale && parts.events.get(sale.event);
  if (!sale || !content || !stored) return [];
  const before = new Map(parts.held.ofSale(id).map((hold) => [hold.line, hold.sku]));
  const reasons: Reason[] = [];
  let asksElse = false;
  const lines = numberedLines(sale, content).filter(({ index, line }) => {
    if (!before.has(index)) return false;
    const answer = parts.knowledge.resolve(line, content.channel, sale.occurredAt);
    if (answer.kind !== 'held') return true;
    // The dish is known now, but one of its modifiers is not: the line waits for that.
    const { sku, modifier } = answer;
    if (sku !== before.get(index)) {
      asksElse = true;
      parts.held.hold({ sale: id, line: index, sku, modifier });
    }
    reasons.push(heldReason(answer, line, index, parts.knowledge.versions().length === 0));
    return false;
  });
  if (lines.length === 0 && !asksElse) return [];
  const at = settlingOf(sale, stored.receivedAt);
  for (const { index } of lines) parts.held.release(id, index);
  if (sale.revision !== PLAIN_SALE) noteTakes(parts, sale, content.channel, lines);
  // A second entry of one sale says so: whoever counts sales by their entries counts the first.
  const part = { ...at, note: stored.moves > 0 ? LATE_LINE : null };
  const posted = postLines(parts, part, sale, content.channel, lines, []);
  const taken = moveTakenBack(parts, at, sale, lines);
  const held = parts.held.ofSale(id).length;
  const moves = stored.moves + posted.moves + taken;
  const kept = stored.reasons.filter((r) => !WAITS.has(r.code));
  const applied = content.lines.length - held;
  const outcome = outcomeOf({ applied, held, moves }, [...kept, ...reasons]);
  parts.events.setOutcome(sale.event, outcome);
  return [received(parts, { ...stored, ...outcome })];
}

/** A snapshot's line that posts late takes what it would have taken at once. */
function noteTakes(
  parts: ReceiveParts,
  sale: StoredSale,
  channel: string | undefined,
  lines: readonly NumberedLine[],
): void {
  for (const { index, line } of lines) {
    const answer = parts.knowledge.resolve(line, channel, sale.occurredAt);
    if (answer.kind !== 'takes') continue;
    const qty = microFromDecimal(line.qty);
    const takes = answer.takes.map((take) => [take.item, scaleMicro(take.amount, qty)] as const);
    parts.snapshotTakes.put(sale.id, index, new Map(takes));
  }
}

/** What was voided while the lines waited is taken back now that they have posted. */
function moveTakenBack(
  parts: ReceiveParts,
  at: Settling,
  sale: StoredSale,
  lines: readonly NumberedLine[],
): number {
  const back = new Set(parts.backs.ofSale(sale.id).map((row) => row.line));
  const targets = lines
    .filter(({ index }) => back.has(index))
    .map(({ index, line }) => [index, { qty: microFromDecimal(line.qty) }] as const);
  return targets.length > 0 ? rebalance(parts, at, sale, 'void', new Map(targets)) : 0;
}

function settlingOf(sale: StoredSale, receivedAt: number): Settling {
  return { event: sale.event, terminal: sale.terminal, receivedAt, occurredAt: sale.occurredAt };
}

function received(parts: ReceiveParts, stored: Parameters<typeof resultOf>[0]): Received {
  return {
    terminal: parts.terminals.name(stored.terminal),
    number: stored.number,
    result: resultOf(stored, claimedIdOf(stored)),
    fresh: false,
  };
}
