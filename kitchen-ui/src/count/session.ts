import { inBase, sum, tidy } from '../goods/units.ts';

/** What was typed for an item: whole cases and what lies loose; '' = nothing typed. */
export type Counted = {
  readonly cases: string;
  readonly loose: string;
  readonly looseUnit: string;
};

/** What this tablet knows of an item of its shelf. Not in `answers`: nobody has come to it yet. */
export type Answer =
  | {
      readonly kind: 'counted';
      readonly said: Counted;
      /** Cases and loose together, base units, decimal. */
      readonly total: string;
      /** Moment it was looked at, milliseconds of this tablet. */
      readonly at: number;
    }
  | { readonly kind: 'skipped' };

/** One walk along a shelf, or along the day's list. It is kept on the tablet: a pause loses nothing. */
export type Session = {
  /** Id of the count at the box; tablets that count the same shelf on a day share it. */
  readonly count: string;
  /** The shelf; null = the day's list, where each item has its own. */
  readonly place: string | null;
  /** In the order of the shelf. */
  readonly items: readonly string[];
  /** Where the walk stands; `items.length` = at its end. */
  readonly index: number;
  readonly answers: Readonly<Record<string, Answer>>;
  readonly startedAt: number;
};

export type Progress = {
  readonly total: number;
  readonly counted: number;
  readonly skipped: number;
  /** Neither counted nor skipped. */
  readonly left: number;
};

/** Walks that were begun here, by shelf. */
export type Sessions = Readonly<Record<string, Session>>;

/** Under which name a walk is kept: one for each shelf, one for the day's list. */
export function sessionKey(place: string | null): string {
  return place === null ? 'today' : `at ${place}`;
}

/**
 * The id of the count of a shelf on a business day: every tablet comes to the same one without asking.
 * `taken`: ids that were posted already; the next round of the day gets a number.
 */
export function countId(day: string, place: string | null, taken: ReadonlySet<string>): string {
  const shelf = place === null ? 'today' : plainId(place);
  const first = `count-${day}-${shelf}`.slice(0, 120);
  if (!taken.has(first)) return first;
  for (let round = 2; ; round++) if (!taken.has(`${first}.${round}`)) return `${first}.${round}`;
}

export function begin(
  count: string,
  place: string | null,
  items: readonly string[],
  startedAt: number,
): Session {
  return { count, place, items: [...items], index: 0, answers: {}, startedAt };
}

/** The item in front; null at the end of the walk. */
export function inFront(session: Session): string | null {
  return session.items[session.index] ?? null;
}

export function answered(session: Session, item: string, answer: Answer): Session {
  return { ...session, answers: { ...session.answers, [item]: answer } };
}

export function moved(session: Session, by: number): Session {
  const index = Math.min(session.items.length, Math.max(0, session.index + by));
  return { ...session, index };
}

/** Goes to an item of the walk. */
export function movedTo(session: Session, item: string): Session {
  const index = session.items.indexOf(item);
  return index < 0 ? session : { ...session, index };
}

export function progressOf(session: Session): Progress {
  const answers = session.items.map((item) => session.answers[item]?.kind);
  const counted = answers.filter((kind) => kind === 'counted').length;
  const skipped = answers.filter((kind) => kind === 'skipped').length;
  const total = session.items.length;
  return { total, counted, skipped, left: total - counted - skipped };
}

/** What was not counted: skipped, or never reached. It stays as the book has it. */
export function untouched(session: Session): string[] {
  return session.items.filter((item) => session.answers[item]?.kind !== 'counted');
}

/** Base units of what was typed; null while nothing is typed or it is no number. */
export function totalOf(said: Counted, perCase: string | null, perLoose: string): string | null {
  if (said.cases === '' && said.loose === '') return null;
  if (said.cases !== '' && perCase === null) return null;
  const whole = said.cases === '' ? '0' : inBase(tidy(said.cases), perCase ?? '1');
  const loose = said.loose === '' ? '0' : inBase(tidy(said.loose), perLoose);
  return whole === null || loose === null ? null : sum([whole, loose]);
}

/** Letters of an id are those of ASCII: the others are written by their number. */
function plainId(place: string): string {
  return place.replaceAll(
    /[^A-Za-z0-9_.-]/gu,
    (letter) => `u${letter.codePointAt(0)?.toString(16) ?? ''}`,
  );
}
