/** A backup on its way in: to a file beside the database as it comes, never whole in memory. */
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { dropDraft } from './restore.ts';

/** More than any restaurant writes in years. */
const BYTES_MAX = 8 * 1024 ** 3;

/** @returns false when it was longer than a backup can be. @throws when it breaks off or the disk is full */
export async function writeUpload(
  body: ReadableStream<Uint8Array> | null,
  draft: string,
): Promise<boolean> {
  dropDraft(draft);
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Uint8Array, _encoding, next) {
      bytes += chunk.byteLength;
      if (bytes > BYTES_MAX) next(new TooLong());
      else next(null, chunk);
    },
  });
  const source = Readable.fromWeb((body ?? new Blob([]).stream()) as NodeReadableStream);
  try {
    await pipeline(source, count, createWriteStream(draft, { mode: 0o600 }));
    return true;
  } catch (error) {
    dropDraft(draft);
    if (error instanceof TooLong) return false;
    throw error;
  }
}

class TooLong extends Error {
  override readonly name = 'TooLong';
}
