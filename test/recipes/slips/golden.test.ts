/**
 * Every paper as it was drawn: letter by letter, in both languages on both widths. After a wanted change
 * write them anew (`LARDER_GOLDEN=write vitest run test/recipes/slips/golden.test.ts`) and read what changed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FORMS, papers, textOf } from './slip-samples.ts';

test.each(FORMS)('$columns columns, $language', ({ columns, language }) => {
  const file = join(import.meta.dirname, 'golden', `${columns}-${language}.txt`);
  const said = Object.entries(papers(columns, language))
    .map(([name, slip]) => `### ${name}\n${textOf(slip)}\n`)
    .join('\n');
  if (process.env['LARDER_GOLDEN'] === 'write') writeFileSync(file, said);
  expect(said).toBe(readFileSync(file, 'utf8'));
});
