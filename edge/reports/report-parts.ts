/** What the reports are made from, and how they read the facts that the kitchen's entries carry. */
import type { Name } from '#recipes/book/fields.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { nextDay, startOfDay } from '#recipes/time/business-day.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { DaySpan, ReportStore } from './report-store.ts';

export type ReportParts = {
  readonly store: ReportStore;
  readonly items: LedgerReader['items'];
  readonly kitchen: () => Kitchen | undefined;
  readonly dayOf: (at: number) => number;
  readonly timezone: string;
};

/** Business days as numbers, both included. */
export type Days = { readonly from: number; readonly to: number };

/** A till may give a sale to a day beside that of its time, so a day is added on either side. */
export function spanOf({ dayOf }: Pick<ReportParts, 'dayOf'>, { from, to }: Days): DaySpan {
  const fromAt = startOfDay(dayOf, from) - SLACK_MS;
  return { from, to, fromAt, toAt: startOfDay(dayOf, nextDay(to)) + SLACK_MS };
}

const SLACK_MS = 2 * 86_400_000;

export type Facts = Readonly<Record<string, unknown>>;

/** A text of a note, or null. */
export function textOf(facts: Facts, key: string): string | null {
  const value = facts[key];
  return typeof value === 'string' ? value : null;
}

/** A whole number: millionths, or ten-thousandths of the currency. */
export function wholeOf(facts: Facts, key: string): number | null {
  const value = facts[key];
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

/** A list of a note; empty when there is none. */
export function listOf(facts: Facts, key: string): readonly Facts[] {
  const value = facts[key];
  return Array.isArray(value) ? (value as Facts[]) : [];
}

/** The name of an item or a recipe by the book in force; {} when it left the book. */
export function nameOf(parts: Pick<ReportParts, 'kitchen'>, id: string): Name {
  const kitchen = parts.kitchen();
  return kitchen?.items.get(id)?.name ?? kitchen?.recipes.get(id)?.name ?? {};
}

/** The base unit of an item; '' for one that is not known. */
export function unitOf(parts: Pick<ReportParts, 'kitchen' | 'items'>, id: string): string {
  const number = parts.items.find(id);
  const known = parts.kitchen()?.items.get(id)?.unit;
  return known ?? (number === undefined ? '' : parts.items.unit(number));
}

/** The sum of what is known; null when nothing is. */
export function addCost(sum: number | null, cost: number | null): number | null {
  return cost === null ? sum : (sum ?? 0) + cost;
}

/** A share with three decimals; null of nothing. */
export function shareOf(part: number, whole: number): string | null {
  return whole === 0 ? null : (part / whole).toFixed(3);
}
