import type { PlainKey } from '#recipes/words/words.ts';
import type { IconName } from './parts/Icon.svelte';

/** A place on the rail or on the page "More". `phone`: also in the bar of a phone. */
export type PlaceEntry = {
  readonly screen: string;
  readonly icon: IconName;
  readonly label: PlainKey;
  readonly phone?: boolean;
  /** On a short glass there is no room for it: it stands on "More". */
  readonly tall?: boolean;
};

/** The rail, from the top. */
export const RAIL: readonly PlaceEntry[] = [
  { screen: 'board', icon: 'board', label: 'place.board', phone: true },
  { screen: 'waste', icon: 'bin', label: 'place.waste', phone: true },
  { screen: 'trim', icon: 'knife', label: 'place.trim' },
  { screen: 'prep', icon: 'pot', label: 'place.prep', phone: true },
  { screen: 'order', icon: 'cart', label: 'place.order', tall: true },
  { screen: 'receive', icon: 'truck', label: 'place.receive' },
  { screen: 'count', icon: 'clipboard', label: 'place.count' },
  { screen: 'inbox', icon: 'inbox', label: 'place.inbox', phone: true },
  { screen: 'more', icon: 'more', label: 'place.more', phone: true },
];

/** What stands on the page "More". */
export const MORE: readonly PlaceEntry[] = [
  { screen: 'orders', icon: 'receipt', label: 'place.orders' },
  { screen: 'transfers', icon: 'shelf', label: 'place.transfers' },
  { screen: 'printers', icon: 'printer', label: 'place.printers' },
  { screen: 'accuracy', icon: 'scale', label: 'place.accuracy' },
  { screen: 'recipes', icon: 'book', label: 'place.recipes' },
  { screen: 'book', icon: 'file', label: 'place.book' },
  { screen: 'settings', icon: 'gear', label: 'place.settings' },
  { screen: 'setup', icon: 'plug', label: 'place.setup' },
];
