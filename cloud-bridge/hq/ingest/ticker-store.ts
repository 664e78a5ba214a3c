/** Lines of the ticker: what happened in the stores, in words. */
import type { Pool } from 'pg';

export type Caption = {
  readonly seq: number;
  readonly kind: string;
  readonly zh: string;
  readonly en: string;
};

/** As the stream tells it. */
export type TickerLine = Caption & {
  readonly id: number;
  readonly store: string;
  readonly at: string;
};

/** Writes them in their order. @returns them with the numbers they got */
export async function insertTicker(
  chain: Pool,
  store: string,
  captions: readonly Caption[],
): Promise<TickerLine[]> {
  const { rows } = await chain.query<{ id: string; at: Date; seq: string }>({
    name: 'insert-ticker',
    text: `INSERT INTO ticker (store, seq, kind, words)
           SELECT $1, seq, kind, words FROM unnest($2::bigint[], $3::text[], $4::jsonb[])
             AS t (seq, kind, words)
           RETURNING id, at, seq`,
    values: [
      store,
      captions.map(({ seq }) => seq),
      captions.map(({ kind }) => kind),
      captions.map(({ zh, en }) => JSON.stringify({ zh, en })),
    ],
  });
  const bySeq = new Map(captions.map((caption) => [caption.seq, caption]));
  return rows.flatMap(({ id, at, seq }) => {
    const caption = bySeq.get(Number(seq));
    return caption === undefined
      ? []
      : [{ ...caption, id: Number(id), store, at: at.toISOString() }];
  });
}
