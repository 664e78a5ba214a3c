/** What a person reads of the entries that head office causes. */
import { expect, it } from 'vitest';
import type { EntryKind } from '#recipes/ledger/entry.ts';
import { entrySummary } from '#recipes/words/entry-words.ts';

const read = (kind: EntryKind, note: object | null) =>
  entrySummary(kind, note === null ? null : JSON.stringify(note), undefined).text;

it('says what became of a version, and why', () => {
  expect(read('catalog', { version: 3, kind: 'book', state: 'taken', corrected: 40 })).toEqual({
    en: "Took head office's recipe book 3 · 40 sales corrected",
    zh: '采用总部 配方册 3 · 补正 40 单',
  });
  const reason = { code: 'bad_override', en: 'no such unit', zh: '没有该单位' };
  expect(read('catalog', { version: 4, kind: 'book', state: 'refused', reason })).toEqual({
    en: "Refused head office's recipe book 4 · no such unit",
    zh: '未采用总部 配方册 4 · 没有该单位',
  });
});

it('tells a sale that a late book corrects from one that the till changed', () => {
  expect(read('snapshot', { why: 'late_book', hq: 3 }).en).toBe(
    'Corrected sale · its book came late',
  );
  expect(read('snapshot', null).en).toBe('Changed sale');
});
