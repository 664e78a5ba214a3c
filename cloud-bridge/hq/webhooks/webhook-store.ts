/** SQL of webhooks and of what is delivered to them. */
import type { Databases } from '../parts.ts';
import type { WebhookEvent } from './event-types.ts';

type Db = Databases['chain'];

export type Webhook = {
  readonly id: number;
  readonly url: string;
  readonly events: readonly string[];
  readonly note: string | null;
  readonly createdAt: string;
  /** Since when nothing has got through; null = the last delivery did. */
  readonly failingSince: string | null;
  readonly disabledAt: string | null;
};

type Row = {
  id: number;
  url: string;
  events: string[];
  note: string | null;
  created_at: Date;
  failing_since: Date | null;
  disabled_at: Date | null;
};

const COLUMNS = 'id, url, events, note, created_at, failing_since, disabled_at';

function readRow(row: Row): Webhook {
  const { id, url, events, note } = row;
  return {
    id,
    url,
    events,
    note,
    createdAt: row.created_at.toISOString(),
    failingSince: row.failing_since?.toISOString() ?? null,
    disabledAt: row.disabled_at?.toISOString() ?? null,
  };
}

/** Every webhook, oldest first. */
export async function listWebhooks(chain: Db): Promise<Webhook[]> {
  const { rows } = await chain.query<Row>(`SELECT ${COLUMNS} FROM webhook ORDER BY id`);
  return rows.map(readRow);
}

/** The webhook with this number, if there is one. */
export async function findWebhook(chain: Db, id: number): Promise<Webhook | undefined> {
  const { rows } = await chain.query<Row>(`SELECT ${COLUMNS} FROM webhook WHERE id = $1`, [id]);
  return rows[0] && readRow(rows[0]);
}

/** Keeps a new webhook. */
export async function insertWebhook(
  chain: Db,
  said: Pick<Webhook, 'url' | 'events' | 'note'> & { readonly secret: string },
): Promise<Webhook> {
  const { rows } = await chain.query<Row>(
    `INSERT INTO webhook (url, secret, events, note) VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
    [said.url, said.secret, said.events, said.note],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a webhook could not be written');
  return readRow(row);
}

/** Changes what is given; `enabled` true forgets earlier failures. */
export async function changeWebhook(
  chain: Db,
  id: number,
  to: {
    readonly url?: string | undefined;
    readonly events?: readonly string[] | undefined;
    readonly note?: string | undefined;
    readonly enabled?: boolean | undefined;
  },
): Promise<Webhook | undefined> {
  const { rows } = await chain.query<Row>(
    `UPDATE webhook SET url = coalesce($2, url), events = coalesce($3, events),
       note = coalesce($4, note),
       disabled_at = CASE WHEN $5 THEN NULL WHEN NOT $5 THEN coalesce(disabled_at, now())
         ELSE disabled_at END,
       failing_since = CASE WHEN $5 THEN NULL ELSE failing_since END
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, to.url ?? null, to.events ?? null, to.note ?? null, to.enabled ?? null],
  );
  return rows[0] && readRow(rows[0]);
}

/** Forgets a webhook and what waits for it. @returns false when there was none */
export async function deleteWebhook(chain: Db, id: number): Promise<boolean> {
  const { rowCount } = await chain.query('DELETE FROM webhook WHERE id = $1', [id]);
  return rowCount === 1;
}

/** Whether anybody would hear of anything. */
export async function anyWebhook(chain: Db): Promise<boolean> {
  const { rows } = await chain.query<{ any: boolean }>({
    name: 'any-webhook',
    text: 'SELECT EXISTS (SELECT 1 FROM webhook WHERE disabled_at IS NULL) AS any',
  });
  return rows[0]?.any ?? false;
}

/**
 * One delivery of each event for each webhook that wants it. Said twice, after a crash or by another
 * receiver, it is there once.
 * @param only for this webhook, whatever it wants
 */
export async function addDeliveries(
  chain: Pick<Db, 'query'>,
  events: readonly WebhookEvent[],
  only?: number,
): Promise<void> {
  if (events.length === 0) return;
  await chain.query(
    `INSERT INTO delivery (id, webhook, event, body, state, next_at)
     SELECT e.id, w.id, e.type, e.body, 'waiting', now()
     FROM unnest($1::text[], $2::text[], $3::text[]) AS e (id, type, body)
     JOIN webhook w ON CASE WHEN $4::int IS NULL
       THEN w.disabled_at IS NULL AND e.type = ANY (w.events) ELSE w.id = $4 END
     ON CONFLICT DO NOTHING`,
    [
      events.map(({ id }) => id),
      events.map(({ type }) => type),
      events.map(({ type, at, data }) => JSON.stringify({ type, timestamp: at, data })),
      only ?? null,
    ],
  );
}

export type Delivery = {
  readonly id: string;
  readonly webhook: number;
  readonly event: string;
  readonly state: (typeof DELIVERY_STATES)[number];
  readonly attempts: number;
  readonly nextAt: string | null;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly error: string | null;
};

export const DELIVERY_STATES = ['waiting', 'done', 'failed'] as const;

/** The newest first. @param state only these; undefined = all */
export async function listDeliveries(
  chain: Db,
  webhook: number,
  state: Delivery['state'] | undefined,
  limit: number,
): Promise<Delivery[]> {
  const { rows } = await chain.query<DeliveryRow>(
    `SELECT ${DELIVERY} FROM delivery WHERE webhook = $1 AND ($2::text IS NULL OR state = $2)
     ORDER BY created_at DESC, id LIMIT $3`,
    [webhook, state ?? null, limit],
  );
  return rows.map(readDelivery);
}

/**
 * One delivery is due at once, whatever became of it; it keeps its id, and one that was given up has one
 * more try. @returns undefined when there is none
 */
export async function resendDelivery(
  chain: Db,
  webhook: number,
  id: string,
): Promise<Delivery | undefined> {
  const { rows } = await chain.query<DeliveryRow>(
    `UPDATE delivery SET state = 'waiting', next_at = now(), ended_at = NULL
     WHERE webhook = $1 AND id = $2 RETURNING ${DELIVERY}`,
    [webhook, id],
  );
  return rows[0] && readDelivery(rows[0]);
}

const DELIVERY = 'id, webhook, event, state, attempts, next_at, created_at, ended_at, error';

type DeliveryRow = {
  id: string;
  webhook: number;
  event: string;
  state: Delivery['state'];
  attempts: number;
  next_at: Date | null;
  created_at: Date;
  ended_at: Date | null;
  error: string | null;
};

function readDelivery(row: DeliveryRow): Delivery {
  const { id, webhook, event, state, attempts, error } = row;
  return {
    id,
    webhook,
    event,
    state,
    attempts,
    nextAt: row.next_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    error,
  };
}
