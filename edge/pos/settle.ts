/**
 * The second step of a sale: what a stored, understood event means for stock. Deterministic, inside
 * the caller's transaction, and free to throw: whoever called puts everything back and keeps the
 * event for later.
 */
import { unreachable } from '#recipes/assert.ts';
import type { PosEvent } from '#recipes/contracts/pos-event.ts';
import { EVENT_TYPES, STATUS } from './event-status.ts';
import type { Outcome } from './event-store.ts';
import { settleDayClose } from './settle-day-close.ts';
import { settleSale } from './settle-sale.ts';
import { settleSnapshot } from './settle-snapshot.ts';
import { settleRefund, settleVoid } from './settle-void.ts';
import type { SettleParts, Settling } from './settling.ts';

/** @returns what it came to; the caller stores it with the event */
export function settle(parts: SettleParts, at: Settling, event: PosEvent): Outcome {
  switch (event.type) {
    case 'larder.pos.sale.v1':
      return settleSale(parts, at, event.data);
    case 'larder.pos.void.v1':
      return settleVoid(parts, at, event.data);
    case 'larder.pos.refund.v1':
      return settleRefund(parts, at, event.data);
    case 'larder.pos.snapshot.v1':
      return settleSnapshot(parts, at, event.data);
    case 'larder.pos.dayclose.v1':
      return settleDayClose(parts, at, event.data);
    case 'larder.pos.menu.v1':
      // Coverage and proposals are worked out from it when somebody looks at the inbox.
      parts.menus.put(at.terminal, at.event);
      return { status: STATUS.applied, applied: 0, held: 0, moves: 0, reasons: [] };
    default:
      return unreachable(event);
  }
}

/** The number an event type is stored with. */
export function typeNumber(type: PosEvent['type']): number {
  return EVENT_TYPES.indexOf(type);
}
