/** GS1 element strings: the examples of the specification, and what scanners make of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GS, gs1Date, readGs1 } from '#recipes/scan/gs1.ts';
import { barcodeKey, checkDigit, hasCheckDigit, isGtin } from '#recipes/scan/gtin.ts';

const YEAR = 2026;
const read = (text: string) => {
  const answer = readGs1(text, YEAR);
  if (!answer.ok) return answer.why;
  const { fields: _, ...value } = answer.value;
  return value;
};

describe('check digits', () => {
  test.each([
    ['6901234567892', true],
    ['4006381333931', true],
    ['036000291452', true],
    ['96385074', true],
    ['10614141543219', true],
    ['106141412345678908', true],
    ['6901234567890', false],
  ])('%s', (code, right) => {
    expect(hasCheckDigit(code)).toBe(right);
  });

  test('any one wrong digit is found', () => {
    const digits = fc.stringMatching(/^\d{7,17}$/);
    fc.assert(
      fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (head, at, by) => {
        const code = head + checkDigit(head);
        const i = at % code.length;
        const wrong = `${code.slice(0, i)}${(Number(code[i]) + by) % 10}${code.slice(i + 1)}`;
        expect(hasCheckDigit(code)).toBe(true);
        expect(hasCheckDigit(wrong)).toBe(false);
      }),
    );
  });

  test('one thing has one key, however many zeros stand before it', () => {
    expect(barcodeKey('036000291452')).toBe('00036000291452');
    expect(barcodeKey('0036000291452')).toBe('00036000291452');
    expect(barcodeKey('ABC-12')).toBe('ABC-12');
    expect(isGtin('1234')).toBe(false);
  });
});

describe('dates', () => {
  test.each([
    ['261130', '2026-11-30'],
    ['261100', '2026-11-30'],
    ['280200', '2028-02-29'],
    ['270200', '2027-02-28'],
    ['000100', '2000-01-31'],
    ['760101', '2076-01-01'],
    ['770101', '1977-01-01'],
    ['991231', '1999-12-31'],
    ['270229', undefined],
    ['261301', undefined],
    ['260001', undefined],
    ['26113', undefined],
  ])('%s is %s', (text, date) => {
    expect(gs1Date(text, YEAR)).toBe(date);
  });

  test('the century is the nearest one, in every year', () => {
    expect(gs1Date('490101', 2099)).toBe('2149-01-01');
    expect(gs1Date('500101', 2099)).toBe('2050-01-01');
    fc.assert(
      fc.property(fc.integer({ min: 1990, max: 2200 }), fc.nat({ max: 99 }), (year, short) => {
        const date = gs1Date(`${String(short).padStart(2, '0')}0615`, year);
        const ahead = Number(date?.slice(0, 4)) - year;
        expect(ahead).toBeGreaterThanOrEqual(-49);
        expect(ahead).toBeLessThanOrEqual(50);
      }),
    );
  });
});

const CASE = '0106901234567892';

describe('element strings', () => {
  test.each([
    // A case of meat: trade item, weight, expiry, lot.
    [
      `]C1${CASE}31030021501726113010B-77`,
      { gtin: '06901234567892', grams: '2150', expiresOn: '2026-11-30', lot: 'B-77' },
    ],
    // The lot first: a separator ends it.
    [
      `]d2${CASE}10B77${GS}17261100`,
      { gtin: '06901234567892', lot: 'B77', expiresOn: '2026-11-30' },
    ],
    // Without a mark, as a scanner that was never set up types it.
    [
      `${CASE}1726113010B77${GS}37${'24'}`,
      { gtin: '06901234567892', expiresOn: '2026-11-30', lot: 'B77', count: 24 },
    ],
    // Plainly typed from below the bars.
    [
      '(01)06901234567892(15)261201(10)L-9(3202)000110',
      { gtin: '06901234567892', expiresOn: '2026-12-01', lot: 'L-9', grams: '498.951607' },
    ],
    [`]Q3${GS}02106141415432193715`, { gtin: '10614141543219', count: 15 }],
    ['00106141412345678908', { sscc: '106141412345678908' }],
    [`]C1${CASE}3922001999`, { gtin: '06901234567892', price: '19.99' }],
    [`]C1${CASE}39331561234567`, { gtin: '06901234567892', price: '1234.567' }],
    [`]C1${CASE}8005001250`, { gtin: '06901234567892', pricePerUnit: '12.5' }],
    [`]C1${CASE}3151000025`, { gtin: '06901234567892', millilitres: '2500' }],
    [
      `]C1${CASE}1126110113261102400PO-014`,
      {
        gtin: '06901234567892',
        producedOn: '2026-11-01',
        packedOn: '2026-11-02',
        order: 'PO-014',
      },
    ],
    [`]C1${CASE}70032611281230`, { gtin: '06901234567892', expiresOn: '2026-11-28' }],
    [`]C110ABC${GS}21S-1`, { lot: 'ABC', serial: 'S-1' }],
    [`]C14106901234567892`, {}],
  ])('%s', (text, value) => {
    expect(read(text)).toEqual(value);
  });

  test.each([
    ['0106901234567890', 'not_gs1'],
    [']C10106901234567890', 'check_digit'],
    [']C1010690123456789', 'bad_field'],
    [']C199', 'bad_field'],
    [`]C1${CASE}17261331`, 'bad_date'],
    // Numbers that only look like fields are not taken for them.
    ['6901234567892', 'not_gs1'],
    ['2212345006208', 'not_gs1'],
    ['1012345', 'not_gs1'],
    ['', 'not_gs1'],
    [']C1', 'bad_field'],
    ['(01)', 'bad_field'],
  ])('%s is refused: %s', (text, why) => {
    expect(read(text)).toBe(why);
  });

  test('fields come back as they were written, in any order and form', () => {
    const gtin = fc.stringMatching(/^\d{13}$/).map((head) => ['01', head + checkDigit(head)]);
    const text = fc.stringMatching(/^[A-Za-z0-9/_.-]{1,20}$/);
    const field = fc.oneof(
      gtin,
      text.map((lot) => ['10', lot]),
      text.map((serial) => ['21', serial]),
      fc.stringMatching(/^2[5-9](0[1-9]|1[0-2])(0[0-9]|1\d|2[0-8])$/).map((date) => ['17', date]),
      fc.stringMatching(/^\d{6}$/).map((weight) => ['3103', weight]),
      fc.stringMatching(/^\d{1,8}$/).map((count) => ['37', count]),
    );
    const set = (ai: string) => /^(01|17|31)/.test(ai);
    fc.assert(
      fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (list) => {
        const fields = list.map(([ai = '', value = '']) => ({ ai, value }));
        const scanned = fields
          .map(({ ai, value }, i) => ai + value + (set(ai) || i === fields.length - 1 ? '' : GS))
          .join('');
        const shown = fields.map(({ ai, value }) => `(${ai})${value}`).join('');
        for (const text of [`]C1${scanned}`, `]d2${scanned}${GS}`, shown]) {
          expect(readGs1(text, YEAR)).toMatchObject({ ok: true, value: { fields } });
        }
      }),
    );
  });

  test('no text makes it throw', () => {
    const odd = fc.string({ unit: fc.constantFrom(...']CdQ0123456789()ABC', GS), maxLength: 40 });
    fc.assert(
      fc.property(odd, (text) => void readGs1(text, YEAR)),
      { numRuns: 2_000 },
    );
    fc.assert(fc.property(fc.string(), (text) => void readGs1(text, YEAR)));
  });
});
