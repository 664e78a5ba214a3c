import { describe, expect, it } from 'vitest';
import { rank, type Searchable } from '#recipes/words/search.ts';

const item = (id: string, zh: string, en: string, search: string, codes: string[] = []) => ({
  id,
  name: { zh, en },
  search,
  codes,
});
const ITEMS: readonly Searchable[] = [
  item('pork-loin', '猪里脊', 'Pork loin', 'zhuliji zlj'),
  item('pork-belly', '五花肉', 'Pork belly', 'wuhuarou whr', ['6901234567892']),
  item('chicken-thigh', '鸡腿肉', 'Chicken thigh, boned', 'jituirou jtr'),
  item('black-pepper', '黑胡椒', 'Black pepper', 'heihujiao hhj'),
  item('bell-pepper', '彩椒', 'Bell pepper', 'caijiao cj'),
];
const ids = (query: string) => rank(ITEMS, query).map((one) => one.id);

describe('rank', () => {
  it.each([
    ['whr', ['pork-belly']],
    ['wuhua', ['pork-belly']],
    ['WUHUAROU', ['pork-belly']],
    ['五花', ['pork-belly']],
    ['肉', ['pork-belly', 'chicken-thigh']],
    ['pork', ['pork-loin', 'pork-belly']],
    ['belly pork', ['pork-belly']],
    ['bel', ['bell-pepper', 'pork-belly']],
    ['jiao', ['black-pepper', 'bell-pepper']],
    ['6901234567892', ['pork-belly']],
    ['pork-l', ['pork-loin']],
    ['Ｐｏｒｋ ｂｅｌｌｙ', ['pork-belly']],
    ['nothing', []],
  ])('%s finds %j', (query, expected) => {
    expect(ids(query)).toEqual(expected);
  });

  it('puts the exact initials before what only contains them', () => {
    const two = [item('a', '甲', 'A', 'cjiao xcjx'), item('b', '乙', 'B', 'caijiao cj')];
    expect(rank(two, 'cj').map((one) => one.id)).toEqual(['b', 'a']);
  });

  it('finds everything in its own order without a query, and copes with bare items', () => {
    expect(ids('  ')).toEqual(ITEMS.map((one) => one.id));
    expect(rank([{ id: 'M-1', name: '红烧肉' }], '红')).toHaveLength(1);
  });

  it('finds the same among two thousand', () => {
    const many = Array.from({ length: 2000 }, (_, n) =>
      item(`i-${n}`, `菜${n}`, `Dish ${n}`, `cai${n}`),
    );
    expect(rank([...many, ...ITEMS], 'whr').map((one) => one.id)).toEqual(['pork-belly']);
    expect(rank(many, 'cai1999').map((one) => one.id)).toEqual(['i-1999']);
  });
});
