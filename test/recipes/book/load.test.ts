import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBookText } from '#recipes/book/load.ts';

/** `line:column code` of the first problem. */
function where(text: string, format: 'yaml' | 'json'): string {
  const read = parseBookText(text, format);
  const problem = read.ok ? undefined : read.problems[0];
  return problem === undefined ? 'ok' : `${problem.line}:${problem.column} ${problem.code}`;
}

describe('yaml', () => {
  test('reads what people write', () => {
    const read = parseBookText('\uFEFFlarder: 1\nat: 06:00\nx: &a { b: no }\ny: *a\n', 'yaml');
    expect(read).toEqual({
      ok: true,
      value: { larder: 1, at: '06:00', x: { b: 'no' }, y: { b: 'no' } },
    });
  });

  test.each([
    ['a: 1\nb: 2\na: 3\n', '3:1 duplicate_key'],
    ['items:\n  - { id: x, id: y }\n', '2:14 duplicate_key'],
    ['a: [1, 2\n', '2:1 bad_indent'],
    ['a: b: c\n', '1:4 block_as_implicit_key'],
    ['a: 1\n---\nb: 2\n', '2:1 multiple_docs'],
    ['a: !code x\n', '1:4 tag_resolve_failed'],
    ['a: *none\n', '1:1 bad_alias'],
  ])('%j fails at %s', (text, expected) => {
    expect(where(text, 'yaml')).toBe(expected);
  });

  test.each(['', 'x'])('anchors around [%s] cannot blow up', (leaf) => {
    const levels = Array.from(
      { length: 9 },
      (_, i) => `a${i}: &a${i} [${i === 0 ? leaf : `*a${i - 1},`.repeat(9)}]`,
    );
    expect(where(levels.join('\n'), 'yaml')).toBe('1:1 bad_alias');
  });
});

describe('json', () => {
  test.each([
    ['{"a":1,\n "a":2}', '2:2 duplicate_key'],
    ['{"a":1,"\\u0061":2}', '1:8 duplicate_key'],
    ['[{"a":{"b":1,"c":[{"b":1}],"b":2}}]', '1:28 duplicate_key'],
    ['{"a":1,\n "b":[}', '2:7 bad_json'],
    ['{"a":', '1:6 bad_json'],
    ['{"a" 1}', '1:6 bad_json'],
    ['[1,]', '1:4 bad_json'],
    ['{"a":1,}', '1:8 bad_json'],
    ['[01]', '1:3 bad_json'],
    ['[1 2]', '1:4 bad_json'],
    ['{a:1}', '1:2 bad_json'],
    ['["a\nb"]', '1:2 bad_json'],
    ['{} []', '1:4 bad_json'],
    ['[}', '1:2 bad_json'],
    ['', '1:1 bad_json'],
    ['{"a":"{\\"b\\":1","b":[{"a":1},{"a":1}],"c":"a"}', 'ok'],
  ])('%s: %s', (text, expected) => {
    expect(where(text, 'json')).toBe(expected);
  });

  test('every JSON value comes back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 2 }), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        expect(parseBookText(text, 'json')).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });
});

test('accepts what JSON.parse accepts, and nothing else', () => {
  const word = fc.constantFrom(
    ...'{}[]:,-0',
    '1',
    '"',
    '"a"',
    '"b":',
    'true',
    'null',
    '.5',
    'e3',
    ' ',
    '\n',
    '\\',
    'é',
    '\u0085',
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 7 }), (words) => {
      const text = words.join('');
      let good = true;
      try {
        JSON.parse(text);
      } catch {
        good = false;
      }
      const read = parseBookText(text, 'json');
      expect(read.ok || read.problems[0]?.code === 'duplicate_key').toBe(good);
    }),
    { numRuns: 20_000 },
  );
});

test('no text makes it throw', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'{}[]:,-&*!|>"\'\\ \n\tab1#?%@') }),
      (text) => {
        parseBookText(text, 'yaml');
        parseBookText(text, 'json');
      },
    ),
    { numRuns: 500 },
  );
});
