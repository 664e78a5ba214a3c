import type { Answer } from './answer.svelte.ts';
import { useOffice } from './context.ts';
import { reasonOf } from './reason.ts';

/** A page of a list: its rows, and what is given back for the next ones. */
export type Piece<Row> = { readonly rows: readonly Row[]; readonly next: string | number | null };

/** The first page of a list, which keeps itself fresh, and the older ones that were asked for. */
export class Older<Row> {
  busy = $state(false);
  problem = $state('');
  readonly rows: readonly Row[] = $derived.by(() => this.#rows());
  readonly next: string | number | null = $derived.by(() =>
    this.#asked === undefined ? this.#head().next : this.#asked,
  );
  #more = $state.raw<readonly Row[]>([]);
  /** Of the last page that was asked for; undefined = none was. */
  #asked = $state.raw<string | number | null | undefined>(undefined);
  readonly #head: () => Piece<Row>;
  readonly #read: (next: string | number) => Promise<Piece<Row>>;
  readonly #lang: () => 'zh' | 'en';
  readonly #rows: () => readonly Row[];

  constructor(ports: {
    readonly head: () => Piece<Row>;
    readonly read: (next: string | number) => Promise<Piece<Row>>;
    readonly lang: () => 'zh' | 'en';
    readonly idOf?: ((row: Row) => string) | undefined;
  }) {
    this.#rows = () => oncePer([...this.#head().rows, ...this.#more], ports.idOf);
    this.#head = ports.head;
    this.#read = ports.read;
    this.#lang = ports.lang;
  }

  /** Another list: nothing of the last one stays. */
  reset(): void {
    this.#more = [];
    this.#asked = undefined;
    this.problem = '';
  }

  more = async (): Promise<void> => {
    const next = this.next;
    if (next === null || this.busy) return;
    this.busy = true;
    try {
      const piece = await this.#read(next);
      this.#more = [...this.#more, ...piece.rows];
      this.#asked = piece.next;
      this.problem = '';
    } catch (error) {
      this.problem = reasonOf(this.#lang(), error);
    } finally {
      this.busy = false;
    }
  };
}

/** In a list of the newest changes, a row of an older page that changes is on the first one, too. */
function oncePer<Row>(
  rows: readonly Row[],
  idOf: ((row: Row) => string) | undefined,
): readonly Row[] {
  if (idOf === undefined) return rows;
  const byId = new Map<string, Row>();
  for (const row of rows) if (!byId.has(idOf(row))) byId.set(idOf(row), row);
  return [...byId.values()];
}

/**
 * The pages after the first one.
 * @param path of the page that `next` leads to; when the path to the first one changes, all begins anew
 * @param idOf where a change moves a row to the front: what it is known by
 */
export function useOlder<A, Row>(
  first: Answer<A>,
  take: (answer: A) => Piece<Row>,
  path: (next: string | number) => string,
  idOf?: (row: Row) => string,
): Older<Row> {
  const { api, session } = useOffice();
  const older = new Older<Row>({
    head: () => (first.value === null ? { rows: [], next: null } : take(first.value)),
    read: async (next) => take(await api.get<A>(path(next))),
    lang: () => session.lang,
    idOf,
  });
  $effect(() => {
    // Null until the first page of a new list is there.
    if (first.value === null) older.reset();
  });
  return older;
}
