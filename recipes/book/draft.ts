/** The document cut into pieces, each read by itself, so that one bad piece hides no other mistake. */
import type { z } from 'zod';
import {
  type Book,
  type BookItem,
  type BookLine,
  type BookSupplierItem,
  bookHeadSchema,
  itemSchema,
  modifierHeadSchema,
  recipeHeadSchema,
  recipeLineSchema,
  supplierHeadSchema,
  supplierItemSchema,
} from '../contracts/book.ts';
import { at, type Report } from './problem.ts';
import { isRecord, type PieceSchema, readList, readPiece } from './shape.ts';

export type RecipeHead = Omit<z.infer<typeof recipeHeadSchema>, 'lines'>;
export type ModifierHead = Omit<z.infer<typeof modifierHeadSchema>, 'lines'>;
export type SupplierHead = Omit<z.infer<typeof supplierHeadSchema>, 'items'>;

/** A head and its list; undefined stands where a piece could not be read. */
export type Piece<H, L> = {
  readonly head: H | undefined;
  readonly list: readonly (L | undefined)[];
};

/** Every list has the length and order of the document, so that an index is a place in it. */
export type Draft = {
  readonly items: readonly (BookItem | undefined)[];
  readonly recipes: readonly Piece<RecipeHead, BookLine>[];
  readonly modifiers: readonly Piece<ModifierHead, BookLine>[];
  readonly suppliers: readonly Piece<SupplierHead, BookSupplierItem>[];
  /** Ids as written, of broken pieces too: a reference to one of them is not a second mistake. */
  readonly itemIds: ReadonlySet<string>;
  readonly recipeIds: ReadonlySet<string>;
};

/** Reads any input; reports every mistake of shape. */
export function readDraft(input: unknown, report: Report): Draft {
  const head = isRecord(input) ? input : {};
  readPiece(bookHeadSchema, input, [], report);
  const items = readList(head['items'], ['items'], 20_000, report);
  const recipes = readList(head['recipes'], ['recipes'], 10_000, report);
  const modifiers = readList(head['modifiers'], ['modifiers'], 10_000, report);
  const suppliers = readList(head['suppliers'], ['suppliers'], 2_000, report);
  return {
    items: items.map((raw, i) => readPiece(itemSchema, raw, ['items', i], report)),
    recipes: recipes.map((raw, i) =>
      readNested(raw, ['recipes', i], recipeHeadSchema, 'lines', recipeLineSchema, 500, report),
    ),
    modifiers: modifiers.map((raw, i) =>
      readNested(raw, ['modifiers', i], modifierHeadSchema, 'lines', recipeLineSchema, 200, report),
    ),
    suppliers: suppliers.map((raw, i) =>
      readNested(
        raw,
        ['suppliers', i],
        supplierHeadSchema,
        'items',
        supplierItemSchema,
        5000,
        report,
      ),
    ),
    itemIds: idsOf(items),
    recipeIds: idsOf(recipes),
  };
}

/** The same cut of a book that has been checked. */
export function draftOf(book: Book): Draft {
  return {
    items: book.items ?? [],
    recipes: (book.recipes ?? []).map((recipe) => ({ head: recipe, list: recipe.lines })),
    modifiers: (book.modifiers ?? []).map((modifier) => ({
      head: modifier,
      list: modifier.lines ?? [],
    })),
    suppliers: (book.suppliers ?? []).map((supplier) => ({
      head: supplier,
      list: supplier.items ?? [],
    })),
    itemIds: idsOf(book.items ?? []),
    recipeIds: idsOf(book.recipes ?? []),
  };
}

function readNested<H, L>(
  raw: unknown,
  path: readonly PropertyKey[],
  headSchema: PieceSchema<H>,
  listKey: 'lines' | 'items',
  lineSchema: PieceSchema<L>,
  limit: number,
  report: Report,
): Piece<H, L> {
  const head = readPiece(headSchema, raw, path, report);
  const rawList = isRecord(raw) ? raw[listKey] : undefined;
  if (path[0] === 'recipes' && isRecord(raw) && rawList === undefined) {
    report({
      path: at(...path, listKey),
      code: 'missing',
      message: '"lines" is missing',
      messageZh: '缺少“lines”',
      remedy: 'add the ingredients: lines: [ { item: rice, qty: 200 g } ]',
      remedyZh: '请添加用料：lines: [ { item: rice, qty: 200 g } ]',
    });
  }
  const list = readList(rawList, [...path, listKey], limit, report).map((line, i) =>
    readPiece(lineSchema, line, [...path, listKey, i], report),
  );
  return { head, list };
}

function idsOf(list: readonly unknown[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const raw of list) {
    const id = isRecord(raw) ? raw['id'] : undefined;
    if (typeof id === 'string') ids.add(id);
  }
  return ids;
}
