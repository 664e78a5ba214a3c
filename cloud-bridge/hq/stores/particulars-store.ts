/** SQL of the stores' own particulars. */
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];

/** What a person says of a store; what is left out stays as it is, null takes it away. */
export type StoreWords = {
  readonly store: string;
  readonly name?:
    | { readonly zh?: string | undefined; readonly en?: string | undefined }
    | null
    | undefined;
  readonly role?: 'store' | 'kitchen' | undefined;
  readonly timezone?: string | null | undefined;
  readonly opens?: string | null | undefined;
  readonly closes?: string | null | undefined;
};

/**
 * Makes a store known, or changes what is said of it.
 * @param tokenHash a new token for its bridge; null = it keeps the one it has
 * @returns whether it has a token
 */
export async function putStore(
  chain: Db,
  said: StoreWords,
  tokenHash: string | null,
): Promise<{ hasToken: boolean }> {
  const { store, name, role, timezone, opens, closes } = said;
  const { rows } = await chain.query<{ has_token: boolean }>(
    `INSERT INTO store AS s (code, name, role, timezone, opens, closes, token_hash)
     VALUES ($1, $2::jsonb, coalesce($3, 'store'), $4, $5, $6, $7)
     ON CONFLICT (code) DO UPDATE SET
       name = CASE WHEN $8 THEN excluded.name ELSE s.name END,
       role = coalesce($3, s.role),
       timezone = CASE WHEN $9 THEN excluded.timezone ELSE s.timezone END,
       opens = CASE WHEN $10 THEN excluded.opens ELSE s.opens END,
       closes = CASE WHEN $11 THEN excluded.closes ELSE s.closes END,
       token_hash = coalesce($7, s.token_hash),
       closed_at = NULL
     RETURNING token_hash IS NOT NULL AS has_token`,
    [
      store,
      name === undefined || name === null ? null : JSON.stringify(name),
      role ?? null,
      timezone ?? null,
      opens ?? null,
      closes ?? null,
      tokenHash,
      name !== undefined,
      timezone !== undefined,
      opens !== undefined,
      closes !== undefined,
    ],
  );
  return { hasToken: rows[0]?.has_token ?? false };
}

/** Whether a store is known, and has a token. */
export async function storeToken(
  chain: Db,
  store: string,
): Promise<{ known: boolean; hasToken: boolean }> {
  const { rows } = await chain.query<{ has_token: boolean }>(
    'SELECT token_hash IS NOT NULL AS has_token FROM store WHERE code = $1 AND closed_at IS NULL',
    [store],
  );
  return { known: rows.length > 0, hasToken: rows[0]?.has_token ?? false };
}

/** The store is no part of the chain any more; what it told stays. @returns false when it was none */
export async function closeStore(chain: Db, store: string): Promise<boolean> {
  const { rowCount } = await chain.query(
    `UPDATE store SET closed_at = now(), token_hash = NULL WHERE code = $1 AND closed_at IS NULL`,
    [store],
  );
  return rowCount === 1;
}
