/** What a new book changes in the one in force, counted by id: the preview of an import. */
import type { Book } from '../contracts/book.ts';

export type ListChange = {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Ids or codes of what is added, changed and gone, the first few of each. */
  readonly examples: {
    readonly added: readonly string[];
    readonly changed: readonly string[];
    readonly removed: readonly string[];
  };
};

export type BookChanges = Readonly<
  Record<'items' | 'recipes' | 'modifiers' | 'suppliers', ListChange>
>;

/** @param before the book in force; undefined = there is none */
export function bookChanges(before: Book | undefined, after: Book): BookChanges {
  return {
    items: listChange(before?.items, after.items),
    recipes: listChange(before?.recipes, after.recipes),
    modifiers: listChange(before?.modifiers, after.modifiers),
    suppliers: listChange(before?.suppliers, after.suppliers),
  };
}

const EXAMPLES = 5;

type Entry = { readonly id?: unknown; readonly sku?: unknown };

function listChange(
  before: readonly Entry[] | undefined,
  after: readonly Entry[] | undefined,
): ListChange {
  const old = byKey(before ?? []);
  const fresh = byKey(after ?? []);
  const keys = [...fresh.keys()];
  const added = keys.filter((key) => !old.has(key));
  const changed = keys.filter((key) => old.has(key) && old.get(key) !== fresh.get(key));
  const removed = [...old.keys()].filter((key) => !fresh.has(key));
  return {
    added: added.length,
    changed: changed.length,
    removed: removed.length,
    examples: {
      added: added.slice(0, EXAMPLES),
      changed: changed.slice(0, EXAMPLES),
      removed: removed.slice(0, EXAMPLES),
    },
  };
}

/** A modifier has no id; its code names it. Two of one code (on different dishes) are told apart by place. */
function byKey(list: readonly Entry[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of list) {
    const name = entry.id ?? (Array.isArray(entry.sku) ? entry.sku.join(' ') : entry.sku);
    let key = String(name);
    while (found.has(key)) key += '+';
    found.set(key, JSON.stringify(entry));
  }
  return found;
}
