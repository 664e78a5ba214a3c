/** What a printer has, what is made of the rest, and how lines are broken. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centred, cutText, pairOf, wrapText } from '#recipes/slips/layout.ts';
import { isShowable, showable, widthOf } from '#recipes/slips/letters.ts';

describe('letters', () => {
  test.each([
    ['五花肉 2kg', '五花肉 2kg', 10],
    ['Crème brûlée', 'Creme brulee', 12],
    ['½ 份 ﬁsh', '1/2 份 fish', 11],
    ['−4\u00a0℃ – ¥5', '-4 ℃ - ￥5', 11],
    ['a\x1bp\x00\x19\u00fab', 'apub', 4],
    ['👨‍👩‍👧‍👦面', '〓面', 4],
    ['𠮷野家', '〓野家', 6],
    ['\u202eab\u200b\ufeff', 'ab', 2],
    ['五\t花\n肉', '五 花 肉', 8],
    ['half\ud842', 'half〓', 6],
    ['z̷̢a̸l', 'zal', 3],
    ['한', '〓', 2],
  ])('%j is printed as %j', (text, shown, width) => {
    expect(showable(text)).toBe(shown);
    expect(widthOf(showable(text))).toBe(width);
  });

  test('of any text only what printers have is left, and it stays so', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const shown = showable(text);
        expect([...shown].every(isShowable)).toBe(true);
        expect(showable(shown)).toBe(shown);
      }),
    );
  });
});

describe('lines', () => {
  const words = fc
    .array(fc.constantFrom('五花肉', '，', '（', 'pork', '2.5kg', ' ', '￥', '300', '-'), {
      maxLength: 60,
    })
    .map((parts) => parts.join(''));

  test('hold all of a text and are never too wide', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 4, max: 48 }), (text, width) => {
        const lines = wrapText(text, width, { hang: 1 });
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
        const bare = (one: string) => one.replaceAll(' ', '');
        expect(bare(lines.join(''))).toBe(bare(text));
      }),
    );
  });

  test('are broken between Chinese letters and after words, not before a full stop', () => {
    expect(wrapText('不收冻品代替冷鲜。请准时', 16)).toEqual(['不收冻品代替冷', '鲜。请准时']);
    expect(wrapText('no frozen in place of chilled', 14)).toEqual([
      'no frozen in',
      'place of',
      'chilled',
    ]);
    expect(wrapText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrapText('约 ￥300', 4)).toEqual(['约', '￥30', '0']);
  });

  test('are cut with a mark, and a pair has a blank between', () => {
    expect(cutText('五花肉带皮', 7)).toBe('五花…');
    expect(cutText('五花肉', 6)).toBe('五花肉');
    expect(cutText('abcdef', 5)).toBe('abc…');
    expect(wrapText('五花肉带皮五花肉带皮', 8, { lines: 2 })).toEqual(['五花肉带', '皮五花…']);
    expect(pairOf('五花肉', '8kg', 10)).toBe('五花肉 8kg');
    expect(pairOf('五花肉', '8kg', 9)).toBeUndefined();
    expect(centred('店', 5)).toBe(' 店');
  });
});
