/** How the tool ends: 0 good, 1 findings, 2 wrong use. */
import type { Words } from '#recipes/contracts/command.ts';

export const EXIT = { good: 0, findings: 1, wrongUse: 2 } as const;

/** The tool cannot do what was asked: a text for people and a code for machines. */
export class Stop extends Error {
  readonly code: string;
  readonly words: Words;
  readonly remedy: Words | undefined;
  readonly exit: number;

  constructor(code: string, words: Words, options: { remedy?: Words; exit?: number } = {}) {
    super(words.en);
    this.code = code;
    this.words = words;
    this.remedy = options.remedy;
    this.exit = options.exit ?? EXIT.findings;
  }
}

/** The request itself is wrong. */
export function wrongUse(en: string, zh: string, remedy?: Words): Stop {
  return new Stop('wrong_use', { en, zh }, { exit: EXIT.wrongUse, ...(remedy ? { remedy } : {}) });
}
