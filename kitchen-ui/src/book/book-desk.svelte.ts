import { type Lang, say } from '#recipes/words/words.ts';
import type { BooksAnswer } from '../recipes/types.ts';
import { manage, type Outcome } from '../settings/set-setting.ts';
import { type House, useHouse } from '../state/context.ts';
import { type Live, useLive } from '../state/live.svelte.ts';
import type { BookInForce, Override, OverridesAnswer, SentAnswer } from './book-types.ts';
import { overrideData, shapeOf, type Thing, thingText, valueText } from './fields.ts';

/** What the page shows, kept fresh. */
export type BookDesk = {
  readonly overrides: Live<OverridesAnswer>;
  readonly sent: Live<SentAnswer>;
  readonly books: Live<BooksAnswer>;
  readonly book: Live<BookInForce>;
};

/** Books change with the menu; a version that was refused is news of the inbox. */
export function useBookDesk(): BookDesk {
  const { api } = useHouse();
  const ofBook = (change: { readonly menu?: boolean; readonly inbox?: boolean }) =>
    change.menu === true || change.inbox === true;
  return {
    overrides: useLive('book-overrides', () => api.get<OverridesAnswer>('/book/overrides'), ofBook),
    sent: useLive('catalog', () => api.get<SentAnswer>('/catalog?limit=200'), ofBook),
    books: useLive('books', () => api.get<BooksAnswer>('/books'), ofBook),
    // As long as a book: the tablet does not keep it a second time.
    book: useLive('', () => api.get<BookInForce>('/book'), ofBook),
  };
}

/** Says a field; null takes back what is different here. Asks for a manager when the box wants one. */
export async function sayField(
  house: House,
  desk: BookDesk,
  one: Pick<Override, 'what' | 'id' | 'field'>,
  value: unknown,
  thing: Thing | undefined,
): Promise<Outcome> {
  const shape = shapeOf(one);
  const currency = house.board.status?.currency ?? '';
  const words = (lang: Lang) => {
    const said = {
      name: thingText(lang, thing, one.id),
      field: shape === undefined ? one.field : say(lang, shape.label),
    };
    if (value === null) return say(lang, 'book.text.takeBack', said);
    const shown = valueText(lang, value, shape, thing?.unit ?? 'g', currency);
    return say(lang, 'book.text.change', { ...said, value: shown });
  };
  const text = { zh: words('zh'), en: words('en') };
  const body = { kind: 'book.override', data: overrideData(one, value) };
  return told(house, desk, await manage(house, body, text), text);
}

/** An earlier version holds again from now on. @param to version of the box */
export async function rollBack(
  house: House,
  desk: BookDesk,
  to: number,
  hq: number,
): Promise<Outcome> {
  const words = (lang: Lang) => say(lang, 'book.text.rollback', { n: hq });
  const text = { zh: words('zh'), en: words('en') };
  const body = { kind: 'book.rollback', data: { to } };
  return told(house, desk, await manage(house, body, text), text);
}

async function told(
  { session, board }: House,
  desk: BookDesk,
  outcome: Outcome,
  text: { readonly zh: string; readonly en: string },
): Promise<Outcome> {
  if (outcome?.ok !== true) return outcome;
  const said = text[session.lang];
  board.announce(said);
  await Promise.all([desk.overrides.load(), desk.books.load(), desk.book.load()]);
  return { ok: true, text: said };
}
