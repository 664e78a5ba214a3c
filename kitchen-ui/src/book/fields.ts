import { readableText } from '#recipes/words/readable.ts';
import {
  type Lang,
  type Name,
  nameIn,
  type PlainKey,
  say,
  sayPlain,
} from '#recipes/words/words.ts';
import { saidText } from '../goods/texts.ts';
import { money } from '../text/moment.ts';
import type { BookInForce, Override, What } from './book-types.ts';

/** How a field is said: on the pad, or as a line of text. */
export type FieldKind = 'amount' | 'money' | 'clock' | 'days' | 'text' | 'off';

/** A field that a store may keep different. */
export type FieldShape = {
  readonly field: string;
  readonly kind: FieldKind;
  readonly label: PlainKey;
};

/** What may be different here. */
export const FIELDS: Readonly<Record<What, readonly FieldShape[]>> = {
  item: [
    { field: 'par', kind: 'amount', label: 'book.field.par' },
    { field: 'safety', kind: 'amount', label: 'book.field.safety' },
    { field: 'max', kind: 'amount', label: 'book.field.max' },
    { field: 'station', kind: 'text', label: 'book.field.station' },
  ],
  recipe: [
    { field: 'price', kind: 'money', label: 'book.field.price' },
    { field: 'off', kind: 'off', label: 'book.field.off' },
  ],
  supplier: [
    { field: 'minimumOrder', kind: 'money', label: 'book.field.minimumOrder' },
    { field: 'deliveries', kind: 'days', label: 'book.field.deliveries' },
    { field: 'cutOff', kind: 'clock', label: 'book.field.cutOff' },
    { field: 'deliverAt', kind: 'clock', label: 'book.field.deliverAt' },
  ],
  supplierItem: [{ field: 'price', kind: 'money', label: 'book.field.cost' }],
};

/** The shape of a field; one that this page does not know is shown as it is. */
export function shapeOf({ what, field }: Pick<Override, 'what' | 'field'>): FieldShape | undefined {
  return FIELDS[what].find((one) => one.field === field);
}

/** A thing of the book that has fields of its own here. */
export type Thing = {
  readonly what: What;
  readonly id: string;
  readonly name: Name | string;
  /** Whose it is: the supplier of a price. */
  readonly of?: Name | string;
  /** Base unit of amounts, and the item's own units. */
  readonly unit: string;
  readonly units: readonly string[];
  /** As the book in force has them, what is different here included. */
  readonly values: Readonly<Record<string, unknown>>;
};

/**
 * Everything in the book that a store may keep different, in the order of the book.
 * @param overrides what is different: a dish that is not sold here has lost its codes, and stays one
 */
export function thingsOf({ book }: BookInForce, overrides: readonly Override[]): Thing[] {
  const kept = new Set(overrides.filter(({ what }) => what === 'recipe').map(({ id }) => id));
  const { items = [], recipes = [], suppliers = [] } = book;
  const shelves = [...items, ...recipes.filter((one) => one['kept'] === 'stocked')];
  const names = new Map(shelves.map((one) => [one.id, one.name ?? one.id]));
  return [
    ...shelves.map((one): Thing => {
      const { stock = {}, station, unit = 'g', units = {} } = one;
      return {
        ...plain('item', one),
        unit: String(unit),
        units: Object.keys(units as object),
        values: { ...(stock as object), station },
      };
    }),
    ...recipes
      .filter((one) => one['sku'] !== undefined || one['price'] !== undefined || kept.has(one.id))
      .map((one): Thing => {
        const off = one['sku'] === undefined ? true : null;
        return { ...plain('recipe', one), values: { price: one['price'], off } };
      }),
    ...suppliers.flatMap((one): Thing[] => [
      { ...plain('supplier', one), values: one },
      ...(one.items ?? []).map((line): Thing => {
        const name = names.get(line.item) ?? line.item;
        const of = one.name ?? one.id;
        const id = `${one.id} ${line.item}`;
        return { ...plain('supplierItem', { id, name }), of, values: line };
      }),
    ]),
  ];
}

function plain(what: What, { id, name }: { readonly id: string; readonly name?: Name | string }) {
  return { what, id, name: name ?? id, unit: 'g', units: [], values: {} };
}

/** What a thing is called: of a price the supplier, too. */
export function thingText(lang: Lang, thing: Pick<Thing, 'name' | 'of'> | undefined, id: string) {
  const own = nameIn(lang, thing?.name, id);
  return thing?.of === undefined ? own : `${own} · ${nameIn(lang, thing.of)}`;
}

/** A value as a person reads it; null is said in words. */
export function valueText(
  lang: Lang,
  value: unknown,
  shape: Pick<FieldShape, 'kind'> | undefined,
  unit: string,
  currency: string,
): string {
  if (shape?.kind === 'off') return sayPlain(lang, value === true ? 'book.notSold' : 'book.sold');
  if (value === null || value === undefined) return say(lang, 'book.nothing');
  if (shape?.kind === 'amount') return amountText(lang, String(value), unit);
  if (shape?.kind === 'money') return money(lang, String(value), currency);
  if (shape?.kind === 'days' && Array.isArray(value)) return daysText(lang, value);
  return String(value);
}

/** As the book calls the days, Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** `周一`, `Mon`. */
export function weekdayText(lang: Lang, day: (typeof WEEKDAYS)[number]): string {
  const at = MONDAY + WEEKDAYS.indexOf(day) * 86_400_000;
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(at);
}
const MONDAY = Date.UTC(2026, 0, 5);

function daysText(lang: Lang, days: readonly unknown[]): string {
  const named = WEEKDAYS.filter((day) => days.includes(day)).map((day) => weekdayText(lang, day));
  return named.join(lang === 'zh' ? '、' : ', ');
}

/** "30 kg" and "3 pack" as they were said; a bare number is in the base unit. */
function amountText(lang: Lang, said: string, unit: string): string {
  const [, number, own] = /^([\d.]+)\s*(\S*)$/.exec(said.trim()) ?? [];
  if (number === undefined) return said;
  return own === undefined || own === ''
    ? readableText(lang, number, unit, 3)
    : saidText(lang, number, own);
}

/** `data` of the command that says a field; null = as head office says. */
export function overrideData(
  { what, id, field }: Pick<Override, 'what' | 'id' | 'field'>,
  value: unknown,
): object {
  if (what === 'item') {
    return {
      items: [field === 'station' ? { id, station: value } : { id, stock: { [field]: value } }],
    };
  }
  if (what === 'recipe') return { recipes: [{ id, [field]: value }] };
  if (what === 'supplier') return { suppliers: [{ id, [field]: value }] };
  const [supplier, item] = id.split(' ');
  return { suppliers: [{ id: supplier, items: [{ item, [field]: value }] }] };
}
