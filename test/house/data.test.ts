// Files that programs read must be whole: lock file, migrations, words, compose file.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allEn as en, allZh as zh } from '#recipes/words/all-words.ts';
import { read, root } from './tree.ts';

const names = z.record(z.string(), z.string());
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      optionalDependencies: names.optional(),
    }),
  ),
});
const journalFile = z.object({
  entries: z.array(z.object({ idx: z.int(), when: z.int(), tag: z.string() })),
});

describe('package-lock.json', () => {
  const { packages } = lockFile.parse(JSON.parse(read('package-lock.json')));

  // npm sometimes writes only the parts of the machine it ran on; the others then fail to install.
  test('holds the parts for every processor and system', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !placesFor(path, name).some((place) => place in packages))
        .map((name) => `${path || 'the project'}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('names only the public registry, with a checksum for each package', () => {
    const odd = Object.entries(packages).filter(
      ([path, { resolved, integrity }]) =>
        path !== '' &&
        (integrity === undefined ||
          (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'))),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });
});

describe('edge/db/migrations', () => {
  const folder = join(root, 'edge/db/migrations');
  const { entries } = journalFile.parse(JSON.parse(read('edge/db/migrations/meta/_journal.json')));

  test('the journal only ascends: a migration is never put between others', () => {
    expect(entries.map((entry) => entry.idx)).toEqual(entries.map((_, i) => i));
    const times = entries.map((entry) => entry.when);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  test('the journal and the files are the same list', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
    expect(files.sort()).toEqual(entries.map((entry) => `${entry.tag}.sql`));
  });
});

describe('words', () => {
  test('both languages have the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  test.for(Object.entries(zh))(
    '%s is said in both, with the same places to fill',
    ([key, text]) => {
      const other: Readonly<Record<string, string>> = en;
      const english = other[key] ?? '';
      expect(text.trim()).not.toBe('');
      expect(english.trim()).not.toBe('');
      expect(placesIn(english)).toEqual(placesIn(text));
    },
  );
});

test('docker-compose.yml is sound', () => {
  expect(existsSync(join(root, 'docker-compose.yml'))).toBe(true);
  // It throws with the linter's words when there is anything to say.
  const dclint = join(root, 'node_modules/.bin/dclint');
  execFileSync(dclint, ['docker-compose.yml', '--max-warnings', '0'], { cwd: root });
});

/** Where npm may have put `name` for the package at `path`: beside it, or in any folder above. */
function placesFor(path: string, name: string): string[] {
  const places = [`node_modules/${name}`];
  const parts = path === '' ? [] : path.split('/node_modules/');
  for (let i = parts.length; i > 0; i--) {
    places.unshift(`${parts.slice(0, i).join('/node_modules/')}/node_modules/${name}`);
  }
  return places;
}

function placesIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort();
}
