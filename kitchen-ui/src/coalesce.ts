/**
 * Gathers requests to read something again: one run at a time, at most one per `gapMs`, and what was
 * asked for during a run is read by the next. So a rush of sales costs a few reads per second, and
 * the last change is never missed.
 */
export function coalesce<K>(
  run: (keys: ReadonlySet<K>) => Promise<void>,
  wait: (ms: number) => Promise<void>,
  gapMs: number,
): (keys: Iterable<K>) => void {
  let pending = new Set<K>();
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    try {
      while (pending.size > 0) {
        const keys = pending;
        pending = new Set();
        await run(keys);
        await wait(gapMs);
      }
    } finally {
      busy = false;
    }
  }

  return (keys) => {
    for (const key of keys) pending.add(key);
    if (!busy && pending.size > 0) void work();
  };
}
