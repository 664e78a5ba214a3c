/** The bytes of every event, read again: they say the id and the type that were stored about them. */
import { hash } from 'node:crypto';
import { EVENT_TYPES } from '../pos/event-status.ts';
import { readStored } from '../pos/read-event.ts';
import type { Checks } from './audit-check.ts';
import type { AuditFile } from './audit-store.ts';

const SALE = EVENT_TYPES.indexOf('larder.pos.sale.v1');
const PROGRESS_EVERY = 1_024;
const DIGEST_DIGITS = 40;

/** A sale's lines are read in the walk that explodes it; here its id and type are enough. */
export function checkContents(
  file: AuditFile,
  checks: Checks,
  progress: (done: number, total: number) => void,
): void {
  const total = file.number('SELECT max(id) FROM event');
  for (const row of file.pages('id, event_id, type, body', 'event')) {
    const [id, eventId, type] = [Number(row[0]), String(row[1]), Number(row[2])];
    const body = row[3] as Uint8Array;
    checks.count('contents', 1);
    if (eventId.startsWith('#')) {
      const digest = `#${hash('sha256', body, 'hex').slice(0, DIGEST_DIGITS)}`;
      if (digest !== eventId)
        checks.breach('contents', `event ${id}`, 'its bytes are not those that arrived');
    } else {
      const read = type === SALE ? readClaim(body) : readStored(body);
      if (read?.id !== eventId)
        checks.breach(
          'contents',
          `event ${id}`,
          `stored as ${eventId}, its bytes say ${read?.id ?? 'nothing'}`,
        );
      else if (read.type !== EVENT_TYPES[type])
        checks.breach(
          'contents',
          `event ${id}`,
          `stored as ${EVENT_TYPES[type]}, its bytes say ${read.type}`,
        );
    }
    if (id % PROGRESS_EVERY === 0) progress(id, total);
  }
  progress(total, total);
}

/** Who the bytes say they are; the short form of a sale has no type. */
function readClaim(body: Uint8Array): { id: string; type: string } | undefined {
  try {
    const value = JSON.parse(Buffer.from(body).toString('utf8')) as Record<string, unknown> | null;
    const type = value?.['specversion'] === undefined ? EVENT_TYPES[SALE] : value['type'];
    return { id: String(value?.['id']), type: String(type) };
  } catch {
    return undefined;
  }
}
