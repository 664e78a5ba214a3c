import { type Lang, type Name, nameIn, say } from '#recipes/words/words.ts';
import { inBoth } from '../goods/texts.ts';
import { askPrint } from '../printers/print-desk.svelte.ts';
import type { House } from '../state/context.ts';
import { errorText, refusalText } from '../state/error-text.ts';
import { money } from '../text/moment.ts';
import { type Approved, approveAll } from './approve.ts';
import { totalOf } from './draft.ts';
import type { OrderDesk } from './order-desk.svelte.ts';

/** Approving what is on the screen, and taking it back. */
export class Approval {
  busy = $state(false);
  /** What was approved on this visit of the screen. */
  orders = $state.raw<readonly string[]>([]);
  /** Why something was not, each for itself. */
  problems = $state.raw<readonly string[]>([]);
  readonly #house: House;
  readonly #desk: OrderDesk;

  constructor(house: House, desk: OrderDesk) {
    this.#house = house;
    this.#desk = desk;
  }

  /** What the PIN sheet says it is for. */
  text(lang: Lang, currency: string): string {
    const { ready } = this.#desk;
    const names = ready.map(({ of }) => nameIn(lang, of.name, of.supplier)).join(', ');
    return say(lang, 'order.approveText', {
      names,
      money: money(lang, totalOf(ready), currency),
    });
  }

  /** Asks for a manager first, once; then every supplier that has something to order. */
  async approve(text: Name): Promise<void> {
    const { session, passes, api } = this.#house;
    const deliverOn = this.#desk.suggestions.value?.for;
    if (this.busy || deliverOn === undefined) return;
    this.busy = true;
    this.problems = [];
    try {
      if (!(await this.#hasManager(text))) return;
      const run = (body: { kind: string; data: unknown }) => passes.manage(api, body, text);
      await approveAll(
        { run, print: (order) => this.#print(order), language: session.lang },
        [...this.#desk.ready],
        { deliverOn, again: this.#desk.again },
        (one) => this.#told(one),
      );
    } catch (error) {
      this.#problem(errorText(session, error));
    } finally {
      await this.#desk.reload();
      this.busy = false;
    }
  }

  /** Cancels what was approved just now. */
  async undo(): Promise<void> {
    const { session, passes, api, board } = this.#house;
    const text = inBoth((lang) =>
      say(lang, 'order.cancelText', { orders: this.orders.join(', ') }),
    );
    this.busy = true;
    this.problems = [];
    try {
      for (const order of this.orders) {
        const result = await passes.manage(api, { kind: 'order.cancel', data: { order } }, text);
        if (result === null) return;
        const refusal = refusalText(session, result);
        if (refusal === null) this.orders = this.orders.filter((one) => one !== order);
        else this.#problem(refusal);
      }
      board.announce(session.say('order.cancelled'));
    } catch (error) {
      this.#problem(errorText(session, error));
    } finally {
      await this.#desk.reload();
      this.busy = false;
    }
  }

  /** The order is approved and on its way; paper that does not come out is told, and is no reason to stop. */
  async #print(order: string): Promise<void> {
    const { session } = this.#house;
    try {
      await askPrint(this.#house, { what: 'order', order });
    } catch (error) {
      const reason = errorText(session, error);
      this.problems = [...this.problems, session.say('order.printProblem', { reason })];
    }
  }

  /** On a tablet of the kitchen somebody proves to be a manager before anything happens. */
  async #hasManager(text: Name): Promise<boolean> {
    const { session, passes } = this.#house;
    if (session.device === null || passes.current() !== '') return true;
    return passes.ask(text);
  }

  #told({ supplier, order, refusal, duplicateOf }: Approved): void {
    if (refusal === null && order !== null) {
      this.orders = [...this.orders, order];
      this.#desk.forget(supplier);
      return;
    }
    const { session } = this.#house;
    const reason = nameIn(session.lang, refusal?.message, refusal?.code ?? '');
    this.#problem(
      duplicateOf === null ? reason : session.say('order.duplicate', { order: duplicateOf }),
    );
  }

  #problem(reason: string): void {
    const text = this.#house.session.say('order.failed', { reason });
    this.problems = [...new Set([...this.problems, text])];
  }
}
