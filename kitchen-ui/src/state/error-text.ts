import { nameIn } from '#recipes/words/words.ts';
import type { CommandResult } from '../api-types.ts';
import { Refused } from '../call.ts';
import type { Session } from './session.svelte.ts';

/** What went wrong, in the words of the reader. */
export function errorText(session: Session, error: unknown): string {
  if (error instanceof Refused) {
    return error.message || session.say('error.answer', { status: error.status });
  }
  return session.say('error.unreachable');
}

/** Null when the command is in effect (a repeated one is), else why it is not. */
export function refusalText(session: Session, result: CommandResult): string | null {
  if (result.status === 'applied' || result.status === 'duplicate') return null;
  return nameIn(session.lang, result.message, result.code ?? result.status);
}
