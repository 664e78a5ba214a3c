/** The suggestion as the API answers it: decimal text in base units, RFC 3339, the whole sum of every line. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Name } from '#recipes/book/fields.ts';
import type { SupplierItem } from '#recipes/kitchen-types.ts';
import type { SuggestionLine } from '#recipes/purchasing/suggestion-types.ts';
import { whyText } from '#recipes/purchasing/why.ts';
import { dayNumber, dayText } from '#recipes/time/business-day.ts';
import { sameWeekdays } from '../usage/forecasts.ts';
import { noteView } from '../usage/notes-view.ts';
import type { Suggestion, SuppliersSuggestion } from './suggest.ts';
import type { Accuracy } from './suggest-accuracy.ts';
import type { CausingDish } from './suggest-dishes.ts';

export type ViewParts = {
  readonly timezone: string;
  readonly currency: string;
  readonly specialName: (day: number) => { key: string; name: Name } | null;
  readonly accuracy: Accuracy;
  /** Lets everything else run first. */
  readonly pause: () => Promise<void>;
  /** The dishes that cause most of an item's need. */
  readonly dishes: (item: string) => readonly CausingDish[];
};

export type SuggestionView = Awaited<ReturnType<typeof suggestionView>>;

/** A few lines in each turn of the event loop. */
export async function suggestionView(parts: ViewParts, suggestion: Suggestion) {
  const { date, now, forecasts } = suggestion;
  const last = suggestion.suppliers.reduce(
    (latest, { plan }) => Math.max(latest, plan.following.date),
    date,
  );
  const suppliers: Awaited<ReturnType<typeof supplierView>>[] = [];
  for (const one of suggestion.suppliers)
    suppliers.push(await supplierView(parts, suggestion, one));
  return {
    for: dayText(date),
    madeAt: instant(now),
    day: dayText(forecasts.today),
    currency: parts.currency,
    timezone: parts.timezone,
    special: specialView(parts, date),
    notes: forecasts.notes
      .filter(({ from, to }) => to >= forecasts.today && from <= last)
      .map((note) => noteView(note, forecasts.facts.learned)),
    accuracy: parts.accuracy,
    suppliers,
    upcoming: suggestion.upcoming.map(({ supplier, plan }) => ({
      supplier: supplier.id,
      name: supplier.name,
      deliverOn: dayText(plan.delivery.date),
      arrivesAt: instant(plan.delivery.arrivesAt),
      cutOff: instant(plan.delivery.cutOff),
    })),
  };
}

function specialView({ specialName }: ViewParts, date: number) {
  const special = specialName(date);
  return special && { key: special.key, name: special.name };
}

async function supplierView(parts: ViewParts, whole: Suggestion, one: SuppliersSuggestion) {
  const { supplier, plan, offers, suggestion } = one;
  const { contact } = supplier;
  const byItem = new Map(offers.map((offer) => [offer.item, offer]));
  const lines: ReturnType<typeof lineView>[] = [];
  for (const [i, line] of suggestion.lines.entries()) {
    if (i % SLICE === 0) await parts.pause();
    const offer = byItem.get(line.item);
    if (offer) lines.push(lineView(parts, whole, line, offer));
  }
  return {
    supplier: supplier.id,
    name: supplier.name,
    arrivesAt: instant(plan.delivery.arrivesAt),
    coverUntil: instant(plan.coverUntil),
    cutOff: instant(plan.delivery.cutOff),
    pastCutOff: plan.pastCutOff,
    minimumOrder: supplier.minimumOrder ?? null,
    belowMinimum: suggestion.belowMinimum,
    contact: contact ? { phone: contact.phone ?? null, email: contact.email ?? null } : null,
    send: [...new Set(['print', ...supplier.send.map(({ by }) => by), 'hand'])],
    subtotal: suggestion.subtotal,
    orders: whole.orders
      .filter((order) => order.supplier === supplier.id && order.deliverOn !== null)
      .filter(({ deliverOn, state }) => isOf(deliverOn, whole.date) && !GONE.has(state))
      .map(({ order, state }) => ({ order, state })),
    // What is to be ordered first, in the order of the book.
    lines: lines.sort((a, b) => Number(b.packs > 0) - Number(a.packs > 0)),
  };
}

/** Lines written in one turn: about a millisecond. */
const SLICE = 10;

const GONE: ReadonlySet<string> = new Set(['cancelled', 'rejected']);

function isOf(deliverOn: string | null, date: number): boolean {
  return deliverOn !== null && dayNumber(deliverOn) === date;
}

function lineView(
  parts: ViewParts,
  { date, now, forecasts }: Suggestion,
  line: SuggestionLine,
  offer: SupplierItem,
) {
  const { sum } = line;
  const item = forecasts.kitchen.items.get(line.item);
  const unit = item?.unit ?? 'g';
  return {
    item: line.item,
    name: item?.name ?? {},
    category: item?.category ?? null,
    unit,
    packText: offer.packText,
    packAmount: decimalFromMicro(sum.pack),
    rounding: sum.rounding,
    price: offer.price ?? null,
    basis: line.basis,
    ...amountsOf(sum),
    serviceLevel: sum.serviceLevel.toFixed(4),
    capBy: sum.capBy,
    raisedTo: sum.raisedTo,
    packs: sum.packs,
    amount: line.amount,
    par: amountOrNull(item?.par),
    max: amountOrNull(item?.max),
    days: line.days.map((day) => ({
      date: dayText(day.date),
      share: day.share.toFixed(4),
      need: decimalFromMicro(day.need),
      mean: decimalFromMicro(day.mean),
      low: decimalFromMicro(day.low),
      high: decimalFromMicro(day.high),
      event: day.event.toFixed(2),
    })),
    method: line.method,
    wape: line.wape === null ? null : line.wape.toFixed(3),
    lowConfidence: line.flags.includes('low_confidence'),
    flags: line.flags,
    lastsUntil: line.lastsUntil === null ? null : instant(line.lastsUntil),
    useFirst: line.useFirst && {
      amount: decimalFromMicro(line.useFirst.amount),
      expiresAt: instant(line.useFirst.expiresAt),
    },
    past: pastOf(forecasts, line.item, date),
    dishes: dishesOf(parts, line),
    why: whyText(line, { unit, timeZone: parts.timezone, now }),
  };
}

function amountsOf(sum: SuggestionLine['sum']) {
  const { need, needHigh, event, lost, safety, onHand, expiring, replacing, usable } = sum;
  const { onOrder, missing, quantity, cap } = sum;
  return {
    need: decimalFromMicro(need),
    needHigh: decimalFromMicro(needHigh),
    event: decimalFromMicro(event),
    lost: decimalFromMicro(lost),
    safety: decimalFromMicro(safety),
    onHand: decimalFromMicro(onHand),
    expiring: decimalFromMicro(expiring),
    replacing: decimalFromMicro(replacing),
    usable: decimalFromMicro(usable),
    onOrder: decimalFromMicro(onOrder),
    missing: decimalFromMicro(missing),
    cap: cap === null ? null : decimalFromMicro(cap),
    quantity: decimalFromMicro(quantity),
  };
}

/** 0 = the book is silent. */
function amountOrNull(amount: number | undefined): string | null {
  return amount === undefined || amount === 0 ? null : decimalFromMicro(amount);
}

const WEEKS_SHOWN = 4;

/** What was used on the last four same weekdays, the newest first; closed days are left out. */
function pastOf({ histories }: Suggestion['forecasts'], item: string, date: number) {
  const history = histories.items.get(item);
  return sameWeekdays(date, WEEKS_SHOWN + 2)
    .flatMap((day) => {
      const i = histories.days.indexOf(day);
      if (!history || i < history.first || histories.open[i] !== 1) return [];
      return [{ date: dayText(day), used: decimalFromMicro(Math.round(history.used[i] ?? 0)) }];
    })
    .slice(0, WEEKS_SHOWN);
}

/** Portions of an average cover that makes up the need as those of last week made up their use. */
function dishesOf({ dishes }: ViewParts, { item, sum }: SuggestionLine) {
  return dishes(item).map(({ recipe, name, share, perPortion }) => {
    const amount = Math.round(sum.need * share);
    return {
      recipe,
      name,
      portions: String(Math.round(amount / perPortion)),
      amount: decimalFromMicro(amount),
    };
  });
}

function instant(at: number): string {
  return new Date(at).toISOString();
}
