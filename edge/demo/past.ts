/** What the sample restaurant used in the weeks before, imported like any shop's spreadsheet: no move is made up. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { pastDay, seededRng } from '#recipes/samples/red-braise-past.ts';
import { dayText } from '#recipes/time/business-day.ts';
import type { SampleCommand } from '../setup/sample.ts';
import { dayBefore, daysFrom, weekdayOf } from '../usage/days.ts';

const DAYS = 56;
const SEED = 20_261_122;

/** @param today the business day that has begun */
export function pastCommand(kitchen: Kitchen, today: number): SampleCommand {
  const rng = seededRng(SEED);
  const items = new Map<string, Record<string, string>>();
  for (const day of daysFrom(dayBefore(today, DAYS), dayBefore(today, 1))) {
    for (const [item, amount] of pastDay(kitchen, rng, weekdayOf(day))) {
      const days = items.get(item) ?? {};
      days[dayText(day)] = decimalFromMicro(Math.round(amount / WHOLE) * WHOLE);
      items.set(item, days);
    }
  }
  const list = [...items].map(([item, days]) => ({ item, days }));
  const note = 'the sample restaurant before Larder';
  return { id: 'demo:past', kind: 'usage.import', data: { items: list, note } };
}

/** A spreadsheet knows whole grams. */
const WHOLE = 1_000_000;
