/** Modifiers of the book: what a guest's wish adds, removes, swaps or scales. */
import { compare, div, ONE, type Rational, ZERO } from '../rational.ts';
import { compileLines } from './compile-lines.ts';
import type { Draft, ModifierHead } from './draft.ts';
import { asList, type ModifierModel, type SwapModel } from './model.ts';
import { at, type Report } from './problem.ts';
import { ratio } from './ratio.ts';
import { positiveAmount, type References } from './references.ts';

/** Compiles every modifier; a part with a mistake is left out and reported. */
export function compileModifiers(
  draft: Draft,
  references: References,
  report: Report,
): readonly ModifierModel[] {
  const modifiers: ModifierModel[] = [];
  draft.modifiers.forEach(({ head, list }, m) => {
    const path = ['modifiers', m] as const;
    const lines = compileLines(list, [...path, 'lines'], references, report);
    if (head === undefined) return;
    for (const id of asList(head.on)) references.find(id, 'recipe', at(...path, 'on'));
    for (const id of asList(head.remove)) references.find(id, 'either', at(...path, 'remove'));
    modifiers.push({
      skus: asList(head.sku),
      on: head.on === undefined ? undefined : new Set(asList(head.on)),
      remove: asList(head.remove),
      scale: readScale(head.scale, at(...path, 'scale'), report),
      swap: readSwap(head.swap, path, references, report),
      lines,
      path: at(...path),
    });
  });
  return modifiers;
}

function readScale(
  raw: string | number | undefined,
  path: string,
  report: Report,
): Rational | undefined {
  if (raw === undefined) return undefined;
  const scale = ratio(raw);
  if (compare(scale, ZERO) > 0) return scale;
  report({
    path,
    code: 'bad_scale',
    message: `a scale of ${raw} is not above 0`,
    messageZh: `倍数 ${raw} 必须大于 0`,
    remedy: 'write for example 1.3 for a large portion; to leave things out use remove',
    remedyZh: '例如大份写 1.3；去掉用料请用 remove',
  });
  return undefined;
}

function readSwap(
  swap: ModifierHead['swap'],
  path: readonly PropertyKey[],
  references: References,
  report: Report,
): SwapModel | undefined {
  if (swap === undefined) return undefined;
  const from = references.find(swap.from, 'either', at(...path, 'swap', 'from'));
  const to = references.find(swap.to, 'either', at(...path, 'swap', 'to'));
  if (to === undefined) return undefined;
  if (swap.qty !== undefined) {
    const ep = positiveAmount(swap.qty, to.table, at(...path, 'swap', 'qty'), report);
    if (ep === undefined) return undefined;
    return { from: swap.from, to: swap.to, qty: div(ep, to.yield), factor: ONE };
  }
  if (from === undefined) return undefined;
  const factor = to.table.factor(from.base);
  if (factor.ok)
    return { from: swap.from, to: swap.to, qty: undefined, factor: div(factor.value, to.yield) };
  report({
    path: at(...path, 'swap'),
    code: 'no_conversion',
    message: `"${swap.from}" is in ${from.base}, which "${swap.to}" cannot be counted in`,
    messageZh: `“${swap.from}”以 ${from.base} 计，无法换算到“${swap.to}”`,
    remedy: `write how much "${swap.to}" one dish gets: swap: { …, qty: 1 ${to.base} }`,
    remedyZh: `请写明每份用多少“${swap.to}”：swap: { …, qty: 1 ${to.base} }`,
  });
  return undefined;
}
