// The files of the project as a person would commit them, for the rules that read them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The project's folder, absolute. */
export const root = join(import.meta.dirname, '../..');

/** Paths, from the project's folder, of every file that git would not ignore; sorted. */
export function projectFiles(): string[] {
  const ignored = read('.gitignore')
    .split('\n')
    .map((line) => line.trim().replace(/\/$/, ''))
    .filter((line) => line !== '' && !line.startsWith('#'));
  return walk('', new Set([...ignored, '.git'])).sort();
}

/** The text of a file of the project. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Written by hand, and so subject to the rules on size and words. */
export function isCode(path: string): boolean {
  return /[.](ts|mjs|cjs|svelte|css|html)$/.test(path) || path === '.ci/run';
}

/** `path:line` of every line of `paths` that matches, for a message a person can click. */
export function linesThat(match: RegExp, paths: readonly string[]): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, i) => (match.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

function walk(folder: string, ignored: ReadonlySet<string>): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (ignored.has(entry.name) || ignored.has(path) || entry.name.endsWith('.log')) return [];
    return entry.isDirectory() ? walk(path, ignored) : [path];
  });
}
