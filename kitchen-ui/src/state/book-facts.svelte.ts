import { type BookFacts, bookFacts } from './book-facts.ts';
import { useHouse } from './context.ts';
import { type Live, useLive } from './live.svelte.ts';

/** Yields and shelf lives of the book in force, kept on the tablet. */
export function useBookFacts(): Live<BookFacts> {
  const { api } = useHouse();
  return useLive<BookFacts>(
    'book-facts',
    async () => bookFacts(await api.book()),
    (change) => change.menu === true,
  );
}
