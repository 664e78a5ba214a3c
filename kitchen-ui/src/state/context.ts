import { createContext } from 'svelte';
import type { Api } from '../api.ts';
import type { Board } from './board.svelte.ts';
import type { Session } from './session.svelte.ts';

/** What a sheet on top of the board shows. */
export type SheetTarget =
  | { readonly kind: 'item'; readonly item: string }
  | { readonly kind: 'sale'; readonly sale: string; readonly terminal?: string };

/** What every part of the pages may use. */
export type House = {
  readonly session: Session;
  readonly board: Board;
  readonly api: Api;
  /** Opens the details of an item or a sale on top of the page. */
  readonly open: (target: SheetTarget) => void;
};

export const [useHouse, provideHouse] = createContext<House>();
