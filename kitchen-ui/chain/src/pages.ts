import type { Component } from 'svelte';
import type { IconName } from '../../src/parts/Icon.svelte';
import type { ChainPlainKey } from './words.ts';

type Page = { readonly default: Component };

/** Name in the address (`#/stores`) -> the page; loaded when it is first shown. */
export const pages: Readonly<Record<string, () => Promise<Page>>> = {
  stores: () => import('./stores/StoresPage.svelte'),
  store: () => import('./store/StorePage.svelte'),
  orders: () => import('./orders/OrdersPage.svelte'),
  books: () => import('./books/BooksPage.svelte'),
  stock: () => import('./stock/StockPage.svelte'),
  entries: () => import('./entries/EntriesPage.svelte'),
  reports: () => import('./reports/ReportsPage.svelte'),
  transfers: () => import('./transfers/TransfersPage.svelte'),
  access: () => import('./access/AccessPage.svelte'),
  more: () => import('./more/MorePage.svelte'),
  ticker: () => import('./ticker/TickerPage.svelte'),
};

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
