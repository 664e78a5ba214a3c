import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countKeys, findDuplicateKeys, parseStrict } from '../../../edge/adapters/json-strict.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** JSON text with random spaces between its parts, as a foreign writer may produce it. */
const spaced = fc
  .tuple(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom('', ' ', '\t'))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

describe('countKeys', () => {
  it('counts what a slow reference counts', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        expect(countKeys(encode(text))).toBe(keysOf(JSON.parse(text)));
      }),
      { numRuns: 2000 },
    );
  });

  it('counts repeated keys, and nothing that stands inside strings', () => {
    expect(countKeys(encode('{"a":1,"a":2,"b":{"a" \n : "x\\":{\\"q\\":1}"}}'))).toBe(4);
    expect(countKeys(encode('["a:b", "\\\\", ":", "\\"\\\\\\":"]'))).toBe(0);
    expect(countKeys(encode('{"规格：大":":","":1}'))).toBe(2);
    expect(countKeys(encode('"never closed: \\'))).toBe(0);
  });
});

describe('findDuplicateKeys', () => {
  it('finds a key planted twice at any depth, and only that', () => {
    const step = fc.oneof(fc.string({ maxLength: 6 }), fc.nat({ max: 3 }));
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 40 }),
        fc.string({ maxLength: 8 }),
        fc.jsonValue(),
        fc.jsonValue(),
        (steps, key, one, two) => {
          const name = JSON.stringify(key);
          const other = JSON.stringify(`${key}!`);
          let text = `{${name}:${JSON.stringify(one)},${other}:0,${name}:${JSON.stringify(two)}}`;
          let path = pointer(key);
          for (const s of steps) {
            text =
              typeof s === 'number'
                ? `[${'{"x":0},'.repeat(s)}${text}]`
                : `{${JSON.stringify(s)}: ${text}}`;
            path = pointer(s) + path;
          }
          expect(findDuplicateKeys(text)).toEqual([path]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('finds none where there is none', () => {
    fc.assert(
      fc.property(spaced, (text) => {
        expect(findDuplicateKeys(text)).toEqual([]);
      }),
    );
  });

  it('compares what keys say, tells each place once, and walks any depth', () => {
    expect(findDuplicateKeys('{"a":1,"\\u0061":2,"a":3}')).toEqual(['/a']);
    expect(findDuplicateKeys('[{"a/b":1},{"a/b":1,"a/b":1,"m~n":{"":1,"":2}}]')).toEqual([
      '/1/a~1b',
      '/1/m~0n/',
    ]);
    expect(findDuplicateKeys('{"__proto__":1,"constructor":2}')).toEqual([]);
    const deep = `${'['.repeat(200_000)}{"k":1,"k":2}${']'.repeat(200_000)}`;
    expect(findDuplicateKeys(deep)).toEqual([`${'/0'.repeat(200_000)}/k`]);
    expect(findDuplicateKeys('{"a":1,"a":2,oops')).toEqual(['/a']);
  });
});

describe('parseStrict', () => {
  it('accepts exactly what JSON.parse accepts, with the same value', () => {
    const soup = fc.string({
      unit: fc.constantFrom(
        ...'{}[]",:\\ \n\t01.-+eEu',
        'true',
        'null',
        '"a"',
        '\\u00e9',
        '\u0001',
        '中',
      ),
      maxLength: 24,
    });
    const mutated = fc.tuple(spaced, fc.nat(), soup).map(([text, at, extra]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + extra.slice(0, 2) + text.slice(cut + (at % 3));
    });
    fc.assert(
      fc.property(fc.oneof(soup, mutated), (text) => {
        const strict = parseStrict(text);
        let value: unknown;
        try {
          value = JSON.parse(text);
        } catch {
          expect(strict.ok).toBe(false);
          return;
        }
        expect(strict).toMatchObject({ ok: true, value });
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ['', 1, 1, 'value_expected'],
    ['{"a":1,}', 1, 8, 'key_expected'],
    ['{"a":1\n "b":2}', 2, 2, 'comma_expected'],
    ['{"a":1\r\n,"b" 2}', 2, 6, 'colon_expected'],
    ['["a\tb"]', 1, 4, 'control_character'],
    ['["\\x"]', 1, 3, 'bad_escape'],
    ['["abc', 1, 6, 'unterminated_string'],
    ['[01]', 1, 3, 'comma_expected'],
    ['["𠮷野家",]', 1, 8, 'value_expected'],
    ['{} x', 1, 4, 'text_after_end'],
    ["{'a':1}", 1, 2, 'key_expected'],
    ['[NaN]', 1, 2, 'value_expected'],
  ])('%j is at fault in line %i column %i: %s', (text, line, column, kind) => {
    expect(parseStrict(text)).toMatchObject({ ok: false, line, column, kind });
  });

  it('tells the place in both languages', () => {
    const fault = parseStrict('{"a":1\n "b":2}');
    expect(fault).toMatchObject({
      detail: {
        en: 'a comma or a closing bracket was expected, found """, at line 2 column 2',
        zh: '第 2 行第 2 列应为逗号或右括号，实际为"""',
      },
    });
  });
});

function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum: number, part) => sum + keysOf(part), own);
}

function pointer(step: string | number): string {
  return `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
