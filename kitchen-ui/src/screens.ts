import type { Component } from 'svelte';

type Page = { readonly default: Component };

/** A screen: loaded when it is first shown, or in a quiet moment after the first one. */
export type Screen = { readonly load: () => Promise<Page> };

/** Name in the address (`#/waste`) -> the page. */
export const screens: Readonly<Record<string, Screen>> = {
  board: { load: () => import('./board/BoardPage.svelte') },
  waste: { load: () => import('./waste/WastePage.svelte') },
  trim: { load: () => import('./trim/TrimPage.svelte') },
  prep: { load: () => import('./prep/PrepPage.svelte') },
  receive: { load: () => import('./receive/ReceivePage.svelte') },
  count: { load: () => import('./count/CountPage.svelte') },
  order: { load: () => import('./order/OrderPage.svelte') },
  orders: { load: () => import('./orders/OrdersPage.svelte') },
  transfers: { load: () => import('./transfers/TransfersPage.svelte') },
  accuracy: { load: () => import('./accuracy/AccuracyPage.svelte') },
  printers: { load: () => import('./printers/PrintersPage.svelte') },
  inbox: { load: () => import('./inbox/InboxPage.svelte') },
  more: { load: () => import('./more/MorePage.svelte') },
  recipes: { load: () => import('./recipes/RecipesPage.svelte') },
  book: { load: () => import('./book/BookPage.svelte') },
  settings: { load: () => import('./settings/SettingsPage.svelte') },
  setup: { load: () => import('./setup/SetupPage.svelte') },
};
