/** What the store is called: as set on the page, else by the book in force, else its id. */
import type { Config } from './config.ts';
import type { BookFields, BookStore } from './recipe-book/book-store.ts';
import type { Knowledge } from './recipe-book/knowledge.ts';
import type { Settings } from './setting-store.ts';

export type StoreNameParts = {
  readonly config: Pick<Config, 'store'>;
  readonly settings: Pick<Settings, 'get'>;
  readonly books: Pick<BookStore, 'fields'>;
  readonly receiving: { readonly knowledge: Knowledge };
  readonly ports: { readonly now: () => number };
};

/** The name in both languages. */
export function storeName(parts: StoreNameParts): { zh: string; en: string } {
  const set = parts.settings.get('storeName');
  const name = set ?? bookFields(parts).name ?? parts.config.store;
  if (typeof name === 'string') return { zh: name, en: name };
  const any = name.zh ?? name.en ?? parts.config.store;
  return { zh: name.zh ?? any, en: name.en ?? any };
}

/** Name and currency as the book in force says them; {} without a book. */
export function bookFields(parts: Omit<StoreNameParts, 'settings' | 'config'>): BookFields {
  const inForce = parts.receiving.knowledge.at(parts.ports.now());
  return inForce ? parts.books.fields(inForce.version.version) : {};
}
