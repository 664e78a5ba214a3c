/** SQL of the tokens that people and programs read head office with. */
import type { Databases } from '../parts.ts';

type Db = Databases['chain'];

export type Token = {
  readonly id: number;
  readonly name: string;
  readonly scope: string;
  readonly createdAt: string;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
};

type Row = {
  id: number;
  name: string;
  scope: string;
  created_at: Date;
  used_at: Date | null;
  revoked_at: Date | null;
};

const COLUMNS = 'id, name, scope, created_at, used_at, revoked_at';

function readRow(row: Row): Token {
  const { id, name, scope } = row;
  return {
    id,
    name,
    scope,
    createdAt: row.created_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}

/** Revoked ones too: who had one stays known. */
export async function listTokens(chain: Db): Promise<Token[]> {
  const { rows } = await chain.query<Row>(`SELECT ${COLUMNS} FROM token ORDER BY id`);
  return rows.map(readRow);
}

/** Keeps the hash of a new token. @returns the token as it is listed */
export async function insertToken(
  chain: Db,
  said: { readonly name: string; readonly scope: string; readonly hash: string },
): Promise<Token> {
  const { rows } = await chain.query<Row>(
    `INSERT INTO token (name, scope, token_hash) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
    [said.name, said.scope, said.hash],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a token could not be written');
  return readRow(row);
}

/** @returns false when there is none; one that was revoked before stays so */
export async function revokeToken(chain: Db, id: number): Promise<boolean> {
  const { rowCount } = await chain.query(
    'UPDATE token SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1',
    [id],
  );
  return rowCount === 1;
}

/** Which of these tokens hold no more. */
export async function revokedOf(chain: Db, ids: readonly number[]): Promise<Set<number>> {
  const { rows } = await chain.query<{ id: number }>({
    name: 'revoked-of',
    text: 'SELECT id FROM token WHERE id = ANY ($1::int[]) AND revoked_at IS NOT NULL',
    values: [ids],
  });
  return new Set(rows.map(({ id }) => id));
}
