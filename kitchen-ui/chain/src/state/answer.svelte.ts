import { untrack } from 'svelte';
import { coalesce } from '../../../src/coalesce.ts';
import { useOffice } from './context.ts';

/** An answer of head office that a page shows: read again when the address or the news ask for it. */
export class Answer<T> {
  /** Null until it was read once for this address. */
  value = $state.raw<T | null>(null);
  /** The last attempt failed: `Refused` or `Unreachable`. What was known stays in `value`. */
  failure = $state.raw<unknown>(null);
  busy = $state(false);
  readonly #load: () => Promise<void>;

  constructor(load: (answer: Answer<T>) => Promise<void>) {
    this.#load = () => load(this);
  }

  /** Reads it again, now. */
  load = (): Promise<void> => this.#load();
}

/** News that come in a rush cost a read per this much, ms. */
const NEWS_GAP_MS = 700;

/**
 * Reads `path()` when the component appears, when the path changes (null: there is nothing to read),
 * and when `concerns` says that news are about it. Whatever is away is read again when it is back.
 */
export function useAnswer<T>(
  path: () => string | null,
  concerns: (kind: string, data: unknown) => boolean = () => false,
): Answer<T> {
  const { api, chain } = useOffice();
  let turn = 0;

  const answer = new Answer<T>(async (one) => {
    const asked = path();
    turn += 1;
    const mine = turn;
    if (asked === null) {
      one.value = null;
      one.failure = null;
      return;
    }
    one.busy = true;
    try {
      const value = await api.get<T>(asked);
      // An answer to an older question must not replace the one to the newest.
      if (mine !== turn) return;
      one.value = value;
      one.failure = null;
    } catch (error) {
      if (mine === turn) one.failure = error;
    } finally {
      if (mine === turn) one.busy = false;
    }
  });

  const again = coalesce(
    () => answer.load(),
    (ms) => chain.wait(ms),
    NEWS_GAP_MS,
  );
  let before: string | null = null;
  $effect(() => {
    const asked = path();
    untrack(() => {
      if (asked !== before) answer.value = null;
      before = asked;
      void answer.load();
    });
  });
  $effect(() =>
    chain.listen((kind, data) => {
      if (kind === null || concerns(kind, data)) again(['news']);
    }),
  );
  return answer;
}
