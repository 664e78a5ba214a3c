/** Papers of the house are known by their codes, and nothing else is taken for one. */
import { expect, test } from 'vitest';
import { makeSuggestionCode } from '#recipes/scan/paper-code.ts';
import { routeScan } from '#recipes/scan/route-scan.ts';

test.each(['PO-20261123-014', ']Q1PO-20261123-014\r\n', ' PO-20261123-014 '])(
  'order %j',
  (text) => {
    expect(routeScan(text)).toEqual({ kind: 'order', order: 'PO-20261123-014' });
  },
);

test.each(['KS1:20261123-SH-0042', 'KS1：20261123-SH-0042'])('suggestion %j', (text) => {
  expect(routeScan(text)).toEqual({ kind: 'suggestion', day: '2026-11-23', store: 'SH-0042' });
});

test('what a suggestion is printed with is read', () => {
  expect(routeScan(makeSuggestionCode('2026-11-23', 'demo'))).toEqual({
    kind: 'suggestion',
    day: '2026-11-23',
    store: 'demo',
  });
});

test.each(['PO-', 'PO 14', 'APO-14', 'KS1:TEST-kitchen', 'KS1:2026-11-23', 'KS2:20261123-a'])(
  '%s is none',
  (text) => {
    expect(['order', 'suggestion']).not.toContain(routeScan(text).kind);
  },
);
