/**
 * What past events really did, by reason: learned apart from the level, which they are kept out of, and
 * offered for the next event of the same reason. A day counts once, whatever the number of items: what
 * was used of the items that cost the most, next to what was expected of them without the event.
 */
import { announcedDays, eventEffects, type PastEvent } from '#recipes/forecast/event-effect.ts';
import type { DemandHistory } from '#recipes/forecast/types.ts';
import { daysFrom } from './days.ts';
import type { Histories } from './histories.ts';
import type { DayNote } from './note-store.ts';

/** Items that are looked at: enough to see a busy day, few enough to do it every day. */
const ITEMS = 20;

export type LearnParts = {
  readonly histories: Histories;
  readonly notes: readonly DayNote[];
  /** What a millionth of an item's base unit costs; 0 = not known. */
  readonly cost: (item: string) => number;
  readonly history: (item: string) => DemandHistory | undefined;
  readonly pause: () => Promise<void>;
};

/** @returns factor by reason */
export async function learnEvents(parts: LearnParts): Promise<Map<string, number>> {
  const { histories, notes } = parts;
  const reasons = reasonByDay(notes);
  const days = histories.days.flatMap((day, i) => (reasons.has(day) ? [[day, i] as const] : []));
  if (days.length === 0) return new Map();
  const sums = new Map<number, { announced: number; actual: number; baseline: number }>();
  for (const { item, weight } of costliest(parts)) {
    await parts.pause();
    const history = parts.history(item);
    const first = histories.items.get(item)?.first ?? 0;
    if (!history || !days.some(([, i]) => i >= first)) continue;
    for (const { day, announced, actual, baseline } of announcedDays(history)) {
      const sum = sums.get(day + first) ?? { announced, actual: 0, baseline: 0 };
      sums.set(day + first, sum);
      sum.actual += weight * actual;
      sum.baseline += weight * baseline;
    }
  }
  const past = days.flatMap(([day, i]): PastEvent[] => {
    const [sum, reason] = [sums.get(i), reasons.get(day)];
    return sum && reason !== undefined ? [{ reason, ...sum }] : [];
  });
  return new Map([...eventEffects(past)].map(([reason, { factor }]) => [reason, factor]));
}

/** Days with one event: of two at once nobody can say which did what. */
function reasonByDay(notes: readonly DayNote[]): Map<number, string> {
  const reasons = new Map<number, string>();
  const several = new Set<number>();
  for (const { kind, reason, from, to } of notes) {
    if (kind !== 'event') continue;
    for (const day of daysFrom(from, to)) {
      if (reasons.has(day)) several.add(day);
      if (reason !== null) reasons.set(day, reason);
    }
  }
  for (const day of several) reasons.delete(day);
  return reasons;
}

/** Of items without any price each counts as one: their weight is one over their use. */
function costliest({ histories, cost }: LearnParts): { item: string; weight: number }[] {
  const list = [...histories.items].map(([item, { used }]) => {
    const total = used.reduce((sum, amount) => sum + amount, 0);
    const price = cost(item);
    return { item, weight: price, worth: price * total, total };
  });
  const priced = list.filter(({ worth }) => worth > 0).sort((a, b) => b.worth - a.worth);
  if (priced.length > 0) return priced.slice(0, ITEMS);
  return list
    .filter(({ total }) => total > 0)
    .slice(0, ITEMS)
    .map(({ item, total }) => ({ item, weight: 1 / total }));
}

/** What people said of events of each reason: the mean on the scale of logarithms. */
export function saidFactors(notes: readonly DayNote[]): Map<string, number> {
  const logs = new Map<string, number[]>();
  for (const { kind, reason, value } of notes) {
    if (kind !== 'event' || reason === null || value === null) continue;
    logs.set(reason, [...(logs.get(reason) ?? []), Math.log(Number(value))]);
  }
  return new Map(
    [...logs].map(([reason, list]) => [
      reason,
      Math.exp(list.reduce((sum, log) => sum + log, 0) / list.length),
    ]),
  );
}
