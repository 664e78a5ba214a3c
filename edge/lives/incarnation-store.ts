/**
 * SQL of which life of the box this file is. A box has one from its first start; a backup that is put
 * back, and a file that head office knows more of, go on as another one, which names its parent.
 */
import { hash } from 'node:crypto';
import { NO_HASH, type Parent, parentSchema } from '#recipes/contracts/sync.ts';
import type { Db } from '../db/open.ts';
import { type Ports, randomHex } from '../runtime/ports.ts';

/** A life of the box. */
export type Life = {
  readonly incarnation: string;
  /** Where it began; null = at the first entry. */
  readonly parent: Parent | null;
};

/** The newest entry of a file, or the one asked for. */
export type Tip = {
  readonly seq: number;
  /** Hex; `NO_HASH` before the first entry. */
  readonly hash: string;
};

/** What is known of the life that this file is. */
export type IncarnationStore = {
  life(): Life;
  /** The life after this is another one. Only inside a transaction. */
  begin(life: Life): void;
  /** The hash of an entry; undefined = there is no such entry. 0 = before the first. */
  hashAt(seq: number): string | undefined;
  /** Arrival number of the newest event that an entry up to here belongs to; 0 = none. */
  eventsUpTo(seq: number): number;
};

/** Of the box's own connection; makes the incarnation of a file that has none. */
export function openIncarnationStore(db: Db, ports: Pick<Ports, 'randomBytes'>): IncarnationStore {
  const said = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const hashOf = db.prepare('SELECT lower(hex(hash)) FROM entry WHERE seq = ?').pluck();
  const events = db.prepare('SELECT max(event) FROM entry WHERE seq <= ?').pluck();
  if (said.get('incarnation') === undefined) {
    writeLife(db, { incarnation: unnamedLife(db) ?? newIncarnation(ports), parent: null });
  }
  return {
    life: () => ({
      incarnation: String(said.get('incarnation')),
      parent: parentOf(said.get('parent')),
    }),
    begin: (life) => writeLife(db, life),
    hashAt: (seq) => (seq === 0 ? NO_HASH : (hashOf.get(seq) as string | undefined)),
    eventsUpTo: (seq) => Number(events.get(seq) ?? 0),
  };
}

/** A name that no other life has, 32 hex digits. */
export function newIncarnation(ports: Pick<Ports, 'randomBytes'>): string {
  return randomHex(ports, 16);
}

/**
 * Says in a copy that is put back that it is another life, whose parent is the one it is a copy of.
 * A copy without any entry and without a name has no parent.
 */
export function goOnAs(db: Db, incarnation: string): Life {
  const said = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const before = (said.get('incarnation') as string | undefined) ?? unnamedLife(db);
  const parent: Parent | null =
    before === undefined
      ? null
      : { incarnation: before, ...tipOf(db), events: newestEvent(db), why: 'restored' };
  const life = { incarnation, parent };
  writeLife(db, life);
  return life;
}

function writeLife(db: Db, { incarnation, parent }: Life): void {
  const put = db.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  put.run('incarnation', incarnation);
  if (parent === null) db.prepare("DELETE FROM meta WHERE key = 'parent'").run();
  else put.run('parent', JSON.stringify(parent));
}

/**
 * The name of a life from before lives had names: made from its first entry, so that the box and its
 * old backups give it the same one.
 */
function unnamedLife(db: Db): string | undefined {
  const first = db.prepare('SELECT lower(hex(hash)) FROM entry WHERE seq = 1').pluck().get();
  return first === undefined ? undefined : hash('sha256', `life ${first}`, 'hex').slice(0, 32);
}

function tipOf(db: Db): Tip {
  const row = db
    .prepare('SELECT seq, lower(hex(hash)) AS hash FROM entry ORDER BY seq DESC LIMIT 1')
    .get() as Tip | undefined;
  return row ?? { seq: 0, hash: NO_HASH };
}

function newestEvent(db: Db): number {
  return Number(db.prepare('SELECT max(id) FROM event').pluck().get() ?? 0);
}

function parentOf(value: unknown): Parent | null {
  return typeof value === 'string' ? parentSchema.parse(JSON.parse(value)) : null;
}
