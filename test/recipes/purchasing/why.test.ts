import { expect, test } from 'vitest';
import { suggestItem } from '#recipes/purchasing/suggest.ts';
import type { SuggestInput } from '#recipes/purchasing/suggest-input.ts';
import { whyText } from '#recipes/purchasing/why.ts';
import { DAY, daysOf, HOUR, KG, SUNDAY, someInput } from './some-input.ts';

const why = (change: Partial<SuggestInput>) =>
  whyText(suggestItem(someInput(change)), {
    unit: 'g',
    timeZone: 'Asia/Shanghai',
    now: someInput(change).now,
  });

const monday = { coverUntil: SUNDAY + 2 * DAY };
const spread = daysOf([1, 2, 3].map(() => ({ mean: 8 * KG, sd: 0.643 * KG })));

test.for<[string, Partial<SuggestInput>, string, string]>([
  ['safety and pack', { ...monday, days: spread }, '安全1kg 整件2kg', 'safety 1kg, pack 2kg'],
  ['enough', { ...monday, lots: [{ amount: 30 * KG, expiresAt: null }] }, '够用', 'enough'],
  [
    'nothing known',
    {
      ...monday,
      lowConfidence: true,
      par: 0,
      lots: [],
      days: daysOf([0, 0, 0].map(() => ({ mean: 0, sd: 0 }))),
    },
    '还没有用量记录,请自定',
    'no use known yet, decide yourself',
  ],
  ['par', { ...monday, lowConfidence: true }, '按标准6kg 整件2kg', 'par 6kg, pack 2kg'],
  ['room', { ...monday, max: 4 * KG }, '整件2kg 只放得下4kg', 'pack 2kg, room for 4kg'],
  [
    'use first',
    {
      ...monday,
      lots: [
        { amount: 3 * KG, expiresAt: SUNDAY + 36 * HOUR },
        { amount: 9 * KG, expiresAt: null },
      ],
    },
    '3kg先用 11-23 12:00到期',
    'use 3kg first, expires 11-23 12:00',
  ],
  [
    'runs out',
    {
      now: SUNDAY,
      arrivesAt: SUNDAY + DAY,
      coverUntil: SUNDAY + 2 * DAY,
      lots: [{ amount: 4.5 * KG, expiresAt: null }],
    },
    // 9 kg of Sunday, less 4.5 kg that are there: gone before anything can come.
    '整件2kg 只够到12:00 到货前缺4.5kg不补',
    'pack 2kg, lasts to 12:00, 4.5kg short before it comes, not ordered',
  ],
])('%s', ([_, change, zh, en]) => {
  expect(why(change)).toEqual({ zh, en });
});
