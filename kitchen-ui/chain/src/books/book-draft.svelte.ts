import { Refused } from '../../../src/call.ts';
import type { Api } from '../api.ts';
import type { BookProblem, PlannedBook, Rehearsed } from './book-types.ts';

/** What stands between a book and the stores. */
export type Obstacle =
  | { readonly what: 'problems'; readonly problems: readonly BookProblem[] }
  /** Its start has passed: that must be meant. */
  | { readonly what: 'past'; readonly text: string }
  /** Another one starts later: what becomes of it? */
  | { readonly what: 'planned'; readonly planned: readonly PlannedBook[] }
  | { readonly what: 'failed'; readonly error: unknown };

/** A book on its way out: checked first, then published, once. */
export class BookDraft {
  text = $state('');
  /** Null = every store. */
  stores = $state.raw<readonly string[] | null>(null);
  /** As the browser's field has it; '' = as the book says, else as soon as it arrives. */
  start = $state('');
  note = $state('');
  past = $state(false);
  planned = $state<'keep' | 'replace' | ''>('');
  busy = $state(false);
  obstacle = $state.raw<Obstacle | null>(null);
  /** What it would change; of the draft as it is now. */
  checked = $state.raw<Rehearsed | null>(null);
  /** Its number, once it is on its way. */
  published = $state<number | null>(null);
  readonly #api: Api;
  readonly #path: string;
  #key = '';

  /** @param path '/catalog', or '/catalog/7/rollback' for the book of version 7 again */
  constructor(api: Api, path = '/catalog') {
    this.#api = api;
    this.#path = path;
  }

  /** Something was changed: what was checked is another book. */
  changed(): void {
    this.checked = null;
    this.obstacle = null;
    this.#key = '';
  }

  /** What is wrong, or what it would change. Nothing is published. */
  async check(): Promise<void> {
    await this.#run(true, (answer) => {
      this.checked = answer;
      this.#key = this.#api.newId();
    });
  }

  /** Publishes what was checked; the same draft twice is one version. */
  async publish(): Promise<void> {
    await this.#run(false, (answer) => {
      this.published = answer.version ?? null;
    });
  }

  async #run(dryRun: boolean, done: (answer: Rehearsed) => void): Promise<void> {
    this.busy = true;
    this.obstacle = null;
    try {
      const path = `${this.#path}${dryRun ? '?dryRun=1' : ''}`;
      done(await this.#api.post<Rehearsed>(path, this.#body(), dryRun ? '' : this.#key));
    } catch (error) {
      this.obstacle = obstacleOf(error);
      if (dryRun) this.checked = null;
    } finally {
      this.busy = false;
    }
  }

  #body(): Record<string, unknown> {
    const start = this.start === '' ? undefined : new Date(this.start).toISOString();
    return {
      ...(this.#path === '/catalog' ? { kind: 'book', book: this.text } : {}),
      ...(this.stores === null ? {} : { stores: this.stores }),
      ...(start === undefined ? {} : { validFrom: start }),
      ...(this.note.trim() === '' ? {} : { note: this.note.trim() }),
      ...(this.past ? { past: true } : {}),
      ...(this.planned === '' ? {} : { planned: this.planned }),
    };
  }
}

function obstacleOf(error: unknown): Obstacle {
  if (!(error instanceof Refused)) return { what: 'failed', error };
  const { code, message, problem } = error;
  if (code === 'bad_book' && Array.isArray(problem['problems'])) {
    return { what: 'problems', problems: problem['problems'] as BookProblem[] };
  }
  if (code === 'past_start') return { what: 'past', text: message };
  if (code === 'planned_book' && Array.isArray(problem['planned'])) {
    return { what: 'planned', planned: problem['planned'] as PlannedBook[] };
  }
  return { what: 'failed', error };
}
