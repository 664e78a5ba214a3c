import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  AmountOverflow,
  addMicro,
  decimalFromMicro,
  MICRO,
  microFromDecimal,
  plainDecimal,
  proportion,
  scaleMicro,
} from '#recipes/amount.ts';

const MAX = Number.MAX_SAFE_INTEGER;
const micro = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -5_000_000, max: 5_000_000 }));

describe('decimals', () => {
  test.each([
    ['4200.5', 4_200_500_000],
    ['-0.4', -400_000],
    ['0', 0],
    ['-0', 0],
    ['000.000001', 1],
    ['1.50000000', 1_500_000],
    ['9007199254.740991', MAX],
    ['-9007199254.740991', -MAX],
    [0.1, 100_000],
    [-0, 0],
    [1e-6, 1],
    [2.5e-5, 25],
    [12, 12_000_000],
    [9_007_199_254, 9_007_199_254_000_000],
  ] as const)('%s is %d millionths', (decimal, amount) => {
    expect(microFromDecimal(decimal)).toBe(amount);
  });

  test.each([
    '',
    '-',
    '.',
    '1.',
    '.5',
    '+1',
    '1,5',
    '1e3',
    ' 1',
    '1 ',
    '0x10',
    '١',
    '1.0000001',
    'NaN',
    '--1',
    '1.2.3',
  ])('"%s" is refused', (text) => {
    expect(() => microFromDecimal(text)).toThrow(RangeError);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e-7, 0.1 + 0.2])('%d is refused', (value) => {
    expect(() => microFromDecimal(value)).toThrow(RangeError);
  });

  test.each(['9007199254.740992', '-9007199254.740992', '99999999999', 1e21, '9'.repeat(400)])(
    '%s is too large',
    (decimal) => {
      expect(() => microFromDecimal(decimal)).toThrow(AmountOverflow);
    },
  );

  test('text and amount are each other’s inverse', () => {
    fc.assert(
      fc.property(micro, (amount) => {
        const text = decimalFromMicro(amount);
        expect(text).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(microFromDecimal(text)).toBe(amount + 0);
      }),
    );
  });

  test('a JSON number means its shortest decimal text', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const plain = plainDecimal(value);
        expect(plain).not.toContain('e');
        expect(Number(plain)).toBe(value + 0);
      }),
    );
  });
});

describe('arithmetic against BigInt', () => {
  /** The definition, written once more in the slowest way. */
  function halfEven(n: bigint, d: bigint): bigint {
    const [a, b] = d < 0n ? [-n, -d] : [n, d];
    const floor = a >= 0n ? a / b : -((-a + b - 1n) / b);
    const twice = 2n * (a - floor * b);
    const up = twice > b || (twice === b && (floor % 2n === 1n || floor % 2n === -1n));
    return up ? floor + 1n : floor;
  }

  function expectLike(actual: () => number, exact: bigint): void {
    if (exact > BigInt(MAX) || exact < BigInt(-MAX)) expect(actual).toThrow(AmountOverflow);
    else expect(actual()).toBe(Number(exact));
  }

  test('scaleMicro', () => {
    const whole = fc.integer({ min: -5000, max: 5000 }).map((n) => n * MICRO);
    fc.assert(
      fc.property(micro, fc.oneof(whole, micro), (perUnit, qty) => {
        expectLike(
          () => scaleMicro(perUnit, qty),
          halfEven(BigInt(perUnit) * BigInt(qty), 1_000_000n),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('proportion', () => {
    fc.assert(
      fc.property(micro, micro, micro, (total, part, whole) => {
        fc.pre(whole !== 0);
        expectLike(
          () => proportion(total, part, whole),
          halfEven(BigInt(total) * BigInt(part), BigInt(whole)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test('ties go to the even neighbour, on both sides of zero', () => {
    expect([1, 3, 5, -1, -3, -5].map((n) => proportion(n, 1, 2))).toEqual([0, 2, 2, 0, -2, -2]);
    expect(scaleMicro(1, 500_000)).toBe(0);
    expect(scaleMicro(3, 500_000)).toBe(2);
  });

  test('addMicro stops at the limit', () => {
    expect(addMicro(MAX - 1, 1)).toBe(MAX);
    expect(() => addMicro(MAX, 1)).toThrow(AmountOverflow);
  });

  test('1,000 sales of 0.4 g are 400 g', () => {
    let total = 0;
    for (let i = 0; i < 1000; i++)
      total = addMicro(total, scaleMicro(microFromDecimal('0.4'), MICRO));
    expect(decimalFromMicro(total)).toBe('400');
  });
});
