import { createContext } from 'svelte';
import type { Api } from '../api.ts';
import type { Answers } from '../keep/answers.ts';
import type { Board } from './board.svelte.ts';
import type { Comfort } from './comfort.svelte.ts';
import type { Outbox } from './outbox.svelte.ts';
import type { Passes } from './passes.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { Scale } from './scale.svelte.ts';
import type { Scans } from './scans.ts';
import type { Session } from './session.svelte.ts';

/** What a sheet on top of the page shows. */
export type SheetTarget =
  | { readonly kind: 'item'; readonly item: string }
  | { readonly kind: 'sale'; readonly sale: string; readonly terminal?: string };

/** What lives as long as the page does, whoever signs in. */
export type Tablet = {
  readonly session: Session;
  readonly api: Api;
  readonly outbox: Outbox;
  readonly answers: Answers;
  readonly passes: Passes;
  readonly place: Place;
  readonly scale: Scale;
  readonly scans: Scans;
  readonly comfort: Comfort;
};

/** What every part of the pages may use. */
export type House = Tablet & {
  readonly board: Board;
  /** Opens the details of an item or a sale on top of the page. */
  readonly open: (target: SheetTarget) => void;
};

export const [useHouse, provideHouse] = createContext<House>();
