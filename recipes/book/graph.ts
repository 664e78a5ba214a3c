/** Which recipe is made of which. */
import type { Draft } from './draft.ts';
import { at, type Report } from './problem.ts';

/**
 * Ranks the recipes, parents before their parts, and reports every loop by name. Walks with its own
 * stack, so depth cannot overflow it.
 */
export function orderRecipes(draft: Draft, report: Report): ReadonlyMap<string, number> {
  const edges = edgesOf(draft);
  const state = new Map<string, 'open' | 'done'>();
  const finished: string[] = [];
  for (const root of edges.keys()) {
    if (state.has(root)) continue;
    const stack: { id: string; next: number }[] = [{ id: root, next: 0 }];
    state.set(root, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const edge = edges.get(top.id)?.[top.next++];
      if (edge === undefined) {
        state.set(top.id, 'done');
        finished.push(top.id);
        stack.pop();
      } else if (state.get(edge.to) === 'open') {
        const start = stack.findIndex((entry) => entry.id === edge.to);
        reportLoop([...stack.slice(start).map((entry) => entry.id), edge.to], edge.path, report);
      } else if (!state.has(edge.to)) {
        state.set(edge.to, 'open');
        stack.push({ id: edge.to, next: 0 });
      }
    }
  }
  checkDepth(draft, finished, edges, report);
  return new Map(finished.reverse().map((id, i) => [id, i]));
}

/**
 * Deepest nesting of recipes. Real kitchens have five levels; without an end a hostile book would make
 * fractions with millions of digits, and the first sale would wait for them.
 */
const NESTING_MAX = 1000;

type Edge = { readonly to: string; readonly path: string };

function edgesOf(draft: Draft): ReadonlyMap<string, readonly Edge[]> {
  const edges = new Map<string, Edge[]>();
  draft.recipes.forEach(({ head, list }, r) => {
    if (head === undefined || edges.has(head.id)) return;
    const own: Edge[] = [];
    list.forEach((line, l) => {
      const to = line?.recipe;
      if (to !== undefined && draft.recipeIds.has(to)) {
        own.push({ to, path: at('recipes', r, 'lines', l, 'recipe') });
      }
    });
    edges.set(head.id, own);
  });
  return edges;
}

/** `finished` has every part before its parents, but for the one that closes a loop. */
function checkDepth(
  draft: Draft,
  finished: readonly string[],
  edges: ReadonlyMap<string, readonly Edge[]>,
  report: Report,
): void {
  const place = new Map(draft.recipes.map(({ head }, r) => [head?.id, r]));
  const depth = new Map<string, number>();
  for (const id of finished) {
    let deepest = 0;
    for (const { to } of edges.get(id) ?? []) deepest = Math.max(deepest, depth.get(to) ?? 0);
    depth.set(id, deepest + 1);
    // Its parents are too deep as well; the first is where to begin.
    if (deepest !== NESTING_MAX) continue;
    report({
      path: at('recipes', place.get(id) ?? 0),
      code: 'too_deep',
      message: `"${id}" has more than ${NESTING_MAX} levels of recipes in it`,
      messageZh: `“${id}”的配方嵌套超过 ${NESTING_MAX} 层`,
      remedy: 'join some of its sub-recipes',
      remedyZh: '请合并部分子配方',
    });
  }
}

function reportLoop(loop: readonly string[], path: string, report: Report): void {
  const shown = loop.length <= 12 ? loop : [...loop.slice(0, 6), '…', ...loop.slice(-5)];
  report({
    path,
    code: 'cycle',
    message: `a recipe cannot be made of itself: ${shown.join(' -> ')}`,
    messageZh: `配方不能循环引用：${shown.join(' -> ')}`,
    remedy: 'remove one line of this loop',
    remedyZh: '请删除循环中的一行',
  });
}
