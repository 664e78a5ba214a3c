/** What a scan is: each kind of code finds its own way, and none is taken for another. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDigit } from '#recipes/scan/gtin.ts';
import { makeLabelCode, readLabelCode } from '#recipes/scan/label-code.ts';
import { indexBarcodes, routeScan, type ScanKnowledge } from '#recipes/scan/route-scan.ts';
import { readScaleCode } from '#recipes/scan/scale-code.ts';

const withCheck = (head: string): string => head + checkDigit(head);

const codes = indexBarcodes([
  ['6901234567892', { item: 'soy-sauce', unit: 'bottle' }],
  ['036000291452', { item: 'tissues' }],
  ['2212345', { item: 'pork-belly' }],
  ['SUP-77', { item: 'scallion', unit: 'bunch' }],
]);
const knowledge: ScanKnowledge = { barcode: (key) => codes.get(key), year: 2026 };
const route = (text: string) => routeScan(text, knowledge);

describe('our labels', () => {
  test('what is made is read', () => {
    const item = fc.stringMatching(/^[A-Za-z0-9._:/-]{1,40}$/);
    const lot = fc.string({ minLength: 1, maxLength: 64 }).filter((text) => text === text.trim());
    fc.assert(
      fc.property(item, lot, (i, l) => {
        fc.pre(l !== '' && !l.includes('｜'));
        expect(readLabelCode(makeLabelCode(i, l))).toEqual({ item: i, lot: l });
      }),
    );
  });

  test.each([
    ['LR1|pork-belly|B-77', { item: 'pork-belly', lot: 'B-77' }],
    [']Q1LR1|pork-belly|B|77\r\n', { item: 'pork-belly', lot: 'B|77' }],
    ['LR1｜pork-belly｜B-77', { item: 'pork-belly', lot: 'B-77' }],
  ])('%s', (text, label) => {
    expect(route(text)).toEqual({ kind: 'label', ...label });
  });

  test.each(['LR1|pork-belly', 'LR1||B-77', 'LR1|x|', 'LR2|x|y'])('%s is none', (text) => {
    expect(readLabelCode(text)).toBeUndefined();
    expect(route(text).kind).toBe('unknown');
  });
});

describe('labels of the scale', () => {
  test('a weight on EAN-13 with 22 is a weight, not the GS1 field 22', () => {
    const code = withCheck('221234500620');
    expect(route(code)).toEqual({
      kind: 'weight',
      code,
      learn: '2212345',
      item: 'pork-belly',
      grams: '620',
    });
    expect(route(`]E0${code}`).kind).toBe('weight');
  });

  test('18 digits: number, amount and weight', () => {
    const code = withCheck('22123450198400620');
    expect(code).toHaveLength(18);
    expect(route(code)).toMatchObject({ kind: 'weight', price: '19.84', grams: '620' });
  });

  test('another prefix names the article only; a pattern of the store says more', () => {
    const code = withCheck('217777701984');
    expect(route(code)).toEqual({ kind: 'weight', code, learn: '2177777' });
    const scalePatterns = ['21PPPPPEEEEEC'];
    expect(routeScan(code, { scalePatterns })).toEqual({
      kind: 'weight',
      code,
      learn: '2177777',
      price: '19.84',
    });
  });

  test('a wrong check digit is no weight', () => {
    const right = withCheck('221234500620');
    const wrong = right.slice(0, 12) + ((Number(right[12]) + 1) % 10);
    expect(readScaleCode(wrong)).toBeUndefined();
    expect(route(wrong)).toMatchObject({ kind: 'unknown', why: 'check_digit' });
  });

  test('a marked GS1 code of the same digits stays GS1', () => {
    expect(route(']C12212345006208')).toMatchObject({
      kind: 'gs1',
      gs1: { fields: [{ ai: '22', value: '12345006208' }] },
    });
    expect(route('22ABC\u001d10L1')).toMatchObject({ kind: 'gs1', gs1: { lot: 'L1' } });
  });

  test('every label of a scale comes back with its article and weight', () => {
    const five = fc.stringMatching(/^\d{5}$/);
    fc.assert(
      fc.property(five, five, five, (article, weight, cents) => {
        const grams = String(Number(weight));
        const short = route(withCheck(`22${article}${weight}`));
        expect(short).toMatchObject({ kind: 'weight', learn: `22${article}`, grams });
        const long = route(withCheck(`28${article}${cents}${weight}`));
        expect(long).toMatchObject({ kind: 'weight', learn: `28${article}`, grams });
        expect(long).toMatchObject({ price: (Number(cents) / 100).toFixed(2) });
      }),
    );
  });
});

describe('GS1, EAN, badges, and the rest', () => {
  test('a case: item by its number, with lot, date and weight', () => {
    expect(route(']C101069012345678923103002150172611301077-B')).toMatchObject({
      kind: 'gs1',
      learn: '06901234567892',
      item: 'soy-sauce',
      unit: 'bottle',
      gs1: { grams: '2150', expiresOn: '2026-11-30', lot: '77-B' },
    });
    expect(route('(01)16901234567899(10)X')).toMatchObject({
      kind: 'gs1',
      learn: '16901234567899',
    });
  });

  test.each([
    ['6901234567892', { learn: '06901234567892', item: 'soy-sauce', unit: 'bottle' }],
    ['06901234567892', { learn: '06901234567892', item: 'soy-sauce', unit: 'bottle' }],
    [']E00036000291452', { code: '0036000291452', learn: '00036000291452', item: 'tissues' }],
    ['4006381333931', { learn: '04006381333931' }],
    ['SUP-77', { learn: 'SUP-77', item: 'scallion', unit: 'bunch' }],
  ])('%s is a barcode', (text, said) => {
    expect(route(text)).toEqual({ kind: 'barcode', code: text, ...said });
  });

  test('badges have a prefix', () => {
    expect(route('LB1|9f3a77c2')).toEqual({ kind: 'badge', badge: 'LB1|9f3a77c2' });
    expect(route('LB1|').kind).toBe('unknown');
    expect(routeScan('STAFF-12', { badgePrefix: 'STAFF-' }).kind).toBe('badge');
  });

  test('what nobody knows can be learnt', () => {
    expect(route(' XK-300 ')).toEqual({ kind: 'unknown', code: 'XK-300', learn: 'XK-300' });
    expect(route(']C10106901234567890')).toMatchObject({ kind: 'unknown', why: 'check_digit' });
    expect(route('')).toEqual({ kind: 'unknown', code: '', learn: '' });
  });

  test('learning what was answered makes the next scan known', () => {
    const text = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9-]{6,20}$/),
      fc.stringMatching(/^\d{12}$/).map(withCheck),
      fc.stringMatching(/^2[0-9]\d{10}$/).map(withCheck),
      fc.stringMatching(/^\d{13}$/).map((head) => `]C101${withCheck(head)}10L`),
    );
    fc.assert(
      fc.property(text, (code) => {
        const first = routeScan(code);
        if (!('learn' in first) || first.learn === undefined) return;
        const learnt = indexBarcodes([[first.learn, { item: 'rice' }]]);
        expect(routeScan(code, { barcode: (key) => learnt.get(key) })).toMatchObject({
          item: 'rice',
        });
      }),
    );
  });

  test('nothing makes it throw', () => {
    fc.assert(
      fc.property(fc.string(), (text) => void routeScan(text)),
      { numRuns: 1_000 },
    );
  });
});
