/** The states of a stored event. Numbers are stored: never renumber. */
import type { EventStatus } from '#recipes/contracts/pos-event.ts';

export const STATUS = {
  pending: 0,
  applied: 1,
  partial: 2,
  held: 3,
  duplicate: 4,
  conflict: 5,
  quarantined: 6,
  dismissed: 7,
} as const;
export type StoredStatus = (typeof STATUS)[keyof typeof STATUS];

/** What the POS is told. A dismissed event stays what it was to the POS: not understood. */
export function publicStatus(status: number): EventStatus {
  return PUBLIC[status] ?? 'held';
}

/** Event types by number; 0 is what was not understood. Numbers are stored: never renumber. */
export const EVENT_TYPES = [
  'unknown',
  'larder.pos.sale.v1',
  'larder.pos.void.v1',
  'larder.pos.refund.v1',
  'larder.pos.snapshot.v1',
  'larder.pos.dayclose.v1',
  'larder.pos.menu.v1',
] as const;

const PUBLIC: readonly EventStatus[] = [
  'held',
  'applied',
  'partial',
  'held',
  'duplicate',
  'conflict',
  'quarantined',
  'quarantined',
];
