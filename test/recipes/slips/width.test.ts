/** The law of the paper: no line is wider than it, whatever the names and figures are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isShowable, widthOf } from '#recipes/slips/letters.ts';
import { pagesOf } from '#recipes/slips/pages.ts';
import { checkedSlip } from '#recipes/slips/paper.ts';
import { reprintOf } from '#recipes/slips/reprint.ts';
import type { Slip, SlipLine } from '#recipes/slips/slip.ts';
import { suggestionSlip } from '#recipes/slips/suggestion-slip.ts';
import { hostileNames, inflated, spoiled } from './hostile.ts';
import { FORMS, papers, samples, suggestion, textOf } from './slip-samples.ts';

function breaches(slip: Slip): string[] {
  return slip.lines.flatMap((line) => {
    if (line.kind !== 'text') return [];
    const isWide = widthOf(line.text) * line.size > slip.columns;
    return isWide || ![...line.text].every(isShowable) ? [line.text] : [];
  });
}

describe.each(FORMS)('$columns columns, $language', ({ columns, language }) => {
  test.each(Object.entries(hostileNames))('%s', (_, name) => {
    for (const slip of Object.values(papers(columns, language, spoiled(samples, name)))) {
      expect(breaches(slip)).toEqual([]);
      expect(breaches(reprintOf(slip, name))).toEqual([]);
      // Who reads it must still find what it is, for which day, and the code.
      expect(slip.lines.length).toBeGreaterThan(8);
      expect(slip.lines.at(-1)).toEqual({ kind: 'cut' });
    }
  });

  test.each(['9007199254.123456', '0.000001', '-7000.5', '123456', '', 'many', '1e9'])(
    'figures of %j',
    (figure) => {
      for (const slip of Object.values(papers(columns, language, inflated(samples, figure)))) {
        expect(breaches(slip)).toEqual([]);
      }
    },
  );

  test('any text at all', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    fc.assert(
      fc.property(text, (name) => {
        for (const slip of Object.values(papers(columns, language, spoiled(samples, name)))) {
          expect(breaches(slip)).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('a figure is never cut on the paper of an order', () => {
    const large = { ...samples, order: { ...samples.order, total: '1234567.89' } };
    expect(textOf(papers(columns, language, large)['order'] as Slip)).toContain('1,234,567.89');
  });
});

test('a line that is too wide, or holds a command, stops the slip', () => {
  const line = (text: string, size: 1 | 2 = 1): Slip => ({
    kind: 'waste',
    columns: 32,
    language: 'zh',
    lines: [{ kind: 'text', text, size, bold: false }],
  });
  expect(checkedSlip(line('肉'.repeat(16))).lines).toHaveLength(1);
  for (const [text, size] of [
    [`${'肉'.repeat(16)}.`, 1],
    ['肉'.repeat(9), 2],
    ['a\x1bp', 1],
    ['é', 1],
    ['𠮷', 1],
  ] as const) {
    expect(() => checkedSlip(line(text, size))).toThrow(/a line of|no printer has/);
  }
});

describe('a long list', () => {
  const line = suggestion.suppliers[0]?.lines[0];
  const lines = Array.from({ length: 150 }, (_, i) => ({
    ...line,
    item: `item-${i}`,
    name: { zh: `物料 ${i}`, en: `Item ${i}` },
  })) as (typeof suggestion.suppliers)[0]['lines'];
  const long = { ...suggestion, suppliers: [{ ...suggestion.suppliers[0], lines }] };

  test('is cut into pages that all say where they belong', () => {
    const slip = suggestionSlip(long as typeof suggestion, { columns: 48, language: 'zh' });
    const text = textOf(slip);
    expect(text.match(/次日采购建议/g)).toHaveLength(3);
    for (const page of ['第1/3页', '第2/3页', '第3/3页']) expect(text).toContain(page);
    expect(slip.lines.filter(({ kind }) => kind === 'cut')).toHaveLength(3);
    expect(slip.lines.filter(({ kind }) => kind === 'qr')).toHaveLength(1);
    for (let i = 0; i < 150; i++) expect(text).toMatch(new RegExp(`^物料 ${i} `, 'm'));
    expect(text.match(/REPRINT/g)).toBeNull();
    expect(textOf(reprintOf(slip, '11-22 21:40')).match(/重打 REPRINT 11-22 21:40/g)).toHaveLength(
      3,
    );
  });

  test('keeps a line and its why on one page', () => {
    const text = (words: string): SlipLine => ({ kind: 'text', text: words, size: 1, bold: false });
    const blocks = Array.from({ length: 7 }, (_, i) => [text(`a${i}`), text(`b${i}`)]);
    const pages = pagesOf({ blocks, head: () => [], foot: [text('end')], most: 5 });
    expect(pages.map((one) => (one.kind === 'text' ? one.text : '-')).join(' ')).toBe(
      'a0 b0 a1 b1 - a2 b2 a3 b3 - a4 b4 a5 b5 - a6 b6 end -',
    );
  });
});
