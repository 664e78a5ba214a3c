/**
 * What only a person can mend is told to the box: nobody reads a log in a kitchen. A batch may be refused
 * once by mistake; when the same entry is refused again, waiting does not help.
 */
import type { Trouble } from './trouble.ts';

/** Of head office: the store is not let in, or what it wrote is not taken. */
export type Refusal = { readonly what: 'store' | 'batch'; readonly said: string };

export type Refusals = {
  /**
   * @param at where the batch began; undefined = none was under way
   * @param smallest the batch could not be smaller
   * @returns what the box has to be told
   */
  after(
    error: Trouble,
    at: { incarnation: string; seq: number } | undefined,
    smallest: boolean,
  ): Refusal | undefined;
  /** A batch was taken. */
  took(): void;
  /** The box was told that a batch is refused, and none was taken since. */
  stuck(): boolean;
};

export function openRefusals(): Refusals {
  let last = '';
  let told = false;
  return {
    after(error, at, smallest) {
      const { who, why, message } = error;
      if (who !== 'head office') return undefined;
      if (why === 'forbidden') return { what: 'store', said: message };
      const refused = why === 'refused' || (why === 'too_large' && smallest);
      if (!refused || at === undefined) return undefined;
      const again = `${at.incarnation} ${at.seq}`;
      told ||= last === again;
      last = again;
      return told ? { what: 'batch', said: message } : undefined;
    },
    took() {
      last = '';
      told = false;
    },
    stuck: () => told,
  };
}
