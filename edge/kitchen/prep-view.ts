/** Today's list of what is made ahead: how much is there, how much to make and why, what it takes. */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { Name } from '#recipes/book/fields.ts';
import type { Words } from '#recipes/contracts/command.ts';
import type { Kitchen, StockItem } from '#recipes/kitchen.ts';
import type { RecipeInfo } from '#recipes/kitchen-types.ts';
import { type PrepNeed, prepHorizon, prepNeed } from '#recipes/prep/plan.ts';
import type { LotState } from '#recipes/stock/allocate.ts';
import { nextDay, startOfDay } from '#recipes/time/business-day.ts';
import { readableText } from '#recipes/words/readable.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { EntryViewStore } from './entry-view-store.ts';

export type PrepParts = {
  readonly store: Pick<EntryViewStore, 'standing'>;
  readonly ledger: LedgerReader;
  readonly kitchen: () => Kitchen | undefined;
  readonly dayOf: (at: number) => number;
  readonly now: () => number;
};

export type PrepBatch = {
  readonly recipe: string;
  readonly name: Name;
  readonly item: string;
  readonly onHand: string;
  /** When the first of it expires. */
  readonly expiresAt: string | null;
  /** Decimal text in `unit`; "0" when nothing is needed. */
  readonly suggested: string;
  readonly suggestedText: Words;
  readonly unit: string;
  /** What one run gives, and how many runs are suggested. */
  readonly makes: string;
  readonly run: number;
  readonly why: Words;
  /** What was made of it today. */
  readonly done: { readonly qty: string; readonly at: string } | null;
  /** What the suggestion (or, without one, one run) needs and is not there. */
  readonly short: readonly { readonly item: string; readonly missing: string }[];
  readonly inputs: readonly {
    readonly item: string;
    readonly name: Name;
    readonly qty: string;
    readonly unit: string;
  }[];
  readonly allergens: readonly string[];
  readonly shelfLifeMs: number | null;
};

type Day = {
  readonly now: number;
  readonly closes: { readonly today: number; readonly tomorrow: number };
  readonly done: ReadonlyMap<string, { qty: number; at: number }>;
};

/** What is needed comes first, then what is done, in the order of the book. */
export function prepView(parts: PrepParts): PrepBatch[] {
  const kitchen = parts.kitchen();
  if (!kitchen) return [];
  const day = today(parts);
  const batches = [...kitchen.items.values()].flatMap((item) => {
    const recipe = item.made ? kitchen.recipes.get(item.id) : undefined;
    return recipe ? [batchOf(parts, kitchen, day, item, recipe)] : [];
  });
  return batches.sort((a, b) => Number(b.run > 0) - Number(a.run > 0));
}

function today(parts: PrepParts): Day {
  const now = parts.now();
  const day = parts.dayOf(now);
  const from = startOfDay(parts.dayOf, day);
  const tomorrow = nextDay(day);
  const closes = {
    today: startOfDay(parts.dayOf, tomorrow),
    tomorrow: startOfDay(parts.dayOf, nextDay(tomorrow)),
  };
  const done = new Map<string, { qty: number; at: number }>();
  for (const { note, occurredAt } of parts.store.standing('batch', from)) {
    const { item, actual } = JSON.parse(note ?? '{}') as { item?: string; actual?: number };
    // A clock that was ahead made batches that are still to come by this one.
    if (item === undefined || actual === undefined || occurredAt >= closes.today) continue;
    done.set(item, { qty: (done.get(item)?.qty ?? 0) + actual, at: occurredAt });
  }
  return { now, closes, done };
}

function batchOf(
  parts: PrepParts,
  kitchen: Kitchen,
  { now, closes, done }: Day,
  item: StockItem,
  recipe: RecipeInfo,
): PrepBatch {
  const number = parts.ledger.items.find(item.id);
  const lots = number === undefined ? [] : parts.ledger.shelf.lotsOf(number);
  const until = prepHorizon(now, closes, item.shelfLifeMs);
  const need = prepNeed(lots, item.par, recipe.makes, until);
  const amount = need.suggested > 0 ? need.suggested : recipe.makes;
  const made = done.get(item.id);
  const expiresAt = firstExpiry(lots);
  const takes = kitchen.batch(recipe.id, amount);
  return {
    recipe: recipe.id,
    name: recipe.name,
    item: item.id,
    onHand: decimalFromMicro(onHand(parts, item.id)),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    suggested: decimalFromMicro(need.suggested),
    suggestedText: suggestedText(need, item),
    unit: item.unit,
    makes: decimalFromMicro(recipe.makes),
    run: need.runs,
    why: why(need, item, until === closes.tomorrow),
    done: made ? { qty: decimalFromMicro(made.qty), at: new Date(made.at).toISOString() } : null,
    short: takes.flatMap((take) => {
      const missing = take.amount - Math.max(0, onHand(parts, take.item));
      return missing > 0 ? [{ item: take.item, missing: decimalFromMicro(missing) }] : [];
    }),
    inputs: takes.map((take) => {
      const input = kitchen.items.get(take.item);
      const qty = decimalFromMicro(take.amount);
      return { item: take.item, name: input?.name ?? {}, qty, unit: input?.unit ?? 'g' };
    }),
    allergens: item.allergens,
    shelfLifeMs: item.shelfLifeMs ?? null,
  };
}

function onHand({ ledger }: PrepParts, item: string): Micro {
  const number = ledger.items.find(item);
  return number === undefined ? 0 : ledger.shelf.onHand(number);
}

function firstExpiry(lots: readonly LotState[]): number | null {
  const times = lots.flatMap(({ expiresAt, amount }) =>
    expiresAt === null || amount <= 0 ? [] : [expiresAt],
  );
  return times.length === 0 ? null : Math.min(...times);
}

function suggestedText({ runs, suggested }: PrepNeed, item: StockItem): Words {
  if (runs === 0) return { zh: '不用做', en: 'none' };
  const text = (lang: 'zh' | 'en') => readableText(lang, decimalFromMicro(suggested), item.unit, 3);
  return {
    zh: `${runs} 锅 · ${text('zh')}`,
    en: `${runs} ${runs === 1 ? 'run' : 'runs'} · ${text('en')}`,
  };
}

/** The sum behind the suggestion, in words. */
function why(need: PrepNeed, item: StockItem, toTomorrow: boolean): Words {
  const text = (lang: 'zh' | 'en', amount: Micro) =>
    readableText(lang, decimalFromMicro(amount), item.unit, 3);
  if (item.par === 0) {
    return {
      zh: '配方册未设标准库存(par),不作建议',
      en: 'the book names no par for it, so nothing is suggested',
    };
  }
  const zhWhen = toTomorrow ? '明日打烊' : '今日打烊';
  const enWhen = toTomorrow ? "tomorrow's close" : "tonight's close";
  const lost = need.expiring > 0;
  const zhLost = lost ? `(另有 ${text('zh', need.expiring)} 届时已过期)` : '';
  const enLost = lost ? ` (${text('en', need.expiring)} more will have expired)` : '';
  return {
    zh: `到${zhWhen}需 ${text('zh', item.par)},可用 ${text('zh', need.usable)}${zhLost},缺 ${text('zh', need.missing)}`,
    en: `par ${text('en', item.par)} until ${enWhen}, usable ${text('en', need.usable)}${enLost}, missing ${text('en', need.missing)}`,
  };
}
