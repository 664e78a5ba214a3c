/**
 * A whole sale again, with a rising revision: the box posts the difference to what it accepted
 * before. Only the newest revision counts, so the order in which they arrive does not matter.
 */
import { microFromDecimal, scaleMicro } from '#recipes/amount.ts';
import type { Reason, Snapshot } from '#recipes/contracts/pos-event.ts';
import { reason } from '#recipes/contracts/reasons.ts';
import { sameJson } from '../runtime/same-json.ts';
import { STATUS } from './event-status.ts';
import type { Outcome } from './event-store.ts';
import { type LineTarget, rebalance } from './rebalance.ts';
import { lineIdsOf, numberedLines, saleContent } from './sale-content.ts';
import type { StoredSale } from './sale-store.ts';
import { heldReason } from './settle-sale.ts';
import { businessDayOf, outcomeOf, type SettleParts, type Settling } from './settling.ts';

export function settleSnapshot(parts: SettleParts, at: Settling, data: Snapshot): Outcome {
  const reasons: Reason[] = [];
  const known = parts.sales.find(data.saleId, at.terminal);
  if (known && known.revision >= data.revision) return settleStale(parts, known, data);
  const sale = newest(parts, at, known, data, reasons);
  const targets = new Map<number, LineTarget>();
  for (const hold of parts.held.ofSale(sale.id)) parts.held.release(sale.id, hold.line);
  for (let index = 0; index < (sale.lineIds?.length ?? 0); index++) {
    targets.set(index, { qty: 0, takes: NOTHING });
  }
  parts.snapshotTakes.clear(sale.id);
  let held = 0;
  for (const { index, line } of numberedLines(sale, { lines: data.lines, channel: data.channel })) {
    const answer = parts.knowledge.resolve(line, data.channel, sale.occurredAt);
    const qty = microFromDecimal(line.qty);
    if (answer.kind === 'held') {
      held++;
      parts.held.hold({ sale: sale.id, line: index, sku: answer.sku, modifier: answer.modifier });
      reasons.push(heldReason(answer, line, index, parts.knowledge.versions().length === 0));
      continue;
    }
    const takes = answer.kind === 'takes' ? answer.takes : [];
    const amounts = new Map(takes.map((take) => [take.item, scaleMicro(take.amount, qty)]));
    parts.snapshotTakes.put(sale.id, index, amounts);
    targets.set(index, { qty, takes: amounts });
  }
  const moves = rebalance(parts, at, sale, 'snapshot', targets);
  return outcomeOf({ applied: data.lines.length - held, held, moves }, reasons);
}

const NOTHING: ReadonlyMap<number, number> = new Map();

/**
 * The sale as its newest revision says it: time and day too, so that nothing depends on which
 * revision came first. Old lines keep their numbers, new ones get the next.
 */
function newest(
  parts: SettleParts,
  at: Settling,
  known: StoredSale | undefined,
  data: Snapshot,
  reasons: Reason[],
): StoredSale {
  const said = {
    event: at.event,
    revision: data.revision,
    day: businessDayOf(parts, at, data.businessDate, reasons),
    occurredAt: at.occurredAt,
  };
  if (known === undefined) {
    const lineIds = lineIdsOf(data.lines);
    const sale = { id: at.event, terminal: at.terminal, saleId: data.saleId, lineIds, ...said };
    parts.sales.insert(sale);
    return sale;
  }
  const before = known.lineIds ?? lineIdsOf(saleContent(parts.events, known.event)?.lines ?? []);
  const ids = [...before];
  for (const id of lineIdsOf(data.lines)) if (!ids.includes(id)) ids.push(id);
  const sale = { ...known, ...said, lineIds: ids };
  parts.sales.redefine(sale);
  return sale;
}

/** Not newer than what counts: the same again, an older one, or another one under its number. */
function settleStale(parts: SettleParts, known: StoredSale, data: Snapshot): Outcome {
  const nothing = { applied: 0, held: 0, moves: 0 };
  const revision = String(data.revision);
  if (known.revision > data.revision) {
    const why = reason('stale_revision', revision, '/data/revision');
    return { status: STATUS.applied, ...nothing, reasons: [why] };
  }
  const same = sameJson(saleContent(parts.events, known.event)?.lines, data.lines);
  return {
    status: same ? STATUS.duplicate : STATUS.conflict,
    ...nothing,
    reasons: same ? [] : [reason('sale_conflict', data.saleId, '/data/revision')],
  };
}
