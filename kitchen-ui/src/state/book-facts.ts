import { durationMs } from '#recipes/book/fields.ts';
import type { BookAnswer } from '../api-types.ts';

/** What the book says of a thing on the shelf beyond what the stock answer carries. */
export type ShelfFacts = {
  /** Of the book, as written: 0.87, "87%". Absent = 1. */
  readonly yield?: string | number;
  readonly opened?: string;
  readonly thawed?: string;
  readonly frozen?: string;
};

/** By item (a stocked recipe is one, too). Small enough to be kept on the tablet. */
export type BookFacts = Readonly<Record<string, ShelfFacts>>;

type Entry = { readonly id: string } & ShelfFacts;

/** The facts of the book in force. */
export function bookFacts(answer: BookAnswer): BookFacts {
  const { items = [], recipes = [] } = answer.book as {
    readonly items?: readonly Entry[];
    readonly recipes?: readonly (Entry & { readonly kept?: string })[];
  };
  const made = recipes.filter((one) => one.kept === 'stocked');
  return Object.fromEntries([...items, ...made].map((one) => [one.id, factsOf(one)]));
}

export type OpenHow = 'opened' | 'thawed' | 'frozen';

/**
 * What can be done to a pack, the likeliest first: what lies in a freezer is thawed; only what the book
 * gives a life in the freezer can be frozen. Opening is always possible.
 */
export function waysToOpen(facts: BookFacts | null, item: string): OpenHow[] {
  const one = facts?.[item];
  const thaw: OpenHow[] = one?.thawed === undefined ? [] : ['thawed'];
  const freeze: OpenHow[] = one?.frozen === undefined ? [] : ['frozen'];
  return [...thaw, 'opened', ...freeze];
}

/**
 * When a pack that is treated now expires, milliseconds; null when it never does. The box decides; this
 * is what can be said before it has answered, by the same rule.
 */
export function expiryAfter(
  facts: BookFacts | null,
  item: string,
  how: OpenHow,
  at: number,
  own: number | null,
): number | null {
  const one = facts?.[item] ?? {};
  const keeps =
    how === 'frozen' ? one.frozen : how === 'thawed' ? (one.thawed ?? one.opened) : one.opened;
  if (keeps === undefined) return own;
  const until = at + durationMs(keeps);
  return how === 'frozen' || own === null ? until : Math.min(own, until);
}

function factsOf({ yield: part, opened, thawed, frozen }: Entry): ShelfFacts {
  return {
    ...(part === undefined ? {} : { yield: part }),
    ...(opened === undefined ? {} : { opened }),
    ...(thawed === undefined ? {} : { thawed }),
    ...(frozen === undefined ? {} : { frozen }),
  };
}
