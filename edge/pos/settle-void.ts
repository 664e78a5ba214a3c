/**
 * A void or refund: food that was not made goes back into the lots it left; food that was made stays
 * out, as waste or as a comp. Never more than was sold; one that comes before its sale waits for it.
 */
import { microFromDecimal, proportion } from '#recipes/amount.ts';
import { must } from '#recipes/assert.ts';
import type { Disposition, Reason, Refund, Void } from '#recipes/contracts/pos-event.ts';
import { reason } from '#recipes/contracts/reasons.ts';
import { DISPOSITIONS, resolveDisposition } from '#recipes/stock/disposition.ts';
import type { TakenBackQty } from '#recipes/stock/take-back.ts';
import { sameJson } from '../runtime/same-json.ts';
import { STATUS } from './event-status.ts';
import type { Outcome } from './event-store.ts';
import { readStored } from './read-event.ts';
import { backByLine, type LineTarget, rebalance } from './rebalance.ts';
import { type NumberedLine, numberedLines, saleContent } from './sale-content.ts';
import type { StoredSale } from './sale-store.ts';
import { outcomeOf, type SettleParts, type Settling, WAITS } from './settling.ts';

type Wish = { readonly id: string; readonly qty?: number; readonly said: Disposition | undefined };

/** Settles a void of a whole sale, or of some of its lines. */
export function settleVoid(parts: SettleParts, at: Settling, data: Void): Outcome {
  const sale = findSale(parts, at, data);
  if ('status' in sale) return sale;
  const wishes = data.lines?.map((line) => ({
    id: line.lineId,
    said: data.disposition,
    ...(line.qty === undefined ? {} : { qty: microFromDecimal(line.qty) }),
  }));
  return takeBack(parts, at, sale, 'void', wishes, data.disposition);
}

/** Settles a refund; a refund of money alone (no quantity) moves nothing. */
export function settleRefund(parts: SettleParts, at: Settling, data: Refund): Outcome {
  const sale = findSale(parts, at, data);
  if ('status' in sale) return sale;
  const before = parts.backs.refund(sale.id, data.refundId);
  if (before !== undefined) return refundAgain(parts, before, data);
  parts.backs.addRefund(sale.id, data.refundId, at.event);
  const wishes = data.lines.map((line) => ({
    id: line.lineId,
    said: line.disposition,
    qty: microFromDecimal(line.qty),
  }));
  return takeBack(parts, at, sale, 'refund', wishes, undefined);
}

/**
 * The sale of the terminal that sold it: the one that sends the void, or the one it names. Two tills may
 * use the same number, so nothing is guessed: what does not fit waits, and is visible.
 */
function findSale(
  parts: SettleParts,
  at: Settling,
  { saleId, terminal }: { saleId: string; terminal?: string | undefined },
): StoredSale | Outcome {
  const seller = terminal === undefined ? at.terminal : parts.terminals.find(terminal);
  const sale = seller === undefined ? undefined : parts.sales.find(saleId, seller);
  if (sale) return sale;
  parts.waiting.add(saleId, at.event);
  const elsewhere = terminal === undefined && parts.sales.named(saleId).length > 0;
  return held(reason(elsewhere ? 'other_terminal' : 'unknown_sale', saleId, '/data/saleId'));
}

function allOf(back: TakenBackQty): number {
  return back.notMade + back.discarded + back.servedFree;
}

function held(...reasons: Reason[]): Outcome {
  return { status: STATUS.held, applied: 0, held: 0, moves: 0, reasons };
}

function takeBack(
  parts: SettleParts,
  at: Settling,
  sale: StoredSale,
  kind: 'void' | 'refund',
  wishes: readonly Wish[] | undefined,
  said: Disposition | undefined,
): Outcome {
  const content = must(saleContent(parts.events, sale.event), `sale ${sale.saleId} has no lines`);
  const lines = numberedLines(sale, content);
  const reasons: Reason[] = [];
  const gone = new Map(
    [...backByLine(parts.backs.ofSale(sale.id))].map(([line, back]) => [line, allOf(back)]),
  );
  const targets = new Map<number, LineTarget>();
  for (const { line, qty, disposition } of wanted(lines, wishes, said, reasons)) {
    const sold = microFromDecimal(line.line.qty);
    const left = Math.max(0, sold - (gone.get(line.index) ?? 0));
    // Kept as asked: how much of it counts depends on all that is asked, not on what came first.
    const amount = qty ?? left;
    gone.set(line.index, (gone.get(line.index) ?? 0) + amount);
    if (qty !== 0 && (amount <= 0 || (qty ?? 0) > left))
      reasons.push(reason('nothing_left', line.id));
    if (amount <= 0) continue;
    const firedAt = line.line.firedAt === undefined ? undefined : Date.parse(line.line.firedAt);
    const resolved = resolveDisposition(disposition, firedAt, at.occurredAt, parts.madeAfterMs());
    parts.backs.add(sale.id, at.event, {
      line: line.index,
      qty: amount,
      disposition: DISPOSITIONS[resolved],
    });
    targets.set(line.index, { qty: sold });
  }
  if (targets.size === 0 && reasons.some((r) => r.code === 'unknown_line')) {
    // A later snapshot may bring the line: keep the event, visibly.
    parts.waiting.add(sale.saleId, at.event);
    return held(...reasons);
  }
  const moves = rebalance(parts, at, sale, kind, targets);
  dropVoidedHolds(parts, sale, lines);
  return { status: STATUS.applied, applied: targets.size, held: 0, moves, reasons };
}

type Wanted = {
  readonly line: NumberedLine;
  readonly qty: number | undefined;
  readonly disposition: Disposition | undefined;
};

/** What the event asks for, line by line; a combo's parent takes its unnamed children with it. */
function wanted(
  lines: readonly NumberedLine[],
  wishes: readonly Wish[] | undefined,
  said: Disposition | undefined,
  reasons: Reason[],
): Wanted[] {
  if (wishes === undefined) {
    return lines.map((line) => ({ line, qty: undefined, disposition: said }));
  }
  const named = new Set(wishes.map((wish) => wish.id));
  const list: Wanted[] = [];
  for (const wish of wishes) {
    const line = lines.find((l) => l.id === wish.id);
    if (line === undefined) {
      reasons.push(reason('unknown_line', wish.id));
      continue;
    }
    list.push({ line, qty: wish.qty, disposition: wish.said });
    list.push(...childrenOf(lines, line, wish.qty, wish.said, named));
  }
  return list;
}

/** The lines below a combo, at any depth, in its share; those the event names speak for themselves. */
function childrenOf(
  lines: readonly NumberedLine[],
  parent: NumberedLine,
  qty: number | undefined,
  said: Disposition | undefined,
  seen: Set<string>,
): Wanted[] {
  return lines.flatMap((child): Wanted[] => {
    if (child.line.parentLineId !== parent.id || seen.has(child.id)) return [];
    // A POS that points two lines at each other must not send us round in circles.
    seen.add(child.id);
    const sold = microFromDecimal(parent.line.qty);
    const share = microFromDecimal(child.line.qty);
    const part = qty === undefined || sold === 0 ? undefined : proportion(share, qty, sold);
    const below = childrenOf(lines, child, part, said, seen);
    return [{ line: child, qty: part, disposition: said }, ...below];
  });
}

/**
 * A line that waits for its dish and was voided before it was made needs no dish any more: the sale
 * waits for less, or for nothing.
 */
function dropVoidedHolds(
  parts: SettleParts,
  sale: StoredSale,
  lines: readonly NumberedLine[],
): void {
  const back = backByLine(parts.backs.ofSale(sale.id));
  const holds = parts.held.ofSale(sale.id);
  const done = holds.filter((hold) => {
    const line = lines.find((l) => l.index === hold.line);
    const notMade = back.get(hold.line)?.notMade ?? 0;
    return line !== undefined && notMade >= microFromDecimal(line.line.qty);
  });
  if (done.length === 0) return;
  for (const hold of done) parts.held.release(sale.id, hold.line);
  const stored = must(parts.events.get(sale.event), `event ${sale.event} is not stored`);
  const held = holds.length - done.length;
  const reasons = held === 0 ? stored.reasons.filter((r) => !WAITS.has(r.code)) : stored.reasons;
  const outcome = outcomeOf({ applied: lines.length - held, held, moves: stored.moves }, reasons);
  parts.events.setOutcome(sale.event, outcome);
  parts.resettled.push(sale.event);
}

function refundAgain(parts: SettleParts, event: number, data: Refund): Outcome {
  const first = parts.events.get(event);
  const read = first && readStored(first.body);
  const same = read?.type === 'larder.pos.refund.v1' && sameJson(read.data.lines, data.lines);
  return {
    status: same ? STATUS.duplicate : STATUS.conflict,
    applied: 0,
    held: 0,
    moves: 0,
    reasons: same ? [] : [reason('sale_conflict', data.refundId, '/data/refundId')],
  };
}
