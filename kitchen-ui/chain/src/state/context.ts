import { createContext } from 'svelte';
import type { Place } from '../../../src/state/place.svelte.ts';
import type { Session } from '../../../src/state/session.svelte.ts';
import type { Api } from '../api.ts';
import type { ChainFill, ChainKey } from '../words.ts';
import type { Chain } from './chain.svelte.ts';

/** What lives as long as the page does, whoever signs in. */
export type Desk = {
  readonly session: Session;
  readonly api: Api;
  readonly place: Place;
  /** Of this head office, as the browser reaches it. */
  readonly origin: string;
  /** Where the browser is: moments that no store's clock belongs to are shown in it. */
  readonly timezone: string;
};

/** What every part of the board may use. */
export type Office = Desk & {
  readonly chain: Chain;
  readonly say: <K extends ChainKey>(key: K, ...fill: ChainFill<K>) => string;
};

export const [useOffice, provideOffice] = createContext<Office>();
