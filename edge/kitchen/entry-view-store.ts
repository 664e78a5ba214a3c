/** SQL of entries as people read them: newest first, with the command and the tablet behind each. */
import { ENTRY_KINDS, type EntryKind, entryKindName } from '#recipes/ledger/entry.ts';
import type { Db } from '../db/open.ts';
import { MOVES_PER_ENTRY } from '../ledger/entry-store.ts';
import { undoneSql } from '../ledger/undone-store.ts';

export type EntryRow = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly day: number;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly actor: string | null;
  readonly command: string | null;
  /** The paired tablet that sent it; null = none. */
  readonly device: string | null;
  /** When it happened as its sender said it. */
  readonly said: string | null;
  /** Number of the sale it belongs to. */
  readonly sale: number | null;
  readonly reverses: number | null;
  /** The entry that took it back. */
  readonly reversedBy: number | null;
  /** Whether it counts now: never taken back, or restored since. */
  readonly stands: boolean;
  readonly moved: boolean;
  /** Facts beside the moves, as JSON. */
  readonly note: string | null;
};

export type EntryQuery = {
  /** Only these kinds; undefined = all. */
  readonly kinds: readonly EntryKind[] | undefined;
  readonly actor: string | undefined;
  /** Only entries before this one. */
  readonly before: number;
  readonly limit: number;
};

export type EntryViewStore = {
  list(query: EntryQuery): EntryRow[];
  get(seq: number): EntryRow | undefined;
  /** Entries of a kind that happened at or after an instant, oldest first, without what was taken back. */
  standing(kind: EntryKind, from: number): EntryRow[];
};

/** Kinds that come from a POS: everything else was done by hand. */
const OF_SALES: ReadonlySet<EntryKind> = new Set(['sale', 'void', 'refund', 'snapshot']);

const COLUMNS = `e.seq, e.kind, e.day, e.occurred_at AS occurredAt, e.recorded_at AS recordedAt,
  e.actor, e.command, c.device, json_extract(c.content, '$.at') AS said, e.sale, e.reverses,
  (SELECT max(r.seq) FROM entry r
    WHERE r.reverses = e.seq AND r.kind = ${ENTRY_KINDS.reversal}) AS reversedBy,
  NOT ${undoneSql('e.seq')} AS stands, EXISTS (SELECT 1 FROM move m WHERE m.id >= e.seq * ${MOVES_PER_ENTRY}
    AND m.id < (e.seq + 1) * ${MOVES_PER_ENTRY}) AS moved, e.note`;
const FROM = 'FROM entry e LEFT JOIN command c ON c.id = e.command';

export function openEntryViewStore(db: Db): EntryViewStore {
  const get = db.prepare(`SELECT ${COLUMNS} ${FROM} WHERE e.seq = ?`);
  const ofKind = db.prepare(
    `SELECT ${COLUMNS} ${FROM} WHERE e.event IS NULL AND e.kind = ? AND e.occurred_at >= ?
         AND NOT ${undoneSql('e.seq')} ORDER BY e.seq`,
  );
  const lists = new Map<string, ReturnType<Db['prepare']>>();

  /** One statement for each set of kinds that is asked for; there are few. */
  function listOf(kinds: readonly EntryKind[] | undefined) {
    const key = kinds?.join(' ') ?? '';
    const known = lists.get(key);
    if (known) return known;
    const numbers = (kinds ?? []).map((kind) => ENTRY_KINDS[kind]);
    // What was done by hand stands in an index of its own, so that no sale is read for it.
    const byHand = kinds !== undefined && !kinds.some((kind) => OF_SALES.has(kind));
    const made = db.prepare(
      `SELECT ${COLUMNS} ${FROM} WHERE e.seq < @before
         ${kinds === undefined ? '' : `AND e.kind IN (${numbers.join(', ')})`}
         ${byHand ? 'AND e.event IS NULL' : ''}
         AND (@actor IS NULL OR e.actor = @actor)
       ORDER BY e.seq DESC LIMIT @limit`,
    );
    lists.set(key, made);
    return made;
  }

  return {
    list: ({ kinds, actor, before, limit }) =>
      listOf(kinds)
        .all({ before, limit, actor: actor ?? null })
        .map(entryRow),
    get(seq) {
      const row = get.get(seq);
      return row === undefined ? undefined : entryRow(row);
    },
    standing: (kind, from) => ofKind.all(ENTRY_KINDS[kind], from).map(entryRow),
  };
}

function entryRow(value: unknown): EntryRow {
  const row = value as Omit<EntryRow, 'kind' | 'moved' | 'stands'> & {
    kind: number;
    moved: number;
    stands: number;
  };
  const kind = entryKindName(row.kind);
  if (kind === undefined) throw new Error(`entry ${row.seq} has the unknown kind ${row.kind}`);
  return { ...row, kind, moved: row.moved === 1, stands: row.stands === 1 };
}
