import { useHouse } from '../state/context.ts';
import { type Live, useLive } from '../state/live.svelte.ts';
import { digestBook, type Goods, type GoodsBook } from './digest.ts';

/** Units, suppliers and dish names of the book, kept on this tablet. */
export function useGoods(): Live<Goods> {
  const { api, board } = useHouse();
  return useLive(
    'goods',
    async () => {
      const { book } = await api.get<{ book: GoodsBook }>('/book');
      const stock = board.stock.length > 0 ? board.stock : await api.stock();
      return digestBook(book, new Map(stock.map(({ item, unit }) => [item, unit])));
    },
    // Every sale that changes what can be sold would read the whole book: opening the screen is enough.
    () => false,
  );
}
