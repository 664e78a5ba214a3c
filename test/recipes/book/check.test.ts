import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type BookCheck, checkBook } from '#recipes/book/check.ts';
import { parseBookText } from '#recipes/book/load.ts';
import type { BookProblem } from '#recipes/book/problem.ts';
import { bookSchema } from '#recipes/contracts/book.ts';
import { openKitchen } from '#recipes/kitchen.ts';
import { exampleYaml } from '../example-book.ts';

function check(yaml: string): BookCheck {
  const read = parseBookText(yaml, 'yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return checkBook(read.value);
}

function problems(yaml: string): readonly BookProblem[] {
  const result = check(`larder: 1\n${yaml}`);
  return result.ok ? [] : result.problems;
}

const brief = (yaml: string): string[] => problems(yaml).map((p) => `${p.path} ${p.code}`);
const ITEMS = 'items: [{ id: rice, unit: g }, { id: egg, unit: ea }, { id: oil, unit: ml }]\n';
const dish = (lines: string, more = ''): string =>
  `${ITEMS}recipes: [{ id: dish, sku: D, ${more} lines: [${lines}] }]\n`;

describe('a good book', () => {
  test('the example is accepted as it is written, and opens', () => {
    const result = check(exampleYaml);
    expect(result.ok && openKitchen(result.book).recipes.size).toBe(6);
  });

  test('an empty one is a book', () => {
    expect(check('larder: 1').ok).toBe(true);
  });

  test('its JSON Schema can be published', () => {
    const schema = z.toJSONSchema(bookSchema, { io: 'input' });
    expect(Object.keys(schema.$defs ?? {})).toEqual(expect.arrayContaining(['Item', 'Recipe']));
    expect(schema.$defs?.['Book']).toMatchObject({
      additionalProperties: false,
      required: ['larder'],
    });
  });
});

describe('each mistake names its place', () => {
  test.each([
    ['unknown unit', dish('{ item: rice, qty: 2 kgs }'), 'recipes[0].lines[0].qty unknown_unit'],
    [
      'missing conversion',
      dish('{ item: rice, qty: 2 ml }'),
      'recipes[0].lines[0].qty no_conversion',
    ],
    ['no amount', dish('{ item: rice, qty: some }'), 'recipes[0].lines[0].qty bad_quantity'],
    ['negative amount', dish('{ item: rice, qty: -2 }'), 'recipes[0].lines[0].qty bad_quantity'],
    ['amount 0', dish('{ item: rice, qty: 0 g }'), 'recipes[0].lines[0].qty not_positive'],
    ['amount missing', dish('{ item: rice }'), 'recipes[0].lines[0].qty missing'],
    ['yield 0', dish('{ item: rice, qty: 1, yield: 0 }'), 'recipes[0].lines[0].yield bad_yield'],
    [
      'yield above 1',
      dish('{ item: rice, qty: 1, yield: 101% }'),
      'recipes[0].lines[0].yield bad_yield',
    ],
    ['yield of an item', 'items: [{ id: a, unit: g, yield: 1.2 }]', 'items[0].yield bad_yield'],
    [
      'yield of a recipe',
      dish('{ item: rice, qty: 1 }', 'yield: -1,'),
      'recipes[0].yield bad_yield',
    ],
    ['unknown item', dish('{ item: ric, qty: 1 }'), 'recipes[0].lines[0].item unknown_reference'],
    [
      'unknown recipe',
      dish('{ recipe: x, qty: 1 }'),
      'recipes[0].lines[0].recipe unknown_reference',
    ],
    [
      'a recipe named as item',
      dish('{ item: dish, qty: 1 }'),
      'recipes[0].lines[0].item unknown_reference',
    ],
    [
      'item and recipe',
      dish('{ item: rice, recipe: x, qty: 1 }'),
      'recipes[0].lines[0] item_and_recipe',
    ],
    ['neither', dish('{ qty: 1 }'), 'recipes[0].lines[0] missing'],
    ['no lines', 'recipes: [{ id: a }]', 'recipes[0].lines missing'],
    ['unknown unit of makes', dish('', 'makes: 2 trays,'), 'recipes[0].makes unknown_unit'],
    ['makes 0', dish('', 'makes: 0 kg,'), 'recipes[0].makes not_positive'],
    ['sold in no unit', dish('', 'makes: 2 kg, sold: bowl,'), 'recipes[0].sold unknown_unit'],
    [
      'loop of units',
      'items: [{ id: a, unit: g, units: { p: 2 q, q: 2 p } }]',
      'items[0].units.q inconsistent_units',
    ],
    ['id twice', `${ITEMS}recipes: [{ id: rice, lines: [] }]`, 'recipes[0].id duplicate_id'],
    ['sku twice', 'recipes: [{ id: a, sku: [S, S], lines: [] }]', 'recipes[0].sku duplicate_sku'],
    ['sku of a dish', `${dish('')}modifiers: [{ sku: D }]`, 'modifiers[0].sku duplicate_sku'],
    ['modifier twice', 'modifiers: [{ sku: M }, { sku: M }]', 'modifiers[1].sku duplicate_sku'],
    [
      'modifier scoped twice',
      `${dish('')}modifiers: [{ sku: M, on: dish }, { sku: M, on: [dish] }]`,
      'modifiers[1].sku duplicate_sku',
    ],
    ['scale 0', 'modifiers: [{ sku: M, scale: 0 }]', 'modifiers[0].scale bad_scale'],
    [
      'remove of nothing',
      `${ITEMS}modifiers: [{ sku: M, remove: rise }]`,
      'modifiers[0].remove unknown_reference',
    ],
    ['scope of nothing', 'modifiers: [{ sku: M, on: dis }]', 'modifiers[0].on unknown_reference'],
    [
      'swap without match',
      `${dish('{ item: rice, qty: 1 }')}modifiers: [{ sku: M, on: dish, swap: { from: egg, to: rice, qty: 1 } }]`,
      'modifiers[0].swap.from swap_without_match',
    ],
    [
      'swap in no recipe',
      `${ITEMS}modifiers: [{ sku: M, swap: { from: egg, to: rice, qty: 1 } }]`,
      'modifiers[0].swap.from swap_without_match',
    ],
    [
      'swap across dimensions',
      `${dish('{ item: rice, qty: 1 }')}modifiers: [{ sku: M, swap: { from: rice, to: egg } }]`,
      'modifiers[0].swap no_conversion',
    ],
    [
      'supplier of nothing',
      'suppliers: [{ id: s, items: [{ item: x, pack: 1 }] }]',
      'suppliers[0].items[0].item unknown_reference',
    ],
    [
      'pack in no unit',
      `${ITEMS}suppliers: [{ id: s, items: [{ item: rice, pack: 1 box }] }]`,
      'suppliers[0].items[0].pack unknown_unit',
    ],
    [
      'unknown weekday',
      'suppliers: [{ id: s, deliveries: [mon, funday] }]',
      'suppliers[0].deliveries[1] unknown_weekday',
    ],
    ['bad time', 'suppliers: [{ id: s, deliverAt: "24:00" }]', 'suppliers[0].deliverAt bad_time'],
    [
      'bad duration',
      'items: [{ id: a, unit: g, shelfLife: 3 days }]',
      'items[0].shelfLife bad_duration',
    ],
    [
      'bad par',
      'items: [{ id: a, unit: g, stock: { par: 2 l } }]',
      'items[0].stock.par no_conversion',
    ],
    [
      'unknown key deep down',
      'items: [{ id: a, unit: g, stock: { saftey: 1 } }]',
      'items[0].stock.saftey unknown_key',
    ],
    [
      'unknown language',
      'items: [{ id: a, unit: g, name: { cn: x } }]',
      'items[0].name.cn unknown_key',
    ],
    ['empty name', 'items: [{ id: a, unit: g, name: {} }]', 'items[0].name bad_name'],
    ['sku as number', 'recipes: [{ id: a, sku: 1001, lines: [] }]', 'recipes[0].sku bad_sku'],
    ['base unit', 'items: [{ id: a, unit: kg }]', 'items[0].unit bad_base_unit'],
    ['bad id', 'items: [{ id: "a b", unit: g }]', 'items[0].id bad_id'],
    ['no list', 'modifiers: {}', 'modifiers bad_list'],
    ['nothing under a key', 'modifiers:', 'modifiers bad_list'],
    ['bad instant', 'validFrom: 2026-11-22', 'validFrom bad_time'],
    ['too large', dish('{ item: rice, qty: 9999999999 kg }'), 'recipes[0].lines[0].qty too_large'],
    [
      'too large by yield',
      dish('{ item: rice, qty: 9000 t, yield: 0.5 }'),
      'recipes[0].lines[0].qty too_large',
    ],
  ])('%s', (_, yaml, expected) => {
    expect(brief(yaml)).toEqual([expected]);
  });

  test('a loop is named, through stocked recipes too', () => {
    const found = problems(`recipes:
  - { id: R1, lines: [{ recipe: R2, qty: 1 }] }
  - { id: R2, kept: stocked, lines: [{ recipe: R3, qty: 1 }] }
  - { id: R3, lines: [{ recipe: R1, qty: 1 }] }
  - { id: self, lines: [{ recipe: self, qty: 1 }] }`);
    expect(found.map((p) => [p.path, p.code, p.message.split(': ')[1]])).toEqual([
      ['recipes[2].lines[0].recipe', 'cycle', 'R1 -> R2 -> R3 -> R1'],
      ['recipes[3].lines[0].recipe', 'cycle', 'self -> self'],
    ]);
  });

  test('a sub-recipe whose unit the parent cannot use', () => {
    const found = problems(`${ITEMS}recipes:
  - { id: sauce, makes: 2 l, lines: [{ item: oil, qty: 2 l }] }
  - { id: dish, lines: [{ recipe: sauce, qty: 20 g }] }`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ path: 'recipes[1].lines[0].qty', code: 'no_conversion' });
    expect(found[0]?.remedy).toContain('sauce.units');
  });

  test('overflow that only nesting makes', () => {
    const levels = Array.from(
      { length: 8 },
      (_, i) => `  - { id: r${i}, lines: [{ recipe: r${i + 1}, qty: 100 }] }`,
    ).join('\n');
    const found = brief(
      `${ITEMS}recipes:\n${levels}\n  - { id: r8, lines: [{ item: rice, qty: 100 }] }`,
    );
    expect(found).toEqual([
      'recipes[0] too_large',
      'recipes[1] too_large',
      'recipes[2] too_large',
      'recipes[3] too_large',
      'recipes[4] too_large',
    ]);
  });

  test('one modifier per parent, and one for the others, may share a sku', () => {
    const yaml = `${ITEMS}recipes: [{ id: a, lines: [] }, { id: b, lines: [] }]
modifiers: [{ sku: M, on: a }, { sku: M, on: [b] }, { sku: M }]`;
    expect(brief(yaml)).toEqual([]);
  });
});

describe('all at once', () => {
  test('shape and meaning are told in the same breath, in both languages, with a remedy', () => {
    const found = problems(`nam: x
items:
  - { id: rice, unit: g, yeild: 0.9, yield: 2 }
  - { id: pork-belly, unit: kg }
recipes:
  - { id: dish, price: cheap, lines: [{ item: pork-bely, qty: 1 g }, { item: rice, qty: 1 cas }, 7] }
suppliers:
  - { id: s, cutOff: late, items: [{ item: pork-belly, pack: 1 }, { item: rice, pack: 0 }] }`);
    expect(found.map((p) => `${p.path} ${p.code}`)).toEqual([
      'nam unknown_key',
      'items[0].yeild unknown_key',
      'items[1].unit bad_base_unit',
      'recipes[0].price bad_money',
      'recipes[0].lines[2] bad_entry',
      'suppliers[0].cutOff bad_time',
      'items[0].yield bad_yield',
      'recipes[0].lines[0].item unknown_reference',
      'recipes[0].lines[1].qty unknown_unit',
      'suppliers[0].items[1].pack not_positive',
    ]);
    for (const problem of found) {
      expect(problem.messageZh).toMatch(/\p{Script=Han}/u);
      expect(problem.remedyZh).toMatch(/\p{Script=Han}/u);
      expect(problem.remedy).not.toBe('');
    }
    const remedies = found.map((p) => p.remedy);
    expect(remedies).toContain('did you mean "name"?');
    expect(remedies).toContain('did you mean "yield"?');
    expect(remedies).toContain('did you mean "pork-belly"?');
  });

  test.each([null, undefined, 7, 'text', [], new Date(0), Number.NaN])('%s is no book', (input) => {
    expect(checkBook(input).ok).toBe(false);
  });
});
