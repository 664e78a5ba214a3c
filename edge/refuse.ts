/** A refusal of a command: a code for machines, words in both languages for the person. */
import type { Refusal } from './commands/execute.ts';

export function refuse(code: string, en: string, zh: string): Refusal {
  return { ok: false, code, message: { en, zh } };
}
