/** Ids of events: made of what happened and nothing else, so that it is told once. */
import { createHash } from 'node:crypto';

/** `evt_` and 40 hex digits. @param what never two things the same words */
export function eventId(...what: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(what)).digest('hex');
  return `evt_${digest.slice(0, 40)}`;
}
