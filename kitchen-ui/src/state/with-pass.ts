import type { Name } from '#recipes/words/words.ts';
import { Refused } from '../call.ts';
import type { Passes } from './passes.svelte.ts';

/**
 * Does what may need a manager, and asks for one when the box says so; null when nobody came. For
 * commands there is `passes.manage`. Rejects with `Refused` or `Unreachable`.
 */
export async function withPass<T>(
  passes: Pick<Passes, 'ask'>,
  text: Name,
  work: () => Promise<T>,
): Promise<T | null> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'pin_needed') throw error;
      if (!(await passes.ask(text))) return null;
    }
  }
}
