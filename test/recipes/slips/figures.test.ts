/** Figures and times of paper: capital figures after the rules for bills, kilograms as kitchens read them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capitalFigures } from '#recipes/slips/capital-figures.ts';
import {
  exactAmount,
  paperAmount,
  paperMoney,
  plainMoney,
  sumOfMoney,
} from '#recipes/slips/figures.ts';
import { orderedText, packSize, suggestedText } from '#recipes/slips/pack-words.ts';
import { slipClock } from '#recipes/slips/slip-time.ts';

describe('capital figures', () => {
  // The examples of the rules themselves, then our own.
  test.each([
    ['1409.50', '壹仟肆佰零玖元伍角整'],
    ['6007.14', '陆仟零柒元壹角肆分'],
    ['1680.32', '壹仟陆佰捌拾元叁角贰分'],
    ['107000.53', '壹拾万零柒仟元伍角叁分'],
    ['16409.02', '壹万陆仟肆佰零玖元零贰分'],
    ['325.04', '叁佰贰拾伍元零肆分'],
    ['496.00', '肆佰玖拾陆元整'],
    ['0', '零元整'],
    ['0.05', '伍分'],
    ['0.5', '伍角整'],
    ['10', '壹拾元整'],
    ['100000000', '壹亿元整'],
    ['100000001', '壹亿零壹元整'],
    ['1010101.01', '壹佰零壹万零壹佰零壹元零壹分'],
    ['20000.005', '贰万元零壹分'],
    ['-12', '负壹拾贰元整'],
  ])('%s is %s', (amount, figures) => {
    expect(capitalFigures(amount)).toBe(figures);
  });

  test('no two amounts look the same', () => {
    const amount = fc.integer({ min: 0, max: 999_999_999_99 });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        fc.pre(a !== b);
        const text = (fen: number) => capitalFigures((fen / 100).toFixed(2));
        expect(text(a)).not.toBe(text(b));
      }),
    );
  });

  test('of what is no amount there are none', () => {
    expect(capitalFigures('many')).toBeUndefined();
  });
});

describe('amounts', () => {
  test.each([
    ['4200', 'g', '4.2kg'],
    ['11043.217', 'g', '11.04kg'],
    ['123456', 'g', '123.5kg'],
    ['480.4', 'g', '480g'],
    ['2.25', 'g', '2.3g'],
    ['999.6', 'g', '1kg'],
    ['0', 'g', '0'],
    ['1500', 'ml', '1.5L'],
    ['265', 'ea', '265个'],
    ['2.5', 'ea', '2.5个'],
    ['many', 'g', 'manyg'],
  ])('%s %s is read as %s', (amount, unit, text) => {
    expect(paperAmount('zh', amount, unit)).toBe(text);
  });

  test('a sum that is worked out again is not rounded', () => {
    expect(exactAmount('zh', '11043', 'g')).toBe('11.043kg');
    expect(exactAmount('en', '265', 'ea')).toBe('265');
  });

  test('packs', () => {
    const tray = { pack: '1 tray', packText: '1 tray', packAmount: '30', unit: 'ea' };
    const meat = { pack: '2 kg', packText: '2 kg', packAmount: '2000', unit: 'g' };
    expect(suggestedText('zh', { ...tray, packs: 8, quantity: '240' })).toBe('8托');
    expect(suggestedText('zh', { ...meat, packs: 4, quantity: '8000' })).toBe('8kg');
    expect(suggestedText('zh', { ...tray, packs: 0, quantity: '0' })).toBe('0');
    expect(orderedText('zh', { ...meat, ordered: '8000' })).toBe('4件=8kg');
    expect(orderedText('en', { ...tray, ordered: '240' })).toBe('8tray=240');
    expect(orderedText('en', { ...meat, ordered: '7500' })).toBe('7.5kg');
    expect([packSize('zh', meat), packSize('zh', tray)]).toEqual(['2kg/件', '30个/托']);
  });
});

describe('money', () => {
  test('is grouped, with its currency where it is read', () => {
    expect(plainMoney('1234567.891')).toBe('1,234,567.89');
    expect(paperMoney('zh', 'CNY', '496')).toBe('￥496.00');
    expect(paperMoney('zh', 'CNY', '-0.5')).toBe('-￥0.50');
    expect(paperMoney('en', 'CNY', '496')).toBe('CNY 496.00');
    expect(plainMoney('-0.001')).toBe('0.00');
  });

  test('is added exactly; with one that is not known there is no sum', () => {
    expect(sumOfMoney(['0.1', '0.2'])).toBe('0.3');
    expect(sumOfMoney(['0.1', null])).toBeNull();
  });
});

describe('times', () => {
  const zh = slipClock('zh', 'Asia/Shanghai');
  const en = slipClock('en', 'America/New_York');
  test('are those of the store', () => {
    expect(zh.stamp('2026-11-22T16:30:00Z')).toBe('11-23(一) 00:30');
    expect(zh.stamp('2026-11-22T21:36:00+08:00')).toBe('11-22(日) 21:36');
    expect(zh.longDay('2026-11-22')).toBe('2026-11-22(日)');
    expect(zh.weekday('2026-11-25')).toBe('周三');
    expect(en.stamp('2026-11-01T05:30:00Z')).toBe('Sun 1 Nov 01:30');
    expect(en.stamp('2026-11-01T06:30:00Z')).toBe('Sun 1 Nov 01:30');
    expect(en.longDay('2026-11-22')).toBe('Sun 22 Nov 2026');
  });

  test('that are none stay as they are', () => {
    expect(zh.stamp('soon')).toBe('soon');
    expect(zh.longDay('2026-13-45')).toBe('2026-13-45');
    expect(en.day('')).toBe('');
  });
});
