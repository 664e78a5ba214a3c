import type { TabletDb } from './db.ts';

/** An answer of the box as it was last given; `at` in the box's clock, milliseconds. */
export type Kept<T> = { readonly at: number; readonly value: T };

/** Last known answers, so that a reload without the box shows the last numbers with their age. */
export type Answers = {
  readonly get: <T>(name: string) => Promise<Kept<T> | null>;
  readonly put: (name: string, at: number, value: unknown) => Promise<void>;
};

/** Kept in the tablet's database. Without one nothing is kept, and nobody is stopped by that. */
export function keptAnswers(db: Promise<TabletDb>): Answers {
  return {
    get: async <T>(name: string) => {
      try {
        return ((await (await db).get('answers', name)) as Kept<T> | undefined) ?? null;
      } catch {
        return null;
      }
    },
    put: async (name, at, value) => {
      try {
        await (await db).put('answers', { at, value }, name);
      } catch {
        // The screen still has the answer; only a reload without the box will miss it.
      }
    },
  };
}
