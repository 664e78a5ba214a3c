import { microFromDecimal } from '#recipes/amount.ts';
import { readableText } from '#recipes/words/readable.ts';
import { type Lang, type Name, nameIn, say } from '#recipes/words/words.ts';
import type { House } from '../state/context.ts';
import {
  amountOfRuns,
  batchData,
  estimated,
  firstAmount,
  isShort,
  shortFirst,
  takenOf,
  usualLabels,
} from './prep-form.ts';
import type { Batch, BatchAnswer, Taken } from './prep-types.ts';

/** One batch from "Make" to "Done". */
export class PrepDesk {
  batch = $state.raw<Batch | null>(null);
  /** Planned, base units. */
  qty = $state('0');
  /** What came out; null = as planned. */
  actual = $state<string | null>(null);
  labels = $state(1);
  adHoc = $state(false);
  #rehearsed = $state.raw<{ readonly key: string; readonly taken: readonly Taken[] } | null>(null);
  #startedAt = 0;
  #taps = 0;
  readonly #house: House;

  readonly #key = $derived(`${this.batch?.recipe ?? ''} ${this.qty}`);
  /** The box said which lots; otherwise it is an estimate of this tablet. */
  readonly exact = $derived(this.#rehearsed?.key === this.#key);
  readonly taken: readonly Taken[] = $derived.by(() => {
    if (this.batch === null) return [];
    if (this.#rehearsed !== null && this.exact) return shortFirst(this.#rehearsed.taken);
    return shortFirst(estimated(this.batch, this.qty, this.#house.board.stock));
  });
  readonly short = $derived(isShort(this.taken));

  constructor(house: House) {
    this.#house = house;
  }

  start(batch: Batch, adHoc = false): void {
    this.batch = batch;
    this.adHoc = adHoc;
    this.qty = firstAmount(batch);
    this.actual = null;
    this.labels = usualLabels(this.#house.outbox.entries, batch.recipe);
    this.#startedAt = this.#house.board.boxNow();
    this.#taps = adHoc ? 2 : 1;
  }

  tap(): void {
    this.#taps += 1;
  }

  planRuns(runs: number): void {
    if (this.batch === null) return;
    this.tap();
    this.qty = amountOfRuns(this.batch, runs);
  }

  plan(qty: string): void {
    if (microFromDecimal(qty) > 0) this.qty = qty;
  }

  cancel(): void {
    this.batch = null;
  }

  /** Asks the box what it would take; without the box the estimate stays. */
  async rehearse(): Promise<void> {
    const { batch, qty } = this;
    if (batch === null) return;
    const key = this.#key;
    if (this.#rehearsed?.key === key) return;
    try {
      const data = { recipe: batch.recipe, qty };
      const result = await this.#house.api.command(
        { kind: 'batch.produce', data },
        { dryRun: true },
      );
      if (result.status !== 'applied' || this.#key !== key) return;
      this.#rehearsed = { key, taken: takenOf(result.data as BatchAnswer) };
    } catch {
      // The box is away: what the list said is the best there is.
    }
  }

  /** The stock has changed: what was said of it is old. */
  forget(): void {
    this.#rehearsed = null;
  }

  /** The command and its line for the undo bar. */
  said(): { readonly data: ReturnType<typeof batchData>; readonly text: Name } | null {
    const { batch, qty, actual, labels } = this;
    if (batch === null) return null;
    const { board, session } = this.#house;
    const data = batchData({
      recipe: batch.recipe,
      qty,
      actual,
      labels,
      station: session.device?.station ?? '',
      how: {
        path: this.adHoc ? 'ad-hoc' : 'list',
        taps: this.#taps + 1,
        ms: Math.max(0, board.boxNow() - this.#startedAt),
      },
    });
    const text = (lang: Lang) =>
      say(lang, 'prep.text', {
        name: nameIn(lang, batch.name, batch.item),
        quantity: readableText(lang, actual ?? qty, batch.unit),
      });
    return { data, text: { zh: text('zh'), en: text('en') } };
  }
}
