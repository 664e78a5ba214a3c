/**
 * A dish was sold whose made-ahead part nobody logged as made. It must have been made: the batch is
 * inferred, flagged, and taken back as soon as it turns out otherwise.
 *
 * The rule is a function of totals, so the order of arrival does not matter: with `inferred` the amount
 * that stands inferred, `max(0, -(on hand - inferred))` should stand. The difference is posted as an
 * entry of its own. A void of the sale, a batch logged late or a delivery make the target smaller, and
 * the inferred batch gives back exactly what it took, from the lots it took it from.
 */
import { AmountOverflow, type Micro, proportion } from '#recipes/amount.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Draft } from '../ledger/draft.ts';
import type { Inferred, InferredStore, InferredTake } from './inferred-store.ts';
import type { KitchenParts } from './kitchen-parts.ts';
import { openShelfSettler } from './settle-shelf.ts';
import type { SettledStore } from './settled-store.ts';

export type InferParts = KitchenParts & {
  readonly inferred: InferredStore;
  /** Whether the store wants it. */
  readonly wanted: () => boolean;
  readonly now: () => number;
};

/** A book has no cycles, so what is made of made things ends; this is far beyond any kitchen. */
const ROUNDS_MAX = 64;

/**
 * Brings the inferred batches of these items to what they should be. What that takes may be made ahead
 * itself, so it goes on until nothing changes. Runs its own transactions.
 * @param items numbers of items whose stock has changed
 * @returns how many entries were posted
 */
export function inferPrep(parts: InferParts, items: Iterable<number>): number {
  let posted = 0;
  let open = new Set(items);
  for (let round = 0; open.size > 0 && round < ROUNDS_MAX; round++) {
    const next = new Set<number>();
    for (const item of open) {
      for (const touched of inferWithinBounds(parts, item) ?? []) {
        posted += touched === item ? 1 : 0;
        if (touched !== item) next.add(touched);
      }
    }
    open = next;
  }
  return posted;
}

/** What no batch could ever be stays short, visibly: an odd sale must not stop the box. */
function inferWithinBounds(parts: InferParts, item: number): Set<number> | undefined {
  try {
    return inferOne(parts, item);
  } catch (error) {
    if (error instanceof AmountOverflow) return undefined;
    throw error;
  }
}

/** @returns the items whose stock it touched, or undefined when nothing was to be done */
function inferOne(parts: InferParts, item: number): Set<number> | undefined {
  const now = parts.now();
  const inForce = parts.knowledge.at(now);
  if (!inForce) return undefined;
  const code = parts.ledger.items.code(item);
  const isMade = inForce.kitchen.items.get(code)?.made === true;
  const known = parts.inferred.get(item);
  if (!isMade && !known) return undefined;
  const stands = known ?? { item, amount: 0, takes: [], since: now };
  const should = Math.max(0, stands.amount - parts.ledger.shelf.onHand(item));
  // Where nobody wants it, or the book no longer makes it, what stands may only become less.
  const target = isMade && parts.wanted() ? should : Math.min(should, stands.amount);
  if (target === stands.amount) return undefined;
  return parts.ledger.transact(() => {
    const draft = parts.ledger.draft();
    const wanted = wantedInputs(parts, isMade ? inForce.kitchen : undefined, stands, target);
    const takes = bringInputs(draft, stands.takes, wanted);
    bringOutput(draft, item, target - stands.amount);
    const { version } = inForce.version;
    const note = { recipe: code, inferred: target, before: stands.amount };
    parts.ledger.append(
      {
        kind: 'prep',
        event: null,
        command: null,
        sale: null,
        reverses: null,
        book: version,
        day: parts.dayOf(now),
        occurredAt: now,
        recordedAt: now,
        actor: null,
        note: JSON.stringify(note),
      },
      draft,
    );
    parts.inferred.set({ ...stands, amount: target, takes });
    return new Set([item, ...draft.moves.map((move) => move.item)]);
  });
}

/** What was made comes without a lot: nobody wrote a label. */
function bringOutput(draft: Draft, item: number, more: Micro): void {
  const lot = UNALLOCATED;
  const { production, stock } = PLACES;
  if (more > 0) draft.move({ line: -1, item, lot, from: production, to: stock, amount: more });
  else draft.move({ line: -1, item, lot, from: stock, to: production, amount: -more });
}

/**
 * What the inferred batch should have taken of each input by now: by its recipe, or, when there is none
 * any more, the same share of everything.
 */
function wantedInputs(
  parts: InferParts,
  kitchen: Kitchen | undefined,
  stands: Inferred,
  target: Micro,
): Map<number, Micro> {
  const wanted = new Map<number, Micro>(stands.takes.map(({ item }) => [item, 0]));
  if (target === 0) return wanted;
  if (!kitchen) {
    const had = sumsOf(stands.takes);
    for (const [item, amount] of had) wanted.set(item, proportion(amount, target, stands.amount));
    return wanted;
  }
  for (const take of kitchen.batch(parts.ledger.items.code(stands.item), target)) {
    const unit = kitchen.items.get(take.item)?.unit ?? 'g';
    wanted.set(parts.ledger.items.number(take.item, unit), take.amount);
  }
  return wanted;
}

function sumsOf(takes: readonly InferredTake[]): Map<number, Micro> {
  const sums = new Map<number, Micro>();
  for (const { item, amount } of takes) sums.set(item, (sums.get(item) ?? 0) + amount);
  return sums;
}

/** Takes or gives back the difference of each input. @returns what stands taken now */
function bringInputs(
  draft: Draft,
  stood: readonly InferredTake[],
  wanted: ReadonlyMap<number, Micro>,
): InferredTake[] {
  let takes = [...stood];
  for (const [item, amount] of wanted) {
    const had = takes.reduce((sum, take) => (take.item === item ? sum + take.amount : sum), 0);
    if (amount > had) takes = [...takes, ...takeMore(draft, item, amount - had)];
    else if (amount < had) takes = giveBack(draft, takes, item, had - amount);
  }
  return takes;
}

function takeMore(draft: Draft, item: number, amount: Micro): InferredTake[] {
  const before = draft.moves.length;
  draft.take(0, item, amount, PLACES.production);
  return draft.moves.slice(before).map((move) => ({ item, lot: move.lot, amount: move.amount }));
}

/** To the lots it came from, the last taken first. */
function giveBack(
  draft: Draft,
  takes: readonly InferredTake[],
  item: number,
  amount: Micro,
): InferredTake[] {
  let open = amount;
  const kept: InferredTake[] = [];
  for (const take of [...takes].reverse()) {
    const back = take.item === item ? Math.min(open, take.amount) : 0;
    if (back > 0) {
      const { lot } = take;
      const { production, stock } = PLACES;
      draft.move({ line: 0, item, lot, from: production, to: stock, amount: back });
      open -= back;
    }
    if (take.amount > back) kept.push({ ...take, amount: take.amount - back });
  }
  return kept.reverse();
}

export type PrepInference = {
  /** Looks at everything once: after a start. */
  all(): void;
  /** Looks at what has changed since; at everything, when a book or the setting has. */
  round(): void;
};

/** Collects what changes; infers and then settles on a tick, so that no sale waits for it. */
export function openPrepInference(
  parts: InferParts & { readonly settled: SettledStore },
): PrepInference {
  const settle = openShelfSettler(parts);
  const touched = new Set<number>();
  /** What inferring itself has moved: it needs no second look, but its lots may have to pay. */
  const moved = new Set<number>();
  let running = false;
  parts.ledger.onChange((items) => {
    for (const item of items) (running ? moved : touched).add(item);
  });
  function run(items: readonly number[]): void {
    running = true;
    try {
      inferPrep(parts, items);
      settle(new Set([...items, ...moved]));
    } finally {
      running = false;
      moved.clear();
    }
  }
  /** What decides beside the stock itself: the book in force, and whether the store wants it. */
  const rule = () => `${parts.knowledge.at(parts.now())?.version.version} ${parts.wanted()}`;
  let ruled = '';
  function all(): void {
    touched.clear();
    ruled = rule();
    run([...parts.ledger.items.codes()].flatMap((code) => parts.ledger.items.find(code) ?? []));
  }
  return {
    all,
    round() {
      if (rule() !== ruled) return all();
      if (touched.size === 0) return;
      const items = [...touched];
      touched.clear();
      run(items);
    },
  };
}
