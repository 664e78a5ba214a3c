/** Which recipe an unknown POS code may be, by its name or code: proposals for a person to accept. */
import type { Kitchen } from '#recipes/kitchen.ts';

export type Proposal = {
  readonly recipe: string;
  readonly name: { readonly zh?: string; readonly en?: string };
  /** 0 to 1: the share of letter pairs in common (Dice coefficient). */
  readonly score: number;
};

const SCORE_MIN = 0.35;
const PROPOSALS_MAX = 5;

export function proposals(kitchen: Kitchen, sku: string, name: string | undefined): Proposal[] {
  const wanted = [name, sku].flatMap((text) => (text === undefined ? [] : [text]));
  return [...kitchen.recipes.values()]
    .filter((recipe) => recipe.kind === 'dish')
    .map((recipe) => {
      const known = [recipe.name.zh, recipe.name.en, recipe.id, ...recipe.skus];
      const scores = wanted.flatMap((a) => known.map((b) => (b === undefined ? 0 : alike(a, b))));
      return { recipe: recipe.id, name: recipe.name, score: Math.max(0, ...scores) };
    })
    .filter((proposal) => proposal.score >= SCORE_MIN)
    .sort((a, b) => b.score - a.score)
    .slice(0, PROPOSALS_MAX);
}

function alike(a: string, b: string): number {
  const left = pairs(a);
  const right = pairs(b);
  if (left.length === 0 || right.length === 0) return a.toLowerCase() === b.toLowerCase() ? 1 : 0;
  const pool = [...right];
  let common = 0;
  for (const pair of left) {
    const at = pool.indexOf(pair);
    if (at < 0) continue;
    pool.splice(at, 1);
    common++;
  }
  return (2 * common) / (left.length + right.length);
}

function pairs(text: string): string[] {
  const letters = [...text.toLowerCase().replace(/[\s._/-]+/g, '')].slice(0, 64);
  return letters.slice(1).map((letter, i) => `${letters[i] ?? ''}${letter}`);
}
