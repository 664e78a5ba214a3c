/**
 * What the observations of a count add up to.
 *
 * A key is one place of one lot of an item (either may be unnamed). Of each key the LATEST observation
 * counts, by its moment, then by the order in which it was recorded; the earlier ones are kept beside
 * it. An item was counted as the sum of its keys, at the latest of their moments: what moved between
 * two keys of one item is compared with that moment. When every key of an item names a lot, each lot
 * is counted by itself, and lots that nobody looked at stay as they are.
 */
import { addMicro, type Micro } from '../amount.ts';
import { must } from '../assert.ts';

export type Observation = {
  /** Sequence of its entry: the order in which observations were recorded. */
  readonly entry: number;
  readonly item: number;
  /** Number of the lot; null = no lot was named. */
  readonly lot: number | null;
  readonly place: string | null;
  /** Millionths, 0 or more; 0 = somebody looked and there was none. */
  readonly qty: Micro;
  /** When it was counted, epoch milliseconds. */
  readonly at: number;
  readonly actor: string | null;
};

/** One key of a count: the observation that counts, and those it overrules. */
export type CountedKey = {
  readonly latest: Observation;
  /** Earlier ones of the same key, newest first. */
  readonly kept: readonly Observation[];
  /** Latest less what another person saw there last; undefined when nobody differs. */
  readonly disagreement?: Micro;
};

/** The lot of a target that is the whole item. */
export const WHOLE_ITEM = 0;

/** What a count says of an item, or of one of its lots: at that moment this much was there. */
export type CountTarget = {
  readonly item: number;
  /** Number of the lot, or `WHOLE_ITEM`. */
  readonly lot: number;
  readonly qty: Micro;
  readonly at: number;
  /** The observation that decides the moment. */
  readonly decides: number;
};

/** Every key of the observations of one count, in the order in which the keys were first counted. */
export function countedKeys(observations: readonly Observation[]): CountedKey[] {
  const byKey = new Map<string, Observation[]>();
  for (const one of observations) {
    const key = `${one.item}|${one.lot ?? ''}|${one.place ?? ''}`;
    const list = byKey.get(key) ?? [];
    list.push(one);
    byKey.set(key, list);
  }
  return [...byKey.values()].map((list) => {
    const sorted = list.sort(newestFirst);
    const latest = must(sorted[0], 'a key has an observation');
    const kept = sorted.slice(1);
    const other = kept.find(({ actor }) => actor !== latest.actor);
    const differs = other === undefined ? 0 : latest.qty - other.qty;
    return { latest, kept, ...(differs === 0 ? {} : { disagreement: differs }) };
  });
}

/** What the observations of one count say, per item or per lot. @throws AmountOverflow */
export function countTargets(keys: readonly CountedKey[]): CountTarget[] {
  const whole = new Set<number>();
  for (const { latest } of keys) if (latest.lot === null) whole.add(latest.item);
  const targets = new Map<string, CountTarget>();
  for (const { latest } of keys) {
    const { item } = latest;
    const lot = whole.has(item) ? WHOLE_ITEM : (latest.lot ?? WHOLE_ITEM);
    const known = targets.get(`${item}|${lot}`);
    const decides = known === undefined || isNewer(latest, known);
    targets.set(`${item}|${lot}`, {
      item,
      lot,
      qty: addMicro(known?.qty ?? 0, latest.qty),
      at: decides ? latest.at : known.at,
      decides: decides ? latest.entry : known.decides,
    });
  }
  return [...targets.values()];
}

function isNewer(one: Observation, target: CountTarget): boolean {
  return one.at > target.at || (one.at === target.at && one.entry > target.decides);
}

function newestFirst(a: Observation, b: Observation): number {
  return b.at - a.at || b.entry - a.entry;
}
