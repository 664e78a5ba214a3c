import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseQuantity, QuantityError } from '#recipes/quantity.ts';
import {
  compare,
  div,
  mul,
  ONE,
  type Rational,
  rational,
  rationalFromDecimal,
  roundHalfEven,
} from '#recipes/rational.ts';
import { knownUnit, knownUnitNames } from '#recipes/unit-words.ts';
import { toBase, toBaseMicro, unitTable } from '#recipes/units.ts';

const shown = ({ n, d }: Rational): string => (d === 1n ? `${n}` : `${n}/${d}`);

describe('amounts as people write them', () => {
  test.each([
    ['348 g', '348', 'g'],
    ['0.4kg', '2/5', 'kg'],
    ['2 ea', '2', 'ea'],
    ['1 case', '1', 'case'],
    ['1/2 cup', '1/2', 'cup'],
    ['1 1/2 cup', '3/2', 'cup'],
    ['1½ 斤', '3/2', '斤'],
    ['½', '1/2', undefined],
    ['1.5斤', '3/2', '斤'],
    ['３００ｇ', '300', 'g'],
    ['2㎏', '2', 'kg'],
    ['2 fl oz', '2', 'fl oz'],
    ['.5 l', '1/2', 'l'],
    ['12', '12', undefined],
    ['0', '0', undefined],
  ])('%s', (text, value, unit) => {
    const read = parseQuantity(text);
    expect(read.ok && [shown(read.value), read.unit]).toEqual([value, unit]);
  });

  test.each([
    '',
    'g',
    '-1 g',
    '1,200 g',
    '1/0 g',
    '1 2',
    '5. g',
    '1e3 g',
    '2 kg/case',
    '1 g 2',
    '²',
    '9'.repeat(65),
  ])('"%s" is refused in both languages', (text) => {
    const read = parseQuantity(text);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.problem.code).toBe('bad_quantity');
    expect(read.problem.messageZh).toMatch(/数量/);
  });

  test('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        parseQuantity(text);
        toBase(text, unitTable('g').table);
      }),
    );
  });
});

describe('known units', () => {
  test.each([
    ['1 斤', 'g', '500'],
    ['1 两', 'g', '50'],
    ['1 钱', 'g', '5'],
    ['1 公斤', 'g', '1000'],
    ['1 KG', 'g', '1000'],
    ['1 mg', 'g', '1/1000'],
    ['1 t', 'g', '1000000'],
    ['1 lb', 'g', '45359237/100000'],
    ['16 oz', 'g', '45359237/100000'],
    ['16 tbsp', 'ml', '240'],
    ['3 tsp', 'ml', '15'],
    ['8 floz', 'ml', '240'],
    ['1 cup', 'ml', '240'],
    ['1 升', 'ml', '1000'],
    ['1 cl', 'ml', '10'],
    ['1 dl', 'ml', '100'],
    ['1 打', 'ea', '12'],
    ['3 个', 'ea', '3'],
  ] as const)('%s is so much %s: %s', (text, base, value) => {
    const read = toBase(text, unitTable(base).table);
    expect(read.ok && shown(read.value)).toBe(value);
  });

  test('T is a spoon to some and a tonne to none', () => {
    expect(knownUnit('T')).toBeUndefined();
    const read = toBase('1 T', unitTable('g').table);
    expect(!read.ok && read.problem.code).toBe('unknown_unit');
    expect(!read.ok && read.problem.remedy).not.toContain('"t"');
  });

  test('a 盒 is never one piece by itself', () => {
    expect(knownUnit('盒')).toBeUndefined();
  });

  test('an unknown unit gets the nearest as remedy', () => {
    const read = toBase('2 kgs', unitTable('g', { pack: '2 kg' }).table);
    expect(!read.ok && read.problem).toMatchObject({ code: 'unknown_unit', remedy: 'use "kg"' });
    const own = toBase('2 pakc', unitTable('g', { pack: '2 kg' }).table);
    expect(!own.ok && own.problem.remedy).toBe('use "pack"');
  });
});

describe("an item's own units", () => {
  const oil = unitTable('g', { case: '6 pack', pack: '2 l', ml: '0.92 g', 个: '50 g' });

  test('chain across dimensions in any order', () => {
    expect(oil.problems).toEqual([]);
    expect(toBaseMicro('1 case', oil.table)).toBe(11_040_000_000);
    expect(toBaseMicro('2 l', oil.table)).toBe(1_840_000_000);
    expect(toBaseMicro('1 cup', oil.table)).toBe(220_800_000);
    expect(toBaseMicro('3 个', oil.table)).toBe(150_000_000);
    expect(toBaseMicro('2 PACK', oil.table)).toBe(3_680_000_000);
    expect(toBaseMicro(0.4, oil.table)).toBe(400_000);
    expect(toBaseMicro('12.5', oil.table)).toBe(12_500_000);
  });

  test('missing conversions are said, not guessed', () => {
    const read = toBase('2 dozen', oil.table);
    expect(!read.ok && read.problem.code).toBe('no_conversion');
    expect(() => toBaseMicro('2 dozen', oil.table)).toThrow(QuantityError);
    expect(() => toBaseMicro('9999999999 kg', oil.table)).toThrow(QuantityError);
  });

  test.each([
    [{ a: '2 b', b: '3 a' }, 'inconsistent_units'],
    [{ a: '2 a' }, 'inconsistent_units'],
    [{ kg: '900 g' }, 'inconsistent_units'],
    [{ Pack: '1 kg', pack: '2 kg' }, 'inconsistent_units'],
    [{ ml: '1 g', l: '900 g' }, 'inconsistent_units'],
    [{ pack: '2' }, 'bad_unit'],
    [{ pack: '0 kg' }, 'bad_unit'],
    [{ pack: 'two kg' }, 'bad_quantity'],
    [{ pack: '2 kgs' }, 'unknown_unit'],
    [{ case: '12 ea' }, 'no_conversion'],
  ])('%j is %s', (own, code) => {
    expect(unitTable('g', own).problems.map((problem) => problem.code)).toContain(code);
  });

  test('two ways that agree are no contradiction', () => {
    expect(unitTable('g', { ml: '1.05 g', l: '1.05 kg', 斤: '500 g' }).problems).toEqual([]);
  });

  test('there and back is exactly 1, through any chain', () => {
    const factor = fc.tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(fc.array(factor, { minLength: 1, maxLength: 8 }), (factors) => {
        // g <- ua <- ub <- ...: each defined by the one before, then the last through the chain.
        const names = 'abcdefgh'.split('').map((letter) => `u${letter}`);
        const own: Record<string, string> = {};
        let exact: Rational = ONE;
        factors.forEach(([digits, decimals], i) => {
          const number = `${Number(`${digits}e-${decimals}`)}`;
          own[names[i] ?? ''] = `${number} ${i === 0 ? 'g' : names[i - 1]}`;
          exact = mul(exact, rationalFromDecimal(Number(number)));
        });
        const shuffled = Object.fromEntries(Object.entries(own).reverse());
        const last = names[factors.length - 1] ?? '';
        const read = toBase(`1 ${last}`, unitTable('g', shuffled).table);
        expect(read.ok && compare(div(read.value, exact), ONE)).toBe(0);
      }),
    );
  });

  test('every known unit of the dimension is reachable, and no other', () => {
    for (const name of knownUnitNames()) {
      expect(toBase(`1 ${name}`, unitTable('ml').table).ok).toBe(knownUnit(name)?.base === 'ml');
    }
  });
});

describe('fractions', () => {
  test('round half to even', () => {
    const halves = [1n, 3n, 5n, -1n, -3n, 7n].map((n) => roundHalfEven(rational(n, 2n)));
    expect(halves).toEqual([0n, 2n, 2n, 0n, -2n, 4n]);
    expect(roundHalfEven(rational(-7n, 3n))).toBe(-2n);
  });

  test.each(['', '.', '1.', '1e5', 'x', '1 ', '9'.repeat(401)])('"%s" is no decimal', (text) => {
    expect(() => rationalFromDecimal(text)).toThrow(RangeError);
  });

  test('numbers are read by their shortest text', () => {
    expect(rationalFromDecimal(0.87)).toEqual({ n: 87n, d: 100n });
    expect(rationalFromDecimal(1e-7)).toEqual({ n: 1n, d: 10_000_000n });
    expect(rationalFromDecimal('-1.50')).toEqual({ n: -3n, d: 2n });
  });
});
