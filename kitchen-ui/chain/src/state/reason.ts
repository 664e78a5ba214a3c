import type { Lang } from '#recipes/words/words.ts';
import { Refused } from '../../../src/call.ts';
import { tell } from '../words.ts';

/** What went wrong, in the words of the reader. */
export function reasonOf(lang: Lang, error: unknown): string {
  if (error instanceof Refused) {
    return error.message || tell(lang, 'hq.answered', { status: error.status });
  }
  return tell(lang, 'hq.unreachable');
}
