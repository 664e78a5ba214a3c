/** The day's waste as the slip at closing time says it: by reason, what trimming threw away, the sum. */
import { addMicro, decimalFromMicro, type Micro, microFromDecimal } from '#recipes/amount.ts';
import type { SlipQuantity, SlipStore, WasteSlipData } from '#recipes/slips/slip-data.ts';
import { COST_UNIT, moneyOf } from '../ledger/money.ts';
import {
  addCost,
  listOf,
  type ReportParts,
  spanOf,
  textOf,
  unitOf,
  wholeOf,
} from './report-parts.ts';
import { wasteReport } from './waste-report.ts';

/** Who prints, when, and in which money. */
export type WasteSlipHead = {
  readonly store: SlipStore;
  /** RFC 3339 */
  readonly printedAt: string;
  readonly currency: string;
};

/** @param day business day as a number */
export function wasteSlipData(parts: ReportParts, day: number, head: WasteSlipHead): WasteSlipData {
  const report = wasteReport(parts, { from: day, to: day });
  const trim = trimOf(parts, day);
  return {
    ...head,
    day: report.to,
    rows: report.byReason.map(({ reason, entries, cost }) => ({
      reason,
      entries,
      quantities: quantitiesOf(report.rows.filter((row) => row.reason === reason)),
      cost,
    })),
    trim,
    net: moneyOf(
      worthOf(report.totals.waste) + worthOf(trim?.cost) - worthOf(trim?.recovered.cost),
    ),
    // What was taken in money, and what counts found missing, is not known here.
    share: null,
    yesterday: null,
    lastWeek: null,
    unlogged: null,
  };
}

/** What trimming threw away and what it kept for another dish; null when nothing was trimmed. */
function trimOf(parts: ReportParts, day: number): WasteSlipData['trim'] {
  const bin: Piece[] = [];
  const kept: Piece[] = [];
  let cost: number | null = null;
  let saved: number | null = null;
  const entries = parts.store.entries(spanOf(parts, { from: day, to: day }), ['trim']);
  for (const { note } of entries) {
    const unit = unitOf(parts, textOf(note, 'item') ?? '');
    saved = addCost(saved, wholeOf(note, 'recovered'));
    for (const out of listOf(note, 'outs')) {
      const piece = { amount: decimalFromMicro(wholeOf(out, 'qty') ?? 0), unit };
      const to = textOf(out, 'to');
      if (to === 'bin') {
        cost = addCost(cost, wholeOf(out, 'cost'));
        bin.push(piece);
      } else if (to !== 'usable') kept.push(piece);
    }
  }
  if (entries.length === 0) return null;
  return {
    entries: entries.length,
    quantities: quantitiesOf(bin),
    cost: moneyOf(cost),
    recovered: { quantities: quantitiesOf(kept), cost: moneyOf(saved ?? 0) },
  };
}

type Piece = { readonly amount: string; readonly unit: string };

/** One sum for each unit. */
function quantitiesOf(pieces: readonly Piece[]): SlipQuantity[] {
  const sums = new Map<string, Micro>();
  for (const { amount, unit } of pieces) {
    sums.set(unit, addMicro(sums.get(unit) ?? 0, microFromDecimal(amount)));
  }
  return [...sums].map(([unit, sum]) => ({ qty: decimalFromMicro(sum), unit }));
}

/** Ten-thousandths; what is not known counts as nothing. */
function worthOf(money: string | null | undefined): number {
  return money ? Math.round(Number(money) * COST_UNIT) : 0;
}
