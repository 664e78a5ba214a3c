/**
 * Was the voided dish made? When the POS does not know, the store's rule decides: not fired, or
 * voided within a few minutes of firing, was not made; anything else was made and is thrown away.
 */
import type { Disposition } from '../contracts/pos-event.ts';

/** Stored with what was taken back: never renumber. */
export const DISPOSITIONS = { not_made: 1, made_discarded: 2, made_served_free: 3 } as const;

/**
 * @param firedAt when the line went to the kitchen, epoch ms; undefined = never
 * @param voidedAt when it was voided, epoch ms
 * @param madeAfterMs the store's rule
 */
export function resolveDisposition(
  said: Disposition | undefined,
  firedAt: number | undefined,
  voidedAt: number,
  madeAfterMs: number,
): Exclude<Disposition, 'unknown'> {
  if (said !== undefined && said !== 'unknown') return said;
  if (firedAt === undefined || voidedAt - firedAt <= madeAfterMs) return 'not_made';
  return 'made_discarded';
}
