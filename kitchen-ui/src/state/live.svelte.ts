import type { Change } from '../api-types.ts';
import { Refused } from '../call.ts';
import { useHouse } from './context.ts';

/** An answer of the box that a screen shows: kept, read again when it changes, with its age. */
export class Live<T> {
  /** Null until it was read once, now or on an earlier visit. */
  value = $state.raw<T | null>(null);
  /** When the box gave it, in the box's clock; 0 = never. */
  at = $state(0);
  /** The last attempt failed: `Refused` or `Unreachable`. What was known stays in `value`. */
  failure = $state.raw<unknown>(null);
  /** Read from the box since the page was opened, not from what the tablet kept. */
  fresh = $state(false);
  /** The box does not know this call: it is older than this page. */
  readonly missing = $derived(this.failure instanceof Refused && this.failure.status === 404);

  readonly #load: () => Promise<void>;
  constructor(load: (live: Live<T>) => Promise<void>) {
    this.#load = () => load(this);
  }

  /** Reads it again. */
  load = (): Promise<void> => this.#load();
}

/**
 * Reads `read` when the component appears and whenever `concerns` says that a change is about it
 * (null: the stream was opened again, anything may have changed). `name` is where the tablet keeps
 * the answer; '' keeps nothing.
 */
export function useLive<T>(
  name: string,
  read: () => Promise<T>,
  concerns: (change: Change) => boolean,
): Live<T> {
  const { board, answers } = useHouse();
  let busy = false;
  let again = false;

  const live = new Live<T>(async (one) => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const value = await read();
      one.value = value;
      one.at = board.boxNow();
      one.failure = null;
      one.fresh = true;
      if (name !== '') void answers.put(name, one.at, value);
    } catch (error) {
      one.failure = error;
    } finally {
      busy = false;
    }
    if (again) {
      again = false;
      await one.load();
    }
  });

  async function recall() {
    if (name === '') return;
    const kept = await answers.get<T>(name);
    if (kept === null || live.fresh) return;
    live.value = kept.value;
    live.at = kept.at;
  }

  $effect(() => {
    void recall();
    void live.load();
    return board.listen((change) => {
      if (change === null || concerns(change)) void live.load();
    });
  });
  return live;
}
