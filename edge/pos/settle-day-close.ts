/**
 * The POS closes its day and says what it sent. Kept as said; whether it agrees with what arrived is
 * worked out when somebody looks, because a late event may still make it agree.
 */
import type { DayClose } from '#recipes/contracts/pos-event.ts';
import { dayNumber } from '#recipes/time/business-day.ts';
import { STATUS } from './event-status.ts';
import type { Outcome } from './event-store.ts';
import type { SettleParts, Settling } from './settling.ts';

export function settleDayClose(parts: SettleParts, at: Settling, totals: DayClose): Outcome {
  const day = dayNumber(totals.businessDate);
  parts.dayCloses.insert({ event: at.event, terminal: at.terminal, day, totals });
  return { status: STATUS.applied, applied: 0, held: 0, moves: 0, reasons: [] };
}
