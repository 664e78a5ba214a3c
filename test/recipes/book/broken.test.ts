// Whatever is done to a good book: the check never throws, and what it accepts can be opened and sold.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkBook } from '#recipes/book/check.ts';
import { parseBookText } from '#recipes/book/load.ts';
import { openKitchen } from '#recipes/kitchen.ts';
import { exampleYaml } from '../example-book.ts';
import { documentOf, randomBook } from '../random-book.ts';

type Tree = Record<string, unknown>;

function expectJudged(input: unknown): void {
  const check = checkBook(input);
  if (check.ok) {
    const kitchen = openKitchen(check.book);
    for (const id of kitchen.recipes.keys()) kitchen.explode(id, [], 'takeaway');
    return;
  }
  expect(check.problems.length).toBeGreaterThan(0);
  for (const problem of check.problems) {
    expect(problem.path).toMatch(/^((^|\.)[\p{L}_][\p{L}\p{N}_-]*|\[\d+\]|\[".*"\])*$/su);
    expect(problem.messageZh).not.toBe('');
    expect(problem.remedy).toBeDefined();
  }
}

/** Every place in the document, as the object that holds it and its key. */
function places(value: unknown, found: [holder: Tree, key: string][] = []): [Tree, string][] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value as Tree, key]);
    places((value as Tree)[key], found);
  }
  return found;
}

const nonsense = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    null,
    undefined,
    '',
    '0 g',
    '1 kgs',
    '-1 g',
    '9e9',
    1e300,
    -1,
    1.5,
    '∞',
    '200%',
    'r0',
    'i0',
    'constructor',
    '__proto__',
    [[]],
    {},
    { zh: 'x' },
    ['mon', 'mon'],
    Number.NaN,
    2 ** 53,
    '99999999999 t',
    { g: '2 g' },
  ),
);

describe('broken books', () => {
  test('one to four places overwritten, removed or renamed', () => {
    const example = parseBookText(exampleYaml, 'yaml');
    const start = fc.oneof(
      randomBook.map(documentOf),
      fc.constant(example.ok ? (example.value as Tree) : {}),
    );
    const change = fc.tuple(
      fc.nat(),
      nonsense,
      fc.constantFrom('set', 'set', 'delete', 'rename', 'double'),
    );
    let refused = 0;
    fc.assert(
      fc.property(start, fc.array(change, { minLength: 1, maxLength: 4 }), (good, changes) => {
        const book = structuredClone(good);
        for (const [where, value, how] of changes) {
          const all = places(book);
          const [holder, key] = all[where % all.length] ?? [book, 'larder'];
          // A copy: the next change may write into it, and a value put into itself is no JSON.
          if (how === 'set') holder[key] = structuredClone(value);
          else if (how === 'rename') holder[`${key}x`] = holder[key];
          else if (how === 'double' && Array.isArray(holder)) holder.push(holder[Number(key)]);
          else if (!Array.isArray(holder)) delete holder[key];
        }
        if (!checkBook(book).ok) refused++;
        expectJudged(book);
      }),
      { numRuns: 1500 },
    );
    expect(refused).toBeGreaterThan(750);
  });

  test('anything at all', () => {
    const part = fc.array(fc.object({ maxDepth: 2 }), { maxLength: 3 });
    const book = fc.record(
      { larder: fc.constant(1), items: part, recipes: part, modifiers: part, suppliers: part },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(fc.oneof(fc.anything(), book), expectJudged), { numRuns: 500 });
  });

  test('a line back to a recipe above is refused as a loop', () => {
    fc.assert(
      fc.property(randomBook, fc.nat(), fc.nat(), (random, a, b) => {
        const book = documentOf(random) as { recipes: { id: string; lines: unknown[] }[] };
        const low = a % book.recipes.length;
        const high = low + (b % (book.recipes.length - low));
        for (let i = low; i < high; i++) {
          book.recipes[i]?.lines.push({ recipe: `r${i + 1}`, qty: 1 });
        }
        book.recipes[high]?.lines.push({ recipe: `r${low}`, qty: 1 });
        const check = checkBook(book);
        const loops = check.ok ? [] : check.problems.filter(({ code }) => code === 'cycle');
        expect(loops.length).toBeGreaterThan(0);
        for (const { message } of loops) {
          const names = message.split(': ')[1]?.split(' -> ') ?? [];
          expect(names.at(0)).toBe(names.at(-1));
          names.slice(1).forEach((name, i) => {
            const lines = book.recipes.find(({ id }) => id === names[i])?.lines ?? [];
            expect(lines.some((line) => (line as { recipe?: string }).recipe === name)).toBe(true);
          });
        }
      }),
    );
  });
});
