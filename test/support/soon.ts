import { expect } from 'vitest';

/** Waits for what must become true, with the patience of vitest.config.ts: a busy machine does not use it up. */
export const soon = <T>(read: () => T | Promise<T>) => expect.poll(read);
