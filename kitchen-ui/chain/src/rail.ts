/** The places on the rail at the side, and which page belongs to which. */
import type { IconName } from '../../src/parts/Icon.svelte';
import type { ChainPlainKey } from './words.ts';

export type RailEntry = {
  readonly screen: string;
  readonly icon: IconName;
  readonly label: ChainPlainKey;
  readonly phone?: boolean;
  /** The page of the others, where the bar has no room for them. */
  readonly phoneOnly?: boolean;
};

/** The rail, from the top. */
export const RAIL: readonly RailEntry[] = [
  { screen: 'stores', icon: 'board', label: 'hq.stores', phone: true },
  { screen: 'stock', icon: 'shelf', label: 'hq.stock', phone: true },
  { screen: 'orders', icon: 'cart', label: 'hq.orders', phone: true },
  { screen: 'transfers', icon: 'truck', label: 'hq.transfers' },
  { screen: 'reports', icon: 'bars', label: 'hq.reports' },
  { screen: 'ticker', icon: 'pulse', label: 'hq.ticker', phone: true },
  { screen: 'books', icon: 'book', label: 'hq.books' },
  { screen: 'access', icon: 'key', label: 'hq.access' },
  { screen: 'more', icon: 'more', label: 'hq.more', phoneOnly: true },
];

/** Pages that another one leads to, and the place on the rail that they belong to. */
export const BELONGS: Readonly<Record<string, string>> = { store: 'stores', entries: 'stores' };
