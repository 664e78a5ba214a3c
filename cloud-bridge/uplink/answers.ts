/**
 * What comes back, read with care: between us and head office there may be a wireless portal that
 * answers everything with its own page. The schemas of the wire (zod) would cost memory here, and the
 * box checks with them what it takes.
 */
import type { Ack, Batch, SideHeads, SignedVersion, Takeover } from '#recipes/contracts/sync.ts';
import type { Answer } from './http-call.ts';
import { Trouble } from './trouble.ts';

type Who = Trouble['who'];
type Fields = Readonly<Record<string, unknown>>;

/** What the bridge itself needs of a batch; the rest it only carries. */
export type BatchHead = Pick<
  Batch,
  'incarnation' | 'from' | 'to' | 'prevHash' | 'headHash' | 'refold'
> & {
  readonly entries: number;
  /** The box's newest entry; undefined when the batch does not say. */
  readonly newest: number | undefined;
  /** Rows of the tables beside the ledger, and facts. */
  readonly beside: number;
};

/** The hash before the first entry, as in recipes/contracts/sync. */
export const NO_HASH = '0'.repeat(64);
/** Nothing of the tables beside the ledger. */
export const NO_SIDE: SideHeads = { items: 0, lots: 0, books: 0, events: 0 };
const HASH = /^[0-9a-f]{64}$/;

/** @throws Trouble `bad_answer` when it is no JSON object */
export function readFields(who: Who, answer: Answer): Fields {
  try {
    const value: unknown = JSON.parse(answer.body.toString('utf8'));
    if (isFields(value)) return value;
  } catch {
    // Said below, with what did come.
  }
  throw bad(who, `no JSON object but ${answer.body.toString('utf8', 0, 80)}`);
}

/** As `readFields`, of an answer whose status already says that something is wrong. */
export function readProblem(answer: Answer): Fields {
  try {
    const value: unknown = JSON.parse(answer.body.toString('utf8'));
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}

/** @throws Trouble `bad_answer` */
export function readBatchHead(batch: Fields): BatchHead {
  const { incarnation, from, to, entries, head, events, refold } = batch;
  if (typeof incarnation !== 'string' || !isCount(from) || !isCount(to) || !Array.isArray(entries))
    throw bad('box', 'the batch has no incarnation, from, to or entries');
  const newest = isFields(head) && isCount(head['seq']) ? head['seq'] : undefined;
  const rows = ['items', 'lots', 'books'].map((name) => batch[name]);
  const lists = rows.reduce<number>((n, list) => n + (Array.isArray(list) ? list.length : 0), 0);
  const moved =
    isFields(events) && isCount(events['after']) && isCount(events['to'])
      ? events['to'] - events['after']
      : 0;
  return {
    incarnation,
    from,
    to,
    prevHash: readHash('box', batch['prevHash']),
    headHash: readHash('box', batch['headHash']),
    refold: isFields(refold) ? (refold as Batch['refold']) : null,
    entries: entries.length,
    newest,
    beside: lists + moved,
  };
}

/**
 * Of an acknowledgement or a cursor. Whoever answers with `side` speaks the whole language; of anybody
 * else only the three fields of the public interface are believed.
 * @throws Trouble `bad_answer`
 */
export function readAck(fields: Fields): Ack {
  const { ackedSeq, ackedHash, catalogHead } = fields;
  if (!isCount(ackedSeq)) throw bad('head office', 'no ackedSeq');
  const core = {
    ackedSeq,
    ackedHash: ackedSeq === 0 ? NO_HASH : readHash('head office', ackedHash),
    catalogHead: isCount(catalogHead) ? catalogHead : 0,
  };
  const side = readSide(fields['side']);
  return side === undefined ? core : { ...(fields as Ack), ...core, side };
}

/** `[[seq, hash]]` */
export function readHashes(who: Who, fields: Fields): Map<number, string> {
  const { hashes } = fields;
  if (!Array.isArray(hashes)) throw bad(who, 'no list of hashes');
  const found = new Map<number, string>();
  for (const pair of hashes as unknown[]) {
    if (!Array.isArray(pair) || !isCount(pair[0])) throw bad(who, 'a hash without its number');
    found.set(pair[0], readHash(who, pair[1]));
  }
  return found;
}

/** @throws Trouble `bad_answer` */
export function readTakeover(fields: Fields): Takeover {
  const { incarnation, segment, facts } = fields;
  if (typeof incarnation !== 'string' || !isCount(segment) || typeof facts !== 'string')
    throw bad('head office', 'a takeover without incarnation, segment or facts');
  return fields as Takeover;
}

/** A page of the catalog in ascending order. @throws Trouble `bad_answer` */
export function readVersions(fields: Fields): SignedVersion[] {
  const { versions } = fields;
  if (!Array.isArray(versions)) throw bad('head office', 'no list of versions');
  for (const version of versions as unknown[]) {
    if (!isFields(version) || !isCount(version['version']))
      throw bad('head office', 'a version without its number');
  }
  return (versions as SignedVersion[]).toSorted((a, b) => a.version - b.version);
}

/** Whole and not below zero. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** @throws Trouble `bad_answer` */
export function readHash(who: Who, value: unknown): string {
  if (typeof value === 'string' && HASH.test(value)) return value;
  throw bad(who, 'a hash is missing');
}

/** How far head office is with the tables beside the ledger, if it says so. */
export function readSide(value: unknown): SideHeads | undefined {
  if (!isFields(value)) return undefined;
  const { items, lots, books, events } = value;
  if (!isCount(items) || !isCount(lots) || !isCount(books) || !isCount(events)) return undefined;
  return { items, lots, books, events };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bad(who: Who, what: string): Trouble {
  return new Trouble(who, 'bad_answer', what);
}
