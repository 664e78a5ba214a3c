/**
 * What was wasted, by item, reason, station, part of the day and person; beside it what was given away
 * or eaten by the staff, and what trimming threw away and recovered. Entries that were undone are not in
 * it; what a void at the till turned into waste is, under the reason `voided`.
 */
import { decimalFromMicro, proportion } from '#recipes/amount.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { dayText } from '#recipes/time/business-day.ts';
import { dayPart, localHour } from '#recipes/time/day-part.ts';
import { isAvoidable } from '#recipes/waste/avoidable.ts';
import { moneyOf } from '../ledger/money.ts';
import {
  addCost,
  type Days,
  listOf,
  nameOf,
  type ReportParts,
  shareOf,
  spanOf,
  textOf,
  unitOf,
  wholeOf,
} from './report-parts.ts';
import type { DaySpan, ReportEntry, TillMove } from './report-store.ts';
import { Sums } from './sums.ts';

/** One amount of one item that left without being sold. */
type Loss = {
  readonly use: 'waste' | 'staff' | 'comp';
  readonly item: string;
  readonly reason: string;
  readonly station: string | null;
  readonly part: string;
  readonly actor: string | null;
  readonly day: number;
  readonly amount: number;
  readonly cost: number | null;
};

export type WasteReport = ReturnType<typeof wasteReport>;

/** @param days business days, both included */
export function wasteReport(parts: ReportParts, days: Days) {
  const span = spanOf(parts, days);
  const losses = lossesOf(parts, span);
  const wasted = losses.filter(({ use }) => use === 'waste');
  const used = losses.filter(({ use }) => use !== 'waste');
  const cost = costOf(wasted);
  const avoidable = costOf(wasted.filter(({ reason }) => isAvoidable(reason)));
  return {
    from: dayText(days.from),
    to: dayText(days.to),
    totals: {
      waste: moneyOf(cost),
      avoidable: moneyOf(avoidable ?? (cost === null ? null : 0)),
      avoidableShare: shareOf(avoidable ?? 0, cost ?? 0),
      staff: moneyOf(costOf(used.filter(({ use }) => use === 'staff'))),
      comp: moneyOf(costOf(used.filter(({ use }) => use === 'comp'))),
      ...trimTotals(parts, span),
    },
    rows: rowsOf(parts, wasted, ({ item, reason, station, part, actor }) => ({
      item,
      reason,
      avoidable: isAvoidable(reason),
      station,
      part,
      actor,
    })),
    byReason: groups(wasted, ({ reason }) => ({ reason, avoidable: isAvoidable(reason) })),
    byDay: groups(wasted, ({ day }) => ({ day: dayText(day) })).sort((a, b) =>
      a.day < b.day ? -1 : 1,
    ),
    uses: rowsOf(parts, used, ({ item, use, reason, part, actor }) => ({
      item,
      use,
      why: reason,
      part,
      actor,
    })),
  };
}

function lossesOf(parts: ReportParts, span: DaySpan): Loss[] {
  const hour = localHour(parts.timezone);
  const partOf = (at: number) => dayPart(hour(at));
  return [
    ...parts.store.entries(span, ['waste', 'consume']).flatMap((entry) => said(entry, partOf)),
    ...parts.store.tillMoves(span).flatMap((move) => tilled(parts, move, partOf)),
  ];
}

function said(entry: ReportEntry, partOf: (at: number) => string): Loss[] {
  const { note, kind, actor, day, occurredAt } = entry;
  const why = textOf(note, 'why') ?? '';
  const use = kind === 'waste' ? 'waste' : HOUSE.has(why) ? 'staff' : 'comp';
  return listOf(note, 'lines').map((line) => ({
    use,
    item: textOf(line, 'item') ?? '',
    reason: use === 'waste' ? (textOf(note, 'reason') ?? 'other') : why,
    station: textOf(note, 'station'),
    part: partOf(occurredAt),
    actor,
    day,
    amount: wholeOf(line, 'amount') ?? 0,
    cost: wholeOf(line, 'cost'),
  }));
}

/** Eaten by the house itself; samples and gifts are given away. */
const HOUSE: ReadonlySet<string> = new Set(['staff', 'tasting']);

function tilled(parts: ReportParts, move: TillMove, partOf: (at: number) => string): Loss[] {
  const { day, occurredAt, item, lotAmount, lotCost } = move;
  const known = lotAmount !== null && lotCost !== null;
  return ([PLACES.waste, PLACES.comp] as const).flatMap((place) => {
    const amount = move.to === place ? move.amount : move.from === place ? -move.amount : 0;
    if (amount === 0) return [];
    const waste = place === PLACES.waste;
    return [
      {
        use: waste ? ('waste' as const) : ('comp' as const),
        item: parts.items.code(item),
        reason: waste ? 'voided' : 'served_free',
        station: null,
        part: partOf(occurredAt),
        actor: null,
        day,
        amount,
        cost: known ? proportion(lotCost, amount, lotAmount) : null,
      },
    ];
  });
}

/** What trimming threw away beyond what the yields contain, and what it saved. */
function trimTotals({ store }: ReportParts, span: DaySpan) {
  let bin: number | null = null;
  let recovered: number | null = null;
  for (const { note } of store.entries(span, ['trim'])) {
    recovered = addCost(recovered, wholeOf(note, 'recovered'));
    for (const out of listOf(note, 'outs')) {
      if (textOf(out, 'to') === 'bin') bin = addCost(bin, wholeOf(out, 'cost'));
    }
  }
  return { trimBin: moneyOf(bin), trimRecovered: moneyOf(recovered) };
}

function costOf(losses: readonly Loss[]): number | null {
  return losses.reduce<number | null>((sum, { cost }) => addCost(sum, cost), null);
}

/** The dearest first. */
function rowsOf<K extends { readonly item: string }>(
  parts: ReportParts,
  losses: readonly Loss[],
  keyOf: (loss: Loss) => K,
) {
  return sums(losses, keyOf).map(({ key, amount, cost, entries }) => ({
    ...key,
    name: nameOf(parts, key.item),
    amount: decimalFromMicro(amount),
    unit: unitOf(parts, key.item),
    cost: moneyOf(cost),
    entries,
  }));
}

function groups<K extends object>(losses: readonly Loss[], keyOf: (loss: Loss) => K) {
  return sums(losses, keyOf).map(({ key, cost, entries }) => ({
    ...key,
    cost: moneyOf(cost),
    entries,
  }));
}

type Sum = { amount: number; cost: number | null; entries: number };

function sums<K extends object>(losses: readonly Loss[], keyOf: (loss: Loss) => K) {
  const all = new Sums<K, Sum>(() => ({ amount: 0, cost: null, entries: 0 }));
  for (const loss of losses) {
    const sum = all.of(keyOf(loss));
    sum.amount += loss.amount;
    sum.cost = addCost(sum.cost, loss.cost);
    sum.entries++;
  }
  return all
    .list()
    .filter(({ amount, cost }) => amount !== 0 || (cost ?? 0) !== 0)
    .sort((a, b) => (b.cost ?? -1) - (a.cost ?? -1) || b.amount - a.amount);
}
