/** Names found by pinyin and first letters, whatever way a letter is read. */
import { expect, test } from 'vitest';
import { searchKeys } from '../../edge/recipe-book/search-keys.ts';

test.each([
  ['五花肉', ['wuhuarou', 'whr']],
  ['绿豆芽', ['lvdouya', 'ldy']],
  ['重庆小面', ['chongqingxiaomian', 'cqxm', 'zhongqingxiaomian']],
  ['单饼', ['danbing', 'shanbing', 'db']],
  ['调味料', ['tiaoweiliao', 'twl']],
  ['海鲈鱼 500g', ['hailuyu500g', 'hly500g']],
  ['红烧肉盖饭(大)', ['hongshaorougaifanda', 'hsrgfd']],
  ['女儿红', ['nverhong']],
])('%s', (zh, keys) => {
  expect(searchKeys({ zh }).split(' ')).toEqual(expect.arrayContaining(keys));
});

test('keys are lower case words, the usual reading first', () => {
  expect(searchKeys({ zh: '五花肉', en: 'Pork belly' })).toBe('wuhuarou whr');
  for (const zh of ['重庆(大)', '长粒米', 'XO酱', '㸆葱']) {
    expect(searchKeys({ zh })).toMatch(/^[a-z0-9\p{Script=Han}]+( [a-z0-9\p{Script=Han}]+)*$/u);
  }
});

test('a name without Chinese letters needs none', () => {
  expect(searchKeys({ en: 'Pork' })).toBe('');
  expect(searchKeys({})).toBe('');
});
