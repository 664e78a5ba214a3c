/**
 * A sale has arrived: the voids and refunds that came before it are settled now, after the sale's own
 * event is stored, because what they take back is read from there.
 */
import type { PosEvent } from '#recipes/contracts/pos-event.ts';
import { STATUS } from './event-status.ts';
import type { Outcome } from './event-store.ts';
import { readStored } from './read-event.ts';
import { settleRefund, settleVoid } from './settle-void.ts';
import type { SettleParts, Settling } from './settling.ts';

export function settleWaiting(parts: SettleParts, event: PosEvent): void {
  if (event.type !== 'larder.pos.sale.v1' && event.type !== 'larder.pos.snapshot.v1') return;
  const { saleId } = event.data;
  for (const number of parts.waiting.of(saleId)) {
    const stored = parts.events.get(number);
    const late = stored && readStored(stored.body);
    if (!stored || !late) continue;
    parts.waiting.remove(saleId, number);
    const at = {
      event: number,
      terminal: stored.terminal,
      receivedAt: stored.receivedAt,
      occurredAt: late.occurredAt ?? stored.receivedAt,
    };
    const outcome = settleLate(parts, at, late);
    if (outcome === undefined) continue;
    parts.events.setOutcome(number, outcome);
    if (outcome.status !== STATUS.held) parts.resettled.push(number);
  }
}

/** Only what takes back can wait for a sale. */
function settleLate(parts: SettleParts, at: Settling, event: PosEvent): Outcome | undefined {
  if (event.type === 'larder.pos.void.v1') return settleVoid(parts, at, event.data);
  if (event.type === 'larder.pos.refund.v1') return settleRefund(parts, at, event.data);
  return undefined;
}
