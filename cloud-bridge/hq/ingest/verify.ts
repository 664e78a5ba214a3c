/**
 * A batch as it should be: its shape, and the chain of hashes from `prevHash` to `headHash`. Nothing
 * of the database is needed for that, so it is done before a transaction is open.
 */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { BATCH_ENTRIES_MAX, type Batch, batchSchema } from '#recipes/contracts/sync.ts';
import { type EntryRecord, EntryTextError, readEntryText } from '#recipes/sync/read-entry-text.ts';
import type { HashedEntry } from './entry-store.ts';

/** A batch whose hashes hold; `entries` are those of `batch.from` to `batch.to`. */
export type VerifiedBatch = {
  readonly batch: Omit<Batch, 'entries'>;
  readonly entries: readonly HashedEntry[];
};

export type Verdict =
  | { readonly ok: true; readonly verified: VerifiedBatch }
  | {
      readonly ok: false;
      readonly code: 'bad_batch' | 'bad_chain';
      readonly why: string;
      readonly seq?: number;
    };

/** Without the entries: looking at each of two thousand texts twice costs more than the rest together. */
const headSchema = batchSchema.omit({ entries: true }).extend({
  entries: z.array(z.unknown()).max(BATCH_ENTRIES_MAX),
});

export function verifyBatch(value: unknown): Verdict {
  const parsed = headSchema.safeParse(value);
  if (!parsed.success) return bad('bad_batch', z.prettifyError(parsed.error));
  const { entries: given, ...batch } = parsed.data;
  if (batch.to - batch.from + 1 !== given.length) {
    return bad(
      'bad_batch',
      `from ${batch.from} to ${batch.to} are not the ${given.length} entries it has`,
    );
  }
  let previous = batch.prevHash;
  const entries: HashedEntry[] = [];
  for (const [i, one] of given.entries()) {
    const seq = batch.from + i;
    const text = textOf(one);
    if (text === undefined) return bad('bad_batch', `entry ${seq} has no text`, seq);
    const record = recordOf(text, seq);
    if (typeof record === 'string') return bad('bad_batch', `entry ${seq}: ${record}`, seq);
    previous = hash('sha256', previous + text, 'hex');
    entries.push({ record, hash: previous });
  }
  if (previous !== batch.headHash) {
    return bad(
      'bad_chain',
      `the hashes of entries ${batch.from} to ${batch.to} lead to ${previous}, not to headHash ${batch.headHash}`,
      batch.to,
    );
  }
  return { ok: true, verified: { batch, entries } };
}

function textOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (typeof entry !== 'object' || entry === null || !('text' in entry)) return undefined;
  return typeof entry.text === 'string' ? entry.text : undefined;
}

/** The record, or what is wrong with it. */
function recordOf(text: string, seq: number): EntryRecord | string {
  let record: EntryRecord;
  try {
    record = readEntryText(text);
  } catch (error) {
    if (error instanceof EntryTextError) return error.message;
    throw error;
  }
  if (record.seq !== seq) return `its text says ${record.seq}`;
  // PostgreSQL has no place for it, and nobody can type it.
  if (text.includes('\0')) return 'there is a NUL character in it';
  if (record.kind < 1 || record.kind > SMALL_MAX) return `kind ${record.kind} cannot be`;
  if (record.day < 1 || record.day > INT_MAX) return `day ${record.day} cannot be`;
  if (record.book !== null && record.book > INT_MAX) return `book ${record.book} cannot be`;
  return record;
}

const SMALL_MAX = 32_767;
const INT_MAX = 2_147_483_647;

function bad(code: 'bad_batch' | 'bad_chain', why: string, seq?: number): Verdict {
  return { ok: false, code, why, ...(seq === undefined ? {} : { seq }) };
}
