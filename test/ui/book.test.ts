/** What a store keeps different, as the page says it and as the box is told. */
import { describe, expect, it } from 'vitest';
import { overridesOf } from '#recipes/book/overrides.ts';
import { catalogCommandSchemas } from '#recipes/contracts/catalog-command.ts';
import type { Override, SentVersion } from '../../kitchen-ui/src/book/book-types.ts';
import { FIELDS, overrideData, thingsOf, valueText } from '../../kitchen-ui/src/book/fields.ts';
import { standOf } from '../../kitchen-ui/src/book/standing.ts';

const VALUES = {
  amount: '30 kg',
  money: '39.50',
  clock: '21:00',
  days: ['mon', 'sat'],
  text: 'wok',
  off: true,
} as const;
const ALL = Object.entries(FIELDS).flatMap(([what, shapes]) =>
  shapes.map((shape) => ({ what: what as Override['what'], ...shape })),
);

describe('a field', () => {
  it.each(ALL)('$what $field is told so that the box takes it, and taken back', (one) => {
    const about = { ...one, id: one.what === 'supplierItem' ? 'market pork' : 'pork' };
    for (const value of [VALUES[one.kind], null]) {
      const said = catalogCommandSchemas['book.override'].parse(overrideData(about, value));
      const { what, id, field } = about;
      expect(overridesOf(said)).toEqual([{ what, id, field, value }]);
    }
  });

  it.each([
    ['30 kg', 'amount', '30\u00a0kg', '30\u00a0kg'],
    ['3 pack', 'amount', '3\u00a0pack', '3\u00a0包'],
    [4200, 'amount', '4.2\u00a0kg', '4.2\u00a0kg'],
    ['39.50', 'money', 'CNY\u00a039.50', '¥39.50'],
    [['sat', 'mon'], 'days', 'Mon, Sat', '周一、周六'],
    [true, 'off', 'not sold', '不卖'],
    [null, 'off', 'sold', '在售'],
    [null, 'amount', 'not set', '未设'],
    ['21:00', 'clock', '21:00', '21:00'],
  ] as const)('%s as %s reads %s, %s', (value, kind, en, zh) => {
    const read = (lang: 'zh' | 'en') => valueText(lang, value, { kind }, 'g', 'CNY');
    expect([read('en'), read('zh')]).toEqual([en, zh]);
  });
});

it('a dish that is not sold here stays a dish', () => {
  const book = { book: { recipes: [{ id: 'bowl' }, { id: 'sauce' }] } };
  const off = { what: 'recipe', id: 'bowl', field: 'off', value: true } as Override;
  expect(thingsOf(book, []).map(({ id }) => id)).toEqual([]);
  expect(thingsOf(book, [off])).toMatchObject([{ id: 'bowl', values: { off: true } }]);
});

describe('a version', () => {
  const head = (version: number, hq: number | null, hour: number) => ({
    version,
    hq,
    validFrom: `2026-11-22T${String(hour).padStart(2, '0')}:00:00Z`,
  });
  const books = [head(1, null, 1), head(2, 1, 2), head(3, 1, 3), head(4, 2, 4), head(5, 3, 5)];
  const sent = (version: number, state: SentVersion['state'] = 'taken') =>
    ({ version, state }) as SentVersion;
  const answer = { inForce: 3, next: 4, books };

  it.each([
    [sent(1), 'inForce', 3],
    [sent(2), 'planned', 4],
    [sent(3), 'planned', 5],
    [sent(4, 'refused'), 'refused', null],
    [sent(5, 'ignored'), 'ignored', null],
  ] as const)('%j stands as %s', (version, standing, book) => {
    expect(standOf(version, answer)).toEqual({ standing, book });
  });

  it('that was replaced leads to the newest document that it became', () => {
    const later = { inForce: 5, next: null, books };
    expect(standOf(sent(1), later)).toEqual({ standing: 'earlier', book: 3 });
  });
});
