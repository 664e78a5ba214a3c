/** SQL of names: what another life called something that is called otherwise here, and words said later. */
import type { Db } from '../db/open.ts';

/** What has a name that a command gives out. */
export type Named = 'lot' | 'order' | 'credit' | 'note' | 'transfer' | 'requisition' | 'job';

export type NameStore = {
  /** Writes that a name of another life means another one here. */
  put(
    incarnation: string,
    name: { readonly what: Named; readonly item: string; readonly theirs: string },
    ours: string,
  ): void;
  /**
   * What a name of another life means here; undefined = the same.
   * @param item of a lot, when it is known
   */
  find(incarnation: string, what: Named, theirs: string, item?: string): string | undefined;
};

export function openNameStore(db: Db): NameStore {
  const put = db.prepare(
    `INSERT INTO renamed (incarnation, what, item, theirs, ours) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET ours = excluded.ours`,
  );
  const find = db
    .prepare(
      `SELECT ours FROM renamed
        WHERE incarnation = @incarnation AND what = @what AND theirs = @theirs
          AND (@item IS NULL OR item = @item)
        ORDER BY item LIMIT 1`,
    )
    .pluck();
  return {
    put: (incarnation, { what, item, theirs }, ours) => {
      put.run(incarnation, what, item, theirs, ours);
    },
    find: (incarnation, what, theirs, item) =>
      find.get({ incarnation, what, theirs, item: item ?? null }) as string | undefined,
  };
}
