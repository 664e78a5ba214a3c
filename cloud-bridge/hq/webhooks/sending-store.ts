/** SQL of deliveries on their way: who takes which, and what came of it. */
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];

/** A delivery that is due, taken by this receiver for a while. */
export type Due = {
  readonly id: string;
  readonly webhook: number;
  readonly url: string;
  readonly secret: string;
  readonly body: string;
  /** This one included. */
  readonly attempts: number;
};

/**
 * Takes what is due, one of each webhook: one that is slow holds up nobody else. A receiver that dies
 * on the way gives it back after `leaseS`.
 * @param busy webhooks that this receiver is sending to
 */
export async function takeDue(
  chain: Db,
  limit: number,
  leaseS: number,
  busy: readonly number[],
): Promise<Due[]> {
  const { rows } = await chain.query<Due>({
    name: 'take-due',
    text: `WITH due AS (
             SELECT w.id AS webhook, d.id FROM webhook w
             CROSS JOIN LATERAL (
               SELECT id, next_at FROM delivery
               WHERE webhook = w.id AND state = 'waiting' AND next_at <= now()
                 AND (w.disabled_at IS NULL OR event = 'webhook.test')
               ORDER BY next_at, created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) d
             WHERE w.id <> ALL ($3::int[]) ORDER BY d.next_at LIMIT $1)
           UPDATE delivery d SET attempts = d.attempts + 1,
             next_at = now() + make_interval(secs => $2)
           FROM due, webhook w
           WHERE d.webhook = due.webhook AND d.id = due.id AND w.id = due.webhook
           RETURNING d.id, d.webhook, w.url, w.secret, d.body, d.attempts`,
    values: [limit, leaseS, busy],
  });
  return rows;
}

/** It was accepted. */
export async function deliveryDone(chain: Db, { id, webhook }: Due): Promise<void> {
  await chain.query(
    `WITH done AS (
       UPDATE delivery SET state = 'done', ended_at = now(), next_at = NULL, error = NULL
       WHERE webhook = $1 AND id = $2)
     UPDATE webhook SET failing_since = NULL WHERE id = $1 AND failing_since IS NOT NULL`,
    [webhook, id],
  );
}

/** It was not. @param againS when it is tried again; null = never */
export async function deliveryFailed(
  chain: Db,
  { id, webhook }: Due,
  error: string,
  againS: number | null,
): Promise<void> {
  await chain.query(
    `WITH failed AS (
       UPDATE delivery SET error = $3,
         state = CASE WHEN $4::float8 IS NULL THEN 'failed' ELSE 'waiting' END,
         ended_at = CASE WHEN $4::float8 IS NULL THEN now() END,
         next_at = now() + make_interval(secs => $4::float8)
       WHERE webhook = $1 AND id = $2)
     UPDATE webhook SET failing_since = coalesce(failing_since, now()) WHERE id = $1`,
    [webhook, id, error.slice(0, 300), againS],
  );
}

/** Disables webhooks that nothing has got through to for so long. @returns their ids and addresses */
export async function disableDead(
  chain: Db,
  afterS: number,
): Promise<{ id: number; url: string; failing_since: Date }[]> {
  const { rows } = await chain.query<{ id: number; url: string; failing_since: Date }>({
    name: 'disable-dead',
    text: `UPDATE webhook SET disabled_at = now()
           WHERE disabled_at IS NULL AND failing_since < now() - make_interval(secs => $1)
           RETURNING id, url, failing_since`,
    values: [afterS],
  });
  return rows;
}

/** Disables one at once: its address is gone for good. */
export async function disableGone(chain: Db, id: number): Promise<void> {
  await chain.query('UPDATE webhook SET disabled_at = coalesce(disabled_at, now()) WHERE id = $1', [
    id,
  ]);
}

/**
 * Gives up what should have been sent so many days ago, most of it to webhooks that nobody enabled again.
 * It stays in the list as failed, and can be sent again.
 */
export async function giveUpWaiting(chain: Db, days: number): Promise<void> {
  await chain.query(
    `UPDATE delivery d SET state = 'failed', ended_at = now(), next_at = NULL,
       error = left(concat('given up after waiting for ', $1::int, ' days',
         CASE WHEN w.disabled_at IS NOT NULL THEN ': the webhook is disabled' END,
         '; ' || d.error), 300)
     FROM webhook w
     WHERE w.id = d.webhook AND d.state = 'waiting' AND d.next_at < now() - make_interval(days => $1)`,
    [days],
  );
}

/** Forgets deliveries that ended long ago. */
export async function forgetDeliveries(chain: Db, days: number): Promise<void> {
  await chain.query(
    `DELETE FROM delivery WHERE state <> 'waiting'
       AND coalesce(ended_at, created_at) < now() - make_interval(days => $1)`,
    [days],
  );
}
