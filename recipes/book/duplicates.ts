/** Ids and codes that may stand in a book only once. */
import type { Draft } from './draft.ts';
import { asList } from './model.ts';
import { at, type Report } from './problem.ts';

/** Reports ids used twice (items and recipes share one space) and skus with two meanings. */
export function checkDuplicates(draft: Draft, report: Report): void {
  const ids = new Map<string, string>();
  const supplierIds = new Map<string, string>();
  draft.items.forEach((item, i) => {
    if (item !== undefined) once(ids, item.id, at('items', i, 'id'), 'id', report);
  });
  draft.recipes.forEach(({ head }, r) => {
    if (head !== undefined) once(ids, head.id, at('recipes', r, 'id'), 'id', report);
  });
  draft.suppliers.forEach(({ head }, s) => {
    if (head !== undefined) once(supplierIds, head.id, at('suppliers', s, 'id'), 'id', report);
  });
  checkSkus(draft, report);
}

type Scope = { readonly on: ReadonlySet<string> | undefined; readonly path: string };

/**
 * A dish's sku stands alone. Modifiers may share one when no recipe could mean two of them: scoped
 * ones with different recipes, and at most one for all the others.
 */
function checkSkus(draft: Draft, report: Report): void {
  const dishes = new Map<string, string>();
  draft.recipes.forEach(({ head }, r) => {
    for (const sku of asList(head?.sku)) once(dishes, sku, at('recipes', r, 'sku'), 'sku', report);
  });
  const scopes = new Map<string, Scope[]>();
  draft.modifiers.forEach(({ head }, m) => {
    if (head === undefined) return;
    const path = at('modifiers', m, 'sku');
    const on = head.on === undefined ? undefined : new Set(asList(head.on));
    for (const sku of asList(head.sku)) {
      const dish = dishes.get(sku);
      const others = scopes.get(sku) ?? [];
      const clash = dish ?? others.find((other) => overlap(other.on, on))?.path;
      if (clash !== undefined) duplicate(sku, 'sku', path, clash, report);
      scopes.set(sku, [...others, { on, path }]);
    }
  });
}

function overlap(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return [...a].some((id) => b.has(id));
}

function once(
  seen: Map<string, string>,
  key: string,
  path: string,
  what: 'id' | 'sku',
  report: Report,
): void {
  const first = seen.get(key);
  if (first === undefined) seen.set(key, path);
  else duplicate(key, what, path, first, report);
}

function duplicate(
  key: string,
  what: 'id' | 'sku',
  path: string,
  first: string,
  report: Report,
): void {
  const whatZh = what === 'id' ? '编号' : '收银编码';
  report({
    path,
    code: what === 'id' ? 'duplicate_id' : 'duplicate_sku',
    message: `the ${what} "${key}" is already used at ${first}`,
    messageZh: `${whatZh}“${key}”已在 ${first} 使用`,
    remedy: what === 'id' ? 'give one of them another id' : 'let one of them keep it',
    remedyZh: what === 'id' ? '请为其中一个换编号' : '只保留其中一个',
  });
}
