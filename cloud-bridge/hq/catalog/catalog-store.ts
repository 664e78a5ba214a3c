/** SQL of what head office published, and of what became of it in the stores. */
import type { PoolClient } from 'pg';
import type { CatalogKind } from '#recipes/contracts/sync.ts';
import type { Databases } from '../parts.ts';
import { newestNumber } from './numbers-store.ts';

type Chain = Databases['chain'];

/** A version as it lies in the table; times in ISO 8601. */
export type StoredVersion = {
  readonly version: number;
  readonly kind: CatalogKind;
  /** Store ids; null = every store. */
  readonly stores: readonly string[] | null;
  readonly validFrom: string | null;
  readonly publishedAt: string;
  readonly actor: string | null;
  readonly note: string | null;
  /** Of which version it is the document again. */
  readonly rollbackOf: number | null;
  /** The text exactly as it was signed. */
  readonly signed: string;
  /** base64 */
  readonly signature: string;
};

/** One row of the list: everything but the text. */
export type VersionHead = Omit<StoredVersion, 'signed' | 'signature'>;

/** What a store did with a version. */
export type Adoption = {
  readonly version: number;
  readonly store: string;
  readonly state: string;
  readonly at: string;
  readonly detail: Readonly<Record<string, unknown>> | null;
};

/** Any number that nothing else of head office locks. */
const PUBLISH_LOCK = 7_021_001;

/**
 * Runs `work` while nobody else publishes. Numbers are given out in here, so that they have no holes
 * and become visible in their order: a store that has seen version 7 never misses a 6 that comes later.
 */
export async function whilePublishing<T>(
  chain: Chain,
  work: (store: PublishStore) => Promise<T>,
): Promise<T> {
  const client = await chain.connect();
  try {
    await client.query('BEGIN');
    await client.query('SELECT pg_advisory_xact_lock($1)', [PUBLISH_LOCK]);
    const result = await work(publishStore(client));
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away; the server rolls back for it.
    const broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}

export type PublishStore = {
  /** The version that this cause has made before. */
  ofCause(cause: string): Promise<number | undefined>;
  /** The number before the next one. */
  newest(): Promise<number>;
  insert(version: StoredVersion, cause: string | null): Promise<void>;
};

function publishStore(client: PoolClient): PublishStore {
  return {
    async ofCause(cause) {
      const { rows } = await client.query<{ version: number }>(
        'SELECT version FROM catalog WHERE cause = $1',
        [cause],
      );
      return rows[0]?.version;
    },
    newest: () => newestNumber(client),
    async insert(row, cause) {
      await client.query(
        `INSERT INTO catalog (version, kind, stores, valid_from, published_at, actor, note, rollback_of, signed, signature, cause)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          row.version,
          row.kind,
          row.stores,
          row.validFrom,
          row.publishedAt,
          row.actor,
          row.note,
          row.rollbackOf,
          row.signed,
          row.signature,
          cause,
        ],
      );
      await client.query(
        `INSERT INTO sent AS s (store, versions, head)
         SELECT store, 1, $2 FROM unnest($1::text[]) AS t (store) GROUP BY store
         ON CONFLICT (store) DO UPDATE SET versions = s.versions + 1, head = excluded.head`,
        [row.stores ?? [EVERY_STORE], row.version],
      );
    },
  };
}

/** In `sent`: no store is called that. */
const EVERY_STORE = '*';

/** A value of the chain that is made once, by whoever comes first. */
export async function keptOnce(chain: Chain, key: string, made: () => string): Promise<string> {
  const read = async () => {
    const { rows } = await chain.query<{ value: string }>('SELECT value FROM meta WHERE key = $1', [
      key,
    ]);
    return rows[0]?.value;
  };
  const known = await read();
  if (known !== undefined) return known;
  await chain.query('INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
    key,
    made(),
  ]);
  return (await read()) as string;
}

const HEAD = 'version, kind, stores, valid_from, published_at, actor, note, rollback_of';

type Row = {
  version: number;
  kind: CatalogKind;
  stores: string[] | null;
  valid_from: Date | null;
  published_at: Date;
  actor: string | null;
  note: string | null;
  signed: string;
  signature: string;
  rollback_of: number | null;
};

function headOf(row: Row): VersionHead {
  return {
    version: row.version,
    kind: row.kind,
    stores: row.stores,
    validFrom: row.valid_from?.toISOString() ?? null,
    publishedAt: row.published_at.toISOString(),
    actor: row.actor,
    note: row.note,
    rollbackOf: row.rollback_of,
  };
}

function versionOf(row: Row): StoredVersion {
  return { ...headOf(row), signed: row.signed, signature: row.signature };
}

/** Versions, newest first. @param before only older ones than this number */
export async function listVersions(
  chain: Chain,
  before: number,
  limit: number,
): Promise<VersionHead[]> {
  const { rows } = await chain.query<Row>(
    `SELECT ${HEAD} FROM catalog WHERE version < $1 ORDER BY version DESC LIMIT $2`,
    [before, limit],
  );
  return rows.map(headOf);
}

/** One version; undefined when there is none with this number. */
export async function readVersion(
  chain: Chain,
  version: number,
): Promise<StoredVersion | undefined> {
  const { rows } = await chain.query<Row>('SELECT * FROM catalog WHERE version = $1', [version]);
  return rows[0] && versionOf(rows[0]);
}

/** What is sent down to a store after a version, oldest first. Versions for other stores stay here: they may name people. */
export async function versionsFor(
  chain: Chain,
  store: string,
  after: number,
  limit: number,
): Promise<StoredVersion[]> {
  const { rows } = await chain.query<Row>(
    `SELECT * FROM catalog WHERE version > $1 AND (stores IS NULL OR $2 = ANY (stores))
      ORDER BY version LIMIT $3`,
    [after, store, limit],
  );
  return rows.map(versionOf);
}

/** The highest version that a store has to deal with: what its acknowledgements carry as `catalogHead`. */
export async function catalogHeadOf(chain: Chain, store: string): Promise<number> {
  const { rows } = await chain.query<{ head: number | null }>({
    name: 'catalog-head-of',
    text: 'SELECT max(head) AS head FROM sent WHERE store = ANY ($1::text[])',
    values: [[EVERY_STORE, store]],
  });
  return rows[0]?.head ?? 0;
}

/** Published books, newest first, without their text. */
export async function bookHeads(chain: Chain, limit: number): Promise<VersionHead[]> {
  const { rows } = await chain.query<Row>(
    `SELECT ${HEAD} FROM catalog WHERE kind = 'book' ORDER BY version DESC LIMIT $1`,
    [limit],
  );
  return rows.map(headOf);
}

/** A store said what became of a version; the newest word of it counts. */
export async function putAdoption(chain: Chain, adoption: Adoption): Promise<void> {
  await chain.query(
    `INSERT INTO adoption (version, store, state, at, detail) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (version, store) DO UPDATE
       SET state = excluded.state, at = excluded.at, detail = excluded.detail
     WHERE adoption.at <= excluded.at`,
    [
      adoption.version,
      adoption.store,
      adoption.state,
      adoption.at,
      adoption.detail === null ? null : JSON.stringify(adoption.detail),
    ],
  );
}

/** What became of these versions, by store. */
export async function adoptionsOf(chain: Chain, versions: readonly number[]): Promise<Adoption[]> {
  const { rows } = await chain.query<Omit<Adoption, 'at'> & { at: Date }>(
    `SELECT version, store, state, at, detail FROM adoption
      WHERE version = ANY ($1) ORDER BY version DESC, store`,
    [versions],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Codes of the stores that are open, to name those that have not answered and to refuse unknown ones. */
export async function openStores(chain: Chain): Promise<string[]> {
  const { rows } = await chain.query<{ code: string }>(
    'SELECT code FROM store WHERE closed_at IS NULL ORDER BY code',
  );
  return rows.map(({ code }) => code);
}
