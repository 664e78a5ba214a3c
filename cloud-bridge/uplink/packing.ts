/** A batch on the wire: a quarter of its size, in a form that head office reads. */
import { gzipSync, zstdCompressSync } from 'node:zlib';

export const ENCODINGS = ['zstd', 'gzip', 'identity'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export type Packing = {
  /** What the next batch is packed with. */
  encoding(): Encoding;
  pack(body: Buffer): Buffer;
  /** Head office has read one: only a clear word of its own changes the form again. */
  accepted(): void;
  /**
   * Head office could not read the last one.
   * @param clear it said so (415), and did not just fail
   * @returns whether another form is worth trying at once
   */
  refused(clear: boolean): boolean;
};

export function openPacking(): Packing {
  let at = 0;
  let known = false;
  const encoding = (): Encoding => ENCODINGS[at] ?? 'identity';
  return {
    encoding,
    // A few milliseconds of a process that has nothing else to do; a thread would cost memory.
    pack(body) {
      if (encoding() === 'zstd') return zstdCompressSync(body);
      return encoding() === 'gzip' ? gzipSync(body, { level: 1 }) : body;
    },
    accepted() {
      known = true;
    },
    refused(clear) {
      if (known && !clear) return false;
      known = false;
      at = (at + 1) % ENCODINGS.length;
      // After the last form the first one has its turn again, but not at once.
      return at !== 0;
    },
  };
}
