/** How many entries the next batch has: more while all goes well, half after a failure. */

export type BatchSize = {
  limit(): number;
  /** What was read for it: bytes of a batch before packing. */
  read(bytes: number, entries: number): void;
  /** Head office took so many. */
  took(entries: number): void;
  failed(): void;
};

const FIRST = 200;
const MOST = 1_000;
/** A sale of many dishes with many ingredients is long, and the bridge has little memory. */
const BYTES_AIM = 768 * 1024;

export function openBatchSize(): BatchSize {
  let limit = FIRST;
  /** As many as fit, by the batch before. */
  let fit = MOST;
  return {
    limit: () => limit,
    read(bytes, entries) {
      // A few entries say nothing: what stands around them is longer than they are.
      if (entries < 20) fit = bytes > BYTES_AIM ? Math.max(1, entries >> 1) : fit;
      else fit = Math.max(1, Math.min(MOST, Math.floor((BYTES_AIM * entries) / bytes)));
      limit = Math.min(limit, fit);
    },
    took(entries) {
      // Only what was full says that more would have gone through.
      if (entries >= limit) limit = Math.min(MOST, fit, limit * 2);
    },
    failed() {
      limit = Math.max(1, limit >> 1);
    },
  };
}
