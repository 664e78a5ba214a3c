/** The A4 order: its text can be copied, every line is on a page, pages are numbered, and it is small. */
import { describe, expect, test } from 'vitest';
import { orderPdf } from '../../../../edge/print/pdf/order-pdf.ts';
import { hostileNames, spoiled } from '../../../recipes/slips/hostile.ts';
import { order } from '../../../recipes/slips/slip-samples.ts';
import { readPdf } from './read-pdf.ts';

const LIMIT = 300_000;
const bare = (text: string) => text.replaceAll(/\s/g, '');

test('says in Chinese what is ordered', async () => {
  const bytes = await orderPdf(order, 'zh');
  const { pages } = readPdf(bytes);
  expect(pages).toHaveLength(1);
  const text = bare(pages[0] ?? '');
  for (const said of [
    '采购订单',
    'PO-20261123-014',
    '第1版',
    '订货方:淮海路店SH-0042',
    '上海市黄浦区淮海中路',
    '供应商:金锣鲜肉(SUP-07)',
    '2026-11-23(一)06:00',
    '五花肉带皮',
    '4件=8kg',
    '8托=240个',
    '附检疫票',
    '￥496.00',
    '肆佰玖拾陆元整',
    '不收冻品代替冷鲜',
    '王店长11-22(日)21:41',
    '第1/1页',
  ]) {
    expect(text).toContain(said);
  }
  expect(bytes.length).toBeLessThan(LIMIT);
});

test('says it in English', async () => {
  const text = bare(readPdf(await orderPdf(order, 'en')).pages.join(''));
  for (const said of ['PURCHASEORDER', 'Porkbelly', '4pk=8kg', 'CNY496.00', 'Page1/1', 'Driver:']) {
    expect(text).toContain(said);
  }
  expect(text).not.toContain('肆佰玖拾陆元整');
});

test('a long order runs over numbered pages, each with the head of the table', async () => {
  const [one] = order.lines;
  const lines = Array.from({ length: 300 }, (_, i) => ({
    ...one,
    name: { zh: `物料第${i}号`, en: `Item number ${i}` },
  })) as typeof order.lines;
  const bytes = await orderPdf({ ...order, lines }, 'zh');
  const { pages } = readPdf(bytes);
  expect(pages.length).toBeGreaterThan(5);
  pages.forEach((page, i) => {
    expect(bare(page)).toContain(`第${i + 1}/${pages.length}页`);
    expect(bare(page)).toContain('品名/规格');
    expect(bare(page)).toContain('PO-20261123-014');
  });
  const all = bare(pages.join(''));
  for (let i = 0; i < 300; i++) expect(all).toContain(`物料第${i}号`);
  expect(bytes.length).toBeLessThan(LIMIT);
}, 20_000);

describe('names that somebody means harm with', () => {
  test.each(Object.entries(hostileNames))('%s', async (_, name) => {
    for (const language of ['zh', 'en'] as const) {
      const bytes = await orderPdf({ ...spoiled(order, name), order: order.order }, language);
      const text = bare(readPdf(bytes).pages.join(''));
      expect(text).toContain('PO-20261123-014');
      expect(text).toContain('496.00');
      expect(text).not.toContain('?'.repeat(3));
      expect(bytes.length).toBeLessThan(LIMIT);
    }
  });
});

test('an order that was called off or not approved says so on top', async () => {
  const text = async (state: string) =>
    bare(readPdf(await orderPdf({ ...order, state }, 'zh')).pages.join(''));
  expect(await text('cancelled')).toContain('***已取消***');
  expect(await text('submitted')).toContain('***未批准,不得送货***');
  expect(await text('approved')).not.toMatch(/未批准|已取消/);
});
