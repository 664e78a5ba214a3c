import { describe, expect, it } from 'vitest';
import { allEn as en, wordLists, allZh as zh } from '#recipes/words/all-words.ts';
import { readable, readableText } from '#recipes/words/readable.ts';
import { nameIn, say, sayIfKnown, secondName } from '#recipes/words/words.ts';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();

describe('the two languages say the same', () => {
  it('has the same keys in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
  });

  it('defines each text in one file only', () => {
    const keys = wordLists.flatMap((list) => Object.keys(list));
    expect(keys).toHaveLength(new Set(keys).size);
    expect(keys).toHaveLength(Object.keys(zh).length);
  });

  it('has the same placeholders, and no text is empty', () => {
    for (const key of Object.keys(zh) as (keyof typeof zh)[]) {
      expect(placeholders(en[key]), key).toEqual(placeholders(zh[key]));
      for (const text of [en[key], zh[key]]) {
        expect(text.trim(), key).toBe(text);
        expect(text, key).not.toBe('');
      }
    }
  });

  it('is Chinese in Chinese and has no Chinese in English', () => {
    const han = /\p{Script=Han}/u;
    // A unit or a figure is the same in both.
    const latin = new Set(['unit.l']);
    for (const [key, text] of Object.entries(zh)) {
      if (!latin.has(key) && text !== en[key as keyof typeof zh]) expect(text, key).toMatch(han);
    }
    for (const [key, text] of Object.entries(en)) expect(text, key).not.toMatch(han);
  });

  it('has no characters that a font may draw as an empty box', () => {
    for (const text of [...Object.values(zh), ...Object.values(en)]) {
      expect(text).not.toMatch(/[\u2190-\u2bff\u{1f000}-\u{1faff}]/u);
    }
  });
});

describe('say', () => {
  it('fills every placeholder, and leaves text that only looks like one', () => {
    expect(say('zh', 'ago.seconds', { n: 3 })).toBe('3 秒前');
    expect(say('en', 'inbox.wasteSaid', { name: '{n}', amount: '$1' })).toBe(
      'Waste {n} $1 Expired',
    );
  });

  it('shows an unknown kind as its own name', () => {
    expect(sayIfKnown('zh', 'move.sale', 'sale')).toBe('销售');
    expect(sayIfKnown('zh', 'move.teleport', 'teleport')).toBe('teleport');
    expect(sayIfKnown('zh', 'toString', 'x')).toBe('x');
  });
});

describe('names', () => {
  const name = { zh: '五花肉', en: 'Pork belly' };

  it('puts the language of the reader first and the other second', () => {
    expect([nameIn('zh', name), secondName('zh', name)]).toEqual(['五花肉', 'Pork belly']);
    expect([nameIn('en', name), secondName('en', name)]).toEqual(['Pork belly', '五花肉']);
  });

  it('falls back to the name there is, then to the id', () => {
    expect(nameIn('en', { zh: '五花肉' }, 'pork-belly')).toBe('五花肉');
    expect(secondName('en', { zh: '五花肉' })).toBe('');
    expect(nameIn('en', {}, 'pork-belly')).toBe('pork-belly');
    expect(nameIn('en', null, 'pork-belly')).toBe('pork-belly');
    expect(nameIn('en', '红烧肉', 'M-1001')).toBe('红烧肉');
  });
});

describe('readable amounts', () => {
  it.each([
    ['4200', 'g', '4.2', 'kg'],
    ['4200.5', 'g', '4.201', 'kg'],
    ['1000', 'g', '1', 'kg'],
    ['999.96', 'g', '1,000', 'g'],
    ['999.9', 'g', '999.9', 'g'],
    ['0.04', 'g', '0', 'g'],
    ['-120', 'g', '\u2212120', 'g'],
    ['-1234.5', 'g', '\u22121.235', 'kg'],
    ['-0.01', 'g', '0', 'g'],
    ['5400', 'ml', '5.4', 'L'],
    ['12345', 'ea', '12,345', 'pcs'],
    ['0', 'g', '0', 'g'],
    ['1234567000', 'g', '1,234,567', 'kg'],
    ['7', 'bundle', '7', 'bundle'],
    ['many', 'g', 'many', 'g'],
  ])('%s %s reads %s %s', (amount, unit, value, word) => {
    expect(readable('en', amount, unit)).toEqual({ value, unit: word });
  });

  it('keeps three decimals where somebody checks', () => {
    expect(readableText('zh', '220.333333', 'g', 3)).toBe('220.333\u00a0g');
    expect(readableText('zh', '2', 'ea', 3)).toBe('2\u00a0个');
  });
});
