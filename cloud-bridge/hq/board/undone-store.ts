/** SQL of what was taken back. */
import { ENTRY_KINDS } from '#recipes/ledger/entry.ts';
import type { Databases } from '../parts.ts';
import { type Past, stretchColumns } from './past.ts';

type Db = Databases['chain'];

/** An entry of a store. */
export type EntryKey = { readonly store: number; readonly seq: number };

/** Reversals follow each other (undone, restored, undone); more than this is nobody's. */
const DEEPEST = 20;

/**
 * Which of these entries do not count: undone by a reversal and not restored since.
 * @param pasts of the stores they are of, all on the server `db`
 * @returns keys as `store:seq`
 */
export async function undoneOf(
  db: Db,
  pasts: readonly Past[],
  entries: readonly EntryKey[],
): Promise<ReadonlySet<string>> {
  const undone = new Set<string>();
  const columns = stretchColumns(pasts);
  /** Reversals that were just found, by the entry at the root of each. */
  let asked = new Map(entries.map((entry) => [keyOf(entry), { root: keyOf(entry), ...entry }]));
  for (let depth = 0; asked.size > 0 && depth < DEEPEST; depth++) {
    const found = await reversalsOf(db, columns, [...asked.values()]);
    const next: typeof asked = new Map();
    for (const { store, seq, reverses } of found) {
      const root = asked.get(keyOf({ store, seq: reverses }))?.root;
      if (root === undefined) continue;
      if (depth % 2 === 0) undone.add(root);
      else undone.delete(root);
      next.set(keyOf({ store, seq }), { root, store, seq });
    }
    asked = next;
  }
  return undone;
}

/** The key by which `undoneOf` names an entry. */
export function keyOf({ store, seq }: EntryKey): string {
  return `${store}:${seq}`;
}

async function reversalsOf(
  db: Db,
  columns: ReturnType<typeof stretchColumns>,
  entries: readonly EntryKey[],
): Promise<{ store: number; seq: number; reverses: number }[]> {
  const { rows } = await db.query<{ store: number; seq: string; reverses: string }>({
    name: 'reversals-of',
    text: `SELECT r.store, r.seq, r.reverses
           FROM unnest($1::int[], $2::bigint[]) AS u (store, seq)
           JOIN unnest($3::int[], $4::smallint[], $5::bigint[], $6::bigint[])
             AS t (store, life, lo, hi) ON t.store = u.store
           JOIN entry r ON r.store = t.store AND r.life = t.life AND r.reverses = u.seq
             AND r.reverses IS NOT NULL AND r.seq BETWEEN t.lo AND t.hi
             AND r.kind = ${ENTRY_KINDS.reversal}`,
    values: [entries.map(({ store }) => store), entries.map(({ seq }) => seq), ...columns],
  });
  return rows.map((row) => ({
    store: row.store,
    seq: Number(row.seq),
    reverses: Number(row.reverses),
  }));
}
