/** SQL of reading the ticker. */
import type { Databases } from '../parts.ts';

/** A line as the stream tells it. */
export type TickerLine = {
  readonly id: number;
  readonly store: string;
  readonly at: string;
  readonly kind: string;
  readonly seq: number | null;
  readonly zh: string;
  readonly en: string;
};

type Row = {
  id: string;
  store: string;
  at: Date;
  kind: string;
  seq: string | null;
  words: { zh?: string; en?: string };
};

function readRow({ id, store, at, kind, seq, words }: Row): TickerLine {
  return {
    id: Number(id),
    store,
    at: at.toISOString(),
    kind,
    seq: seq === null ? null : Number(seq),
    zh: words.zh ?? words.en ?? '',
    en: words.en ?? words.zh ?? '',
  };
}

/** The newest first. @param before only older ones than this number */
export async function newestLines(
  chain: Databases['chain'],
  store: string | undefined,
  before: number,
  limit: number,
): Promise<TickerLine[]> {
  const { rows } = await chain.query<Row>(
    `SELECT id, store, at, kind, seq, words FROM ticker
     WHERE id < $1 AND ($2::text IS NULL OR store = $2) ORDER BY id DESC LIMIT $3`,
    [before, store ?? null, limit],
  );
  return rows.map(readRow);
}

/**
 * The newest of those after a number, oldest first, and before it those of the same moment: numbers are
 * given before the commit, so another receiver's smaller one may have become visible after it. A reader
 * that has a line already knows it by its number.
 */
export async function linesAfter(
  chain: Databases['chain'],
  after: number,
  limit: number,
): Promise<TickerLine[]> {
  const { rows } = await chain.query<Row>(
    `SELECT id, store, at, kind, seq, words FROM ticker
     WHERE id > $1 - ${AGAIN_LINES} AND (id > $1 OR (id < $1 AND at > (
       SELECT at FROM ticker WHERE id = $1) - interval '${AGAIN_S} seconds'))
     ORDER BY id DESC LIMIT $2`,
    [after, limit],
  );
  return rows.map(readRow).reverse();
}

/** No line takes longer to become visible, and no more of them are on their way at once. */
const AGAIN_S = 10;
const AGAIN_LINES = 100;

/** Forgets what is older than this, some of the oldest at a time. */
export async function forgetLines(chain: Databases['chain'], days: number): Promise<void> {
  await chain.query(
    `DELETE FROM ticker WHERE id IN (SELECT id FROM ticker ORDER BY id LIMIT ${FORGET_AT_ONCE})
       AND at < now() - make_interval(days => $1)`,
    [days],
  );
}

const FORGET_AT_ONCE = 10_000;
