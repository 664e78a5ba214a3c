/**
 * The shelf runs down as expected: offcuts first, then the earliest expiry, from one instant at which
 * something happens (a lot expires, an order arrives) to the next. Says what will be used, what expires
 * before, what comes too late, and when nothing is left.
 */
import type { Micro } from '../amount.ts';
import type { Cover } from './cover.ts';
import type { SuggestInput } from './suggest-input.ts';

export type Shelf = {
  readonly onHand: Micro;
  /** Of what is on hand and of the offcuts: what does not expire within the cover before it is used. */
  readonly usable: Micro;
  readonly replacing: Micro;
  /** On order, as far as it helps: in time and without what spoils. */
  readonly onOrder: Micro;
  /** Expected demand before the delivery that nothing can serve. */
  readonly lost: Micro;
  /** The item itself (no offcuts) on the shelf when the delivery comes. */
  readonly carried: Micro;
  /** When stock and on order run out; null = not within the cover. */
  readonly lastsUntil: number | null;
  /** The soonest expiry within the cover, of stock or offcuts, and what has it, when it matters. */
  readonly useFirst: { readonly amount: Micro; readonly expiresAt: number } | null;
};

/** @param cover of the same input */
export function runDown(input: SuggestInput, cover: Cover): Shelf {
  const { now, arrivesAt, coverUntil } = input;
  const piles = pilesOf(input);
  const late: Micro[] = [];
  let lost = 0;
  let unmet = 0;
  let carried: Micro | undefined;
  let lastsUntil: number | null = null;
  const instants = instantsOf(input, piles);
  for (const [i, at] of instants.entries()) {
    if (at >= arrivesAt) carried ??= total(piles, at, (pile) => pile.kind !== 'offcut');
    if (at > arrivesAt && piles.some(({ kind, from }) => kind === 'incoming' && from === at)) {
      late.push(total(piles, at, (pile) => pile.from < at));
    }
    const until = instants[i + 1];
    if (until === undefined) break;
    const open = use(piles, at, cover.needUntil(until) - cover.needUntil(at));
    if (open === 0) continue;
    if (until <= arrivesAt) lost += open;
    else unmet += open;
    lastsUntil ??= emptyAt(cover, at, until, open);
  }
  const at = coverUntil;
  const keeps = (kind: Pile['kind']) =>
    sum(piles, (pile) => (pile.kind === kind ? pile.used + leftAt(pile, at) : 0));
  const usable = keeps('lot');
  const replacing = keeps('offcut');
  const spare =
    unmet > 0
      ? -unmet
      : Math.min(
          total(piles, at, () => true),
          ...late,
        );
  const served = cover.needUntil(coverUntil) + spare;
  return {
    onHand: sum(input.lots, (lot) => Math.max(0, lot.amount)),
    usable,
    replacing,
    onOrder: served - lost - usable - replacing,
    lost,
    carried: carried ?? 0,
    lastsUntil,
    useFirst: useFirstOf(piles, now, coverUntil),
  };
}

type Pile = {
  readonly kind: 'lot' | 'offcut' | 'incoming';
  readonly amount: Micro;
  readonly from: number;
  readonly expiresAt: number;
  left: Micro;
  used: Micro;
};

/** In the order of use, whatever the order they were given in and however a lot is cut into pieces. */
function pilesOf({ lots, incoming, substitutes, now, coverUntil }: SuggestInput): Pile[] {
  const pile = (
    kind: Pile['kind'],
    amount: Micro,
    from: number,
    expiresAt: number | null,
  ): Pile => ({
    kind,
    amount,
    from,
    expiresAt: expiresAt ?? Infinity,
    left: Math.max(0, amount),
    used: 0,
  });
  const piles = [
    ...lots.map((lot) => pile('lot', lot.amount, now, lot.expiresAt)),
    ...substitutes.map((lot) => pile('offcut', lot.amount, now, lot.expiresAt)),
    ...incoming
      .filter(({ arrivesAt }) => arrivesAt < coverUntil)
      .map((lot) => pile('incoming', lot.amount, Math.max(now, lot.arrivesAt), lot.expiresAt)),
  ];
  const byExpiry = (a: Pile, b: Pile) =>
    a.expiresAt === b.expiresAt
      ? a.from - b.from || RANK[a.kind] - RANK[b.kind]
      : a.expiresAt < b.expiresAt
        ? -1
        : 1;
  const first = (p: Pile) => (p.kind === 'offcut' ? 0 : 1);
  return piles.sort((a, b) => first(a) - first(b) || byExpiry(a, b));
}

/** Of the same age: what stands on the shelf before what only comes through the door. */
const RANK = { offcut: 0, lot: 1, incoming: 2 };

function instantsOf(
  { now, arrivesAt, coverUntil }: SuggestInput,
  piles: readonly Pile[],
): number[] {
  const all = piles.flatMap(({ from, expiresAt }) => [from, expiresAt]);
  const within = [...all, arrivesAt].filter((at) => at > now && at < coverUntil);
  return [...new Set([now, ...within, coverUntil])].sort((a, b) => a - b);
}

/** Takes `need` from what is there from `at` on; answers what nothing could give. */
function use(piles: readonly Pile[], at: number, need: Micro): Micro {
  let open = need;
  for (const pile of piles) {
    if (open === 0) break;
    const taken = Math.min(open, leftAt(pile, at));
    pile.left -= taken;
    pile.used += taken;
    open -= taken;
  }
  return open;
}

/** What is there at the instant: arrived, not expired. */
function leftAt(pile: Pile, at: number): Micro {
  return pile.from <= at && at < pile.expiresAt ? pile.left : 0;
}

function total(piles: readonly Pile[], at: number, which: (pile: Pile) => boolean): Micro {
  return sum(piles, (pile) => (which(pile) ? leftAt(pile, at) : 0));
}

function sum<T>(of: readonly T[], value: (one: T) => number): number {
  return of.reduce((all, one) => all + value(one), 0);
}

/** The minute from which `open` of the demand between `from` and `until` is not served. */
function emptyAt(cover: Cover, from: number, until: number, open: Micro): number {
  const served = cover.needUntil(until) - open;
  if (served <= cover.needUntil(from)) return from;
  let low = from;
  let high = until;
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2);
    if (cover.needUntil(middle) < served) low = middle;
    else high = middle;
  }
  return high;
}

const MINUTE_MS = 60_000;

/** Worth saying when somebody could take the wrong one, or when some of it will be too much anyway. */
function useFirstOf(piles: readonly Pile[], now: number, until: number): Shelf['useFirst'] {
  const there = piles.filter(
    ({ kind, amount, expiresAt }) => kind !== 'incoming' && amount > 0 && expiresAt > now,
  );
  const expiresAt = Math.min(...there.map((pile) => pile.expiresAt));
  if (there.length === 0 || expiresAt > until) return null;
  const soonest = there.filter((pile) => pile.expiresAt === expiresAt);
  const matters = soonest.length < there.length || soonest.some((pile) => pile.left > 0);
  return matters ? { expiresAt, amount: sum(soonest, (pile) => pile.amount) } : null;
}
