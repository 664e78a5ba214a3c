/** SQL of alarms: each is open once, is ended once, and stays as what happened. */
import type { PoolClient } from 'pg';
import type { Databases } from '../parts.ts';
import type { AlarmKind } from './alarm-words.ts';

type Db = Databases['chain'];

export type Alarm = {
  readonly id: number;
  readonly store: string;
  readonly kind: string;
  readonly since: string;
  readonly endedAt: string | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
};

/** What holds now. */
export type Cause = {
  readonly store: string;
  readonly kind: AlarmKind;
  readonly detail: Readonly<Record<string, unknown>>;
};

type Row = {
  id: string;
  store: string;
  kind: string;
  since: Date;
  ended_at: Date | null;
  detail: Readonly<Record<string, unknown>> | null;
};

const COLUMNS = 'id, store, kind, since, ended_at, detail';

function readRow(row: Row): Alarm {
  const { store, kind, detail } = row;
  return {
    id: Number(row.id),
    store,
    kind,
    since: row.since.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    detail,
  };
}

/**
 * Opens what is not open and ends what does not hold any more, of these kinds. Two receivers may do so
 * at once: each alarm is opened and ended by one of them.
 * @param tell runs in the same transaction with what this one opened and ended
 */
export async function bringUpToDate(
  chain: Db,
  found: {
    readonly causes: readonly Cause[];
    readonly kinds: readonly AlarmKind[];
    /** Stores of which nothing is known now. */
    readonly away: readonly string[];
  },
  tell: (client: PoolClient, opened: readonly Alarm[], ended: readonly Alarm[]) => Promise<void>,
): Promise<{ opened: Alarm[]; ended: Alarm[] }> {
  const { causes, kinds, away } = found;
  const client = await chain.connect();
  const columns = [causes.map(({ store }) => store), causes.map(({ kind }) => kind)];
  try {
    await client.query('BEGIN');
    const opened = await client.query<Row>(
      `INSERT INTO alarm (store, kind, detail)
       SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[])
       ON CONFLICT (store, kind) WHERE ended_at IS NULL DO NOTHING RETURNING ${COLUMNS}`,
      [...columns, causes.map(({ detail }) => JSON.stringify(detail))],
    );
    const ended = await client.query<Row>(
      `UPDATE alarm a SET ended_at = now()
       WHERE a.ended_at IS NULL AND a.kind = ANY ($3) AND a.store <> ALL ($4) AND NOT EXISTS (
         SELECT 1 FROM unnest($1::text[], $2::text[]) AS t (store, kind)
         WHERE t.store = a.store AND t.kind = a.kind)
       RETURNING ${COLUMNS}`,
      [...columns, kinds, away],
    );
    const result = { opened: opened.rows.map(readRow), ended: ended.rows.map(readRow) };
    await tell(client, result.opened, result.ended);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    const broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}

/** The newest first. @param before only older ones than this number */
export async function listAlarms(
  chain: Db,
  query: {
    readonly open: boolean;
    readonly store: string | undefined;
    readonly before: number;
    readonly limit: number;
  },
): Promise<Alarm[]> {
  const { rows } = await chain.query<Row>(
    `SELECT ${COLUMNS} FROM alarm
     WHERE (NOT $1 OR ended_at IS NULL) AND ($2::text IS NULL OR store = $2) AND id < $3
     ORDER BY id DESC LIMIT $4`,
    [query.open, query.store ?? null, query.before, query.limit],
  );
  return rows.map(readRow);
}

/** Versions that a store refused and after which it has taken none of the kind. */
export async function refusedVersions(
  chain: Db,
): Promise<{ store: string; version: number; kind: string; reason: unknown }[]> {
  const { rows } = await chain.query<{
    store: string;
    version: number;
    kind: string;
    reason: unknown;
  }>({
    name: 'refused-versions',
    text: `SELECT DISTINCT ON (a.store) a.store, a.version, c.kind, a.detail -> 'reason' AS reason
           FROM adoption a JOIN catalog c USING (version)
           WHERE a.state = 'refused' AND c.kind = 'book' AND NOT EXISTS (
             SELECT 1 FROM adoption b JOIN catalog d ON d.version = b.version
             WHERE b.store = a.store AND d.kind = c.kind AND b.version > a.version
               AND b.state <> 'refused')
           ORDER BY a.store, a.version DESC`,
  });
  return rows;
}
