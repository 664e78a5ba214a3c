// Style is a test, not a meeting: what no linter of ours can say.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isCode, linesThat, projectFiles, read, root } from './tree.ts';

const files = projectFiles();
const code = files.filter(isCode);
const texts = files.filter((path) => isCode(path) || /[.](md|json|ya?ml|sql|conf)$/.test(path));
const inFolder = (...folders: string[]) =>
  code.filter((path) => folders.some((folder) => path.startsWith(`${folder}/`)));

test('the walk finds the project', () => {
  expect(code.length).toBeGreaterThan(20);
  expect(files).toContain('package.json');
  expect(files.some((path) => path.includes('node_modules'))).toBe(false);
});

test('no file is longer than one idea: 300 lines, tests 400', () => {
  const long = code.flatMap((path) => {
    const lines = read(path).trimEnd().split('\n').length;
    const cap = path.startsWith('test/') ? 400 : 300;
    return lines > cap ? [`${path}: ${lines} lines, at most ${cap}`] : [];
  });
  expect(long).toEqual([]);
});

test('nothing is left for later in the code', () => {
  expect(linesThat(/\b(T[O]DO|FI[X]ME|XX[X])\b/, code)).toEqual([]);
});

test('nothing names a place of one machine', () => {
  const place = /(?<![\w.:/@-])\/(work|home|Users|root)\/[\w.-]+/;
  expect(linesThat(place, texts)).toEqual([]);
});

test('no test is the only one, none is silenced for the compiler', () => {
  expect(linesThat(/\b(test|it|describe)[.]on[l]y\(/, code)).toEqual([]);
  expect(
    linesThat(
      /@ts-(ignore|nocheck)\b/,
      code.filter((p) => p !== 'test/house/tidy.test.ts'),
    ),
  ).toEqual([]);
});

test('recipes/ never asks for the time', () => {
  expect(linesThat(/new Date\(\s*\)|\bDate\(\s*\)|Temporal\.Now/, inFolder('recipes'))).toEqual([]);
});

test('the box is told the time, the chance and the timers, it does not ask', () => {
  const world =
    /\b(Date\.now|new Date\(\s*\)|Math\.random|performance\.now|randomUUID|setTimeout\(|setInterval\()/;
  // The plumbing holds the real ones; programs and tools are where they are chosen.
  const allowed =
    /^edge\/(runtime|cli|demo)\/|^edge\/(main|app|box|build)[.]ts$|^edge\/launch|\/main[.]ts$/;
  const paths = inFolder('edge', 'cloud-bridge').filter((path) => !allowed.test(path));
  expect(linesThat(world, paths)).toEqual([]);
});

test('every function that others call says what it does', () => {
  expect(inFolder('recipes', 'edge', 'cloud-bridge').flatMap(silentFunctions)).toEqual([]);
});

test('each top folder has a README of one screen', () => {
  for (const folder of ['edge', 'kitchen-ui', 'cloud-bridge', 'recipes', 'test']) {
    const path = `${folder}/README.md`;
    expect(existsSync(join(root, path)), `${path} is missing`).toBe(true);
    expect(read(path).split('\n').length, `${path} is longer than a screen`).toBeLessThanOrEqual(
      60,
    );
  }
  expect(existsSync(join(root, 'README.md')), 'README.md is missing').toBe(true);
});

test('at the top stand the required names and tool configuration only', () => {
  const required = ['edge', 'kitchen-ui', 'cloud-bridge', 'recipes', 'test', 'package.json'];
  const also = ['tsconfig.json', 'docker-compose.yml', 'README.md', 'package-lock.json', 'LICENSE'];
  const tools = ['Dockerfile', 'biome.json', 'knip.json', 'vitest.config.ts', 'drizzle.config.ts'];
  const known = new Set([...required, ...also, ...tools]);
  const top = new Set(files.map((path) => path.split('/')[0] ?? ''));
  expect([...top].filter((name) => !known.has(name) && !name.startsWith('.'))).toEqual([]);
});

function silentFunctions(path: string): string[] {
  const lines = read(path).split('\n');
  const silent = lines.flatMap((line, i) => {
    const name = /^export (?:async )?function\*? (\w+)/.exec(line)?.[1];
    if (name === undefined) return [];
    const above = lines[i - 1]?.trim() ?? '';
    // The second line of an overload stands under the first.
    const said = /[*][/]$|^[/]{2}/.test(above) || above.includes(`function ${name}`);
    return said ? [] : [`${path}:${i + 1}: ${name} has no doc comment`];
  });
  // Where the file is about one function, the words at its top are that function's.
  const exported = lines.filter((line) => /^export (?:async )?function/.test(line)).length;
  const head = /^[/][/*]/.test(lines[0] ?? '');
  return head && exported === 1 ? [] : silent;
}
