/** Whose token it is. Only hashes are kept. */
import type { Pool } from 'pg';
import type { Principal, Scope } from './principal.ts';

/** The principal whose token has this hash; undefined when nobody's, revoked, or of a closed store. */
export async function findPrincipal(chain: Pool, hash: string): Promise<Principal | undefined> {
  const { rows } = await chain.query<{
    store: string | null;
    scope: Scope | null;
    name: string;
    token: number;
  }>({
    name: 'find-principal',
    text: `SELECT code AS store, NULL AS scope, code AS name, NULL AS token FROM store
             WHERE token_hash = $1 AND closed_at IS NULL
           UNION ALL
           SELECT NULL, scope, name, id FROM token WHERE token_hash = $1 AND revoked_at IS NULL
           LIMIT 1`,
    values: [hash],
  });
  const row = rows[0];
  if (row === undefined) return undefined;
  if (row.store !== null) return { store: row.store };
  await noteUse(chain, hash);
  return row.scope === null ? undefined : { scope: row.scope, name: row.name, token: row.token };
}

/** Who looks at the list of tokens sees which of them nobody needs any more. */
async function noteUse(chain: Pool, hash: string): Promise<void> {
  await chain.query({
    name: 'note-use-of-token',
    text: `UPDATE token SET used_at = now()
           WHERE token_hash = $1 AND (used_at IS NULL OR used_at < now() - interval '1 minute')`,
    values: [hash],
  });
}
