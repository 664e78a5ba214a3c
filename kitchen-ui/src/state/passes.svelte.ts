import type { Name } from '#recipes/words/words.ts';
import type { Api } from '../api.ts';
import type { CommandBody, CommandResult, Pass } from '../api-types.ts';

/** A manager is asked for; `done` gets whether one came. */
export type PassRequest = { readonly text: Name; readonly done: (given: boolean) => void };

/** A manager's rights on this tablet: for a few minutes, and only while the page is open. */
export class Passes {
  /** What the PIN sheet asks for now. */
  request = $state.raw<PassRequest | null>(null);
  #pass = '';
  #until = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The pass that still holds, else ''. Each use makes it hold longer, as the box does. */
  current(): string {
    if (this.#pass === '' || this.#now() > this.#until) return '';
    this.#until = this.#now() + IDLE_MS;
    return this.#pass;
  }

  give(pass: Pass): void {
    this.#pass = pass.pass;
    this.#until = this.#now() + IDLE_MS;
    this.#finish(true);
  }

  /** Nobody came. */
  decline(): void {
    this.#finish(false);
  }

  /** The page was left: what comes next asks again. */
  drop(): void {
    this.#pass = '';
  }

  /** Shows the PIN sheet; resolves to whether a manager's pass is there. */
  ask(text: Name): Promise<boolean> {
    this.drop();
    this.#finish(false);
    return new Promise((done) => {
      this.request = { text, done };
    });
  }

  /**
   * Sends a command directly, past the outbox, for what only makes sense with the box at hand
   * (settings, orders, people). Asks for a manager when the box wants one; null when nobody came.
   * Rejects with `Refused` or `Unreachable`.
   */
  async manage(api: Api, body: CommandBody, text: Name): Promise<CommandResult | null> {
    for (;;) {
      const result = await api.command(body);
      if (result.code !== 'pin_needed') return result;
      if (!(await this.ask(text))) return null;
    }
  }

  #finish(given: boolean): void {
    const request = this.request;
    this.request = null;
    request?.done(given);
  }
}

const IDLE_MS = 120_000;
