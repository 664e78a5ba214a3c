import type { Component } from 'svelte';

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
