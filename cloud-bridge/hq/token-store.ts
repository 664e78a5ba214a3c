/** Whose token it is. Only hashes are kept. */
import type { Pool } from 'pg';
import type { Principal, Scope } from './auth.ts';

/** The principal whose token has this hash; undefined when nobody's, revoked, or of a closed store. */
export async function findPrincipal(chain: Pool, hash: string): Promise<Principal | undefined> {
  const { rows } = await chain.query<{ store: string | null; scope: Scope | null; name: string }>({
    name: 'find-principal',
    text: `SELECT code AS store, NULL AS scope, code AS name FROM store
             WHERE token_hash = $1 AND closed_at IS NULL
           UNION ALL
           SELECT NULL, scope, name FROM token WHERE token_hash = $1 AND revoked_at IS NULL
           LIMIT 1`,
    values: [hash],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  if (row.store !== null) return { store: row.store };
  return row.scope === null ? undefined : { scope: row.scope, name: row.name };
}
