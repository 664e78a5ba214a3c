import { describe, expect, it } from 'vitest';
import { allZh } from '#recipes/words/all-words.ts';
import { chainEn, chainZh } from '#recipes/words/screens/chain.ts';
import { chainAccessEn, chainAccessZh } from '#recipes/words/screens/chain-access.ts';
import { chainBooksEn, chainBooksZh } from '#recipes/words/screens/chain-books.ts';
import { chainGoodsEn, chainGoodsZh } from '#recipes/words/screens/chain-goods.ts';
import { chainOfficeEn, chainOfficeZh } from '#recipes/words/screens/chain-office.ts';
import { chainTransfersEn, chainTransfersZh } from '#recipes/words/screens/chain-transfers.ts';
import { tell, tellIfKnown } from '../../kitchen-ui/chain/src/words.ts';
import { projectFiles, read } from '../house/tree.ts';

type Words = Readonly<Record<string, string>>;
const zhLists: readonly Words[] = [
  chainZh,
  chainGoodsZh,
  chainOfficeZh,
  chainBooksZh,
  chainTransfersZh,
  chainAccessZh,
];
const enLists: readonly Words[] = [
  chainEn,
  chainGoodsEn,
  chainOfficeEn,
  chainBooksEn,
  chainTransfersEn,
  chainAccessEn,
];
const zh: Words = Object.assign({}, ...zhLists);
const en: Words = Object.assign({}, ...enLists);
const placeholders = (text = '') => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe("the words of the chain's board", () => {
  it('are the same texts in both languages, each in one file, and none of the tablet', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
    expect(zhLists.flatMap((list) => Object.keys(list))).toHaveLength(Object.keys(zh).length);
    expect(Object.keys(zh).filter((key) => !key.startsWith('hq.'))).toEqual([]);
    expect(Object.keys(zh).filter((key) => key in allZh)).toEqual([]);
  });

  it('have the same placeholders, and no text is empty', () => {
    for (const [key, text] of Object.entries(zh)) {
      expect(placeholders(en[key]), key).toEqual(placeholders(text));
      for (const one of [text, en[key] ?? '']) {
        expect(one.trim(), key).toBe(one);
        expect(one, key).not.toBe('');
      }
    }
  });

  it('are Chinese in Chinese, have no Chinese in English, and no characters that fonts lack', () => {
    const han = /\p{Script=Han}/u;
    for (const [key, text] of Object.entries(zh)) {
      if (text !== en[key]) expect(text, key).toMatch(han);
      expect(en[key], key).not.toMatch(han);
      expect(text + en[key], key).not.toMatch(/[\u2190-\u2bff\u{1f000}-\u{1faff}]/u);
    }
  });

  it('are all said somewhere', () => {
    const code = projectFiles()
      .filter((path) => path.startsWith('kitchen-ui/chain/src/'))
      .map(read)
      .join('\n');
    // Put together at run time: `hq.kind.` + the kind of the entry.
    const families = [...code.matchAll(/`(hq\.[\w.]+?)\.\$\{/g)].map((m) => `${m[1]}.`);
    const unsaid = Object.keys(zh).filter(
      (key) =>
        !new RegExp(`['"]${key}['"]`).test(code) &&
        !families.some((family) => key.startsWith(family)),
    );
    expect(unsaid).toEqual([]);
  });

  it('are filled, and an unknown kind shows as its own name', () => {
    expect(tell('en', 'hq.books.taken', { n: 2, of: 3 })).toBe('taken by 2 of 3');
    expect(tell('zh', 'hq.books.taken', { n: 2, of: 3 })).toBe('2/3 家已接受');
    expect(tellIfKnown('en', 'hq.kind.teleport', 'teleport')).toBe('teleport');
    expect(tellIfKnown('en', 'toString', 'x')).toBe('x');
  });
});
