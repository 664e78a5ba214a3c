import { decimalFromMicro, type Micro, microFromDecimal } from '#recipes/amount.ts';
import { readableText } from '#recipes/words/readable.ts';
import { type Lang, type Name, nameIn, say, sayPlain } from '#recipes/words/words.ts';
import type { Lot, StockItem, Tiles } from '../api-types.ts';
import { emptyTyped, inBase, type Typed, typedFromBase } from '../parts/typed-amount.ts';
import type { BookFacts } from '../state/book-facts.ts';
import type { House } from '../state/context.ts';
import { firstTarget } from './offcuts.ts';
import {
  balanceOf,
  canSave,
  DESTS,
  type Dest,
  figuresOf,
  lotFor,
  trimData,
  type Weighed,
} from './trim-form.ts';

/** What a weight is for: what went in, or a destination. */
export type Slot = Dest | 'in';

/** One trim from the first tap to "Save". */
export class TrimDesk {
  source = $state.raw<StockItem | null>(null);
  target = $state<string | null>(null);
  weighed = $state.raw<Weighed>({});
  /** Waits for the scale to come to rest. */
  waiting = $state<Slot | null>(null);
  /** The number pad is open for it. */
  pad = $state<Slot | null>(null);
  typed = $state.raw<Typed>(emptyTyped('g'));
  taps = $state(0);
  facts = $state.raw<BookFacts | null>(null);
  tiles = $state.raw<Tiles | null>(null);
  #lot = $state<string | null>(null);
  #said = $state.raw<{ amount: Micro; from: 'scale' | 'typed' } | null>(null);
  #startedAt = 0;
  readonly #house: House;

  /** The source as the box last told it. */
  readonly item: StockItem | null = $derived.by(() => {
    const { source } = this;
    return source === null ? null : (this.#house.board.itemById(source.item) ?? source);
  });
  readonly lot: Lot | null = $derived.by(() =>
    this.item === null ? null : lotFor(this.item, this.#said?.amount ?? null, this.#lot),
  );
  readonly into: Micro | null = $derived.by(
    () => this.#said?.amount ?? (this.lot === null ? null : microFromDecimal(this.lot.onHand)),
  );
  readonly from = $derived(this.#said?.from ?? (this.lot === null ? null : 'lot'));
  readonly balance = $derived(balanceOf(this.into ?? 0, this.weighed));
  readonly ready = $derived(canSave(this.into, this.weighed, this.target));
  readonly figures = $derived.by(() =>
    this.into === null || this.item === null || Object.keys(this.weighed).length === 0
      ? null
      : figuresOf(
          this.into,
          this.balance,
          this.facts?.[this.item.item]?.yield,
          this.item.unitCost ?? null,
        ),
  );

  constructor(house: House) {
    this.#house = house;
  }

  choose(item: StockItem, lot: string | null = null, byScan = false): void {
    const { board } = this.#house;
    this.clear();
    this.source = item;
    this.#lot = lot;
    this.target = this.tiles?.lastTargets?.[item.item] ?? firstTarget(board.stock, item);
    this.#startedAt = board.boxNow();
    if (!byScan) this.taps = 1;
    void this.#weigh('in', false);
  }

  chooseLot(lot: string): void {
    this.taps += 1;
    this.#lot = lot;
  }

  chooseTarget(item: string): void {
    this.taps += 1;
    this.target = item;
  }

  /** A tap on a destination (or on what went in): the weight as it is, else the pad. */
  async tap(slot: Slot): Promise<void> {
    this.taps += 1;
    await this.#weigh(slot, true);
  }

  openPad(slot: Slot): void {
    const { item } = this;
    if (item === null) return;
    this.waiting = null;
    const known = slot === 'in' ? this.#said?.amount : this.weighed[slot];
    this.typed =
      known === undefined
        ? emptyTyped(item.unit)
        : typedFromBase(decimalFromMicro(known), item.unit);
    this.pad = slot;
  }

  /** Takes what was typed; nothing typed takes the weight away again. */
  closePad(): void {
    const { item, pad } = this;
    this.pad = null;
    if (item === null || pad === null) return;
    const amount = inBase(this.typed, item.unit);
    this.#set(pad, amount === null ? null : microFromDecimal(amount), 'typed');
  }

  /** What came out is right, what went in was not. */
  takeSum(): void {
    this.taps += 1;
    const sum = DESTS.reduce((total, dest) => total + (this.weighed[dest] ?? 0), 0);
    this.#said = { amount: sum, from: 'typed' };
  }

  clear(): void {
    this.source = null;
    this.#lot = null;
    this.#said = null;
    this.weighed = {};
    this.waiting = null;
    this.pad = null;
    this.taps = 0;
  }

  /** The command and its line for the undo bar; null while something is missing. */
  said(): { readonly data: ReturnType<typeof trimData>; readonly text: Name } | null {
    const { item, into } = this;
    if (item === null || into === null || !this.ready) return null;
    const { board, session } = this.#house;
    const data = trimData({
      item: item.item,
      lot: this.lot?.lot ?? null,
      into,
      weighed: this.weighed,
      target: this.target,
      station: session.device?.station ?? '',
      how: {
        path: this.from === 'scale' ? 'scale' : 'pad',
        taps: this.taps + 1,
        ms: Math.max(0, board.boxNow() - this.#startedAt),
      },
    });
    return { data, text: { zh: this.#text('zh', item, into), en: this.#text('en', item, into) } };
  }

  #text(lang: Lang, item: StockItem, into: Micro): string {
    const amount = (micro: Micro) => readableText(lang, decimalFromMicro(micro), item.unit);
    const parts = DESTS.filter((dest) => this.balance.amounts[dest] > 0)
      .map((dest) => `${sayPlain(lang, `dest.${dest}`)} ${amount(this.balance.amounts[dest])}`)
      .join(' · ');
    const name = nameIn(lang, item.name, item.item);
    return say(lang, 'trim.text', { name, quantity: amount(into), parts });
  }

  /** @param orPad without a weight the pad opens */
  async #weigh(slot: Slot, orPad: boolean): Promise<void> {
    const { scale } = this.#house;
    const { item } = this;
    if (item === null) return;
    const usable = item.unit === 'g' && scale.grams !== null && scale.grams > 0;
    if (!usable) {
      if (orPad) this.openPad(slot);
      return;
    }
    this.waiting = slot;
    const grams = await scale.steady(STEADY_MS);
    if (this.waiting !== slot || this.source?.item !== item.item) return;
    this.waiting = null;
    if (grams !== null) this.#set(slot, microFromDecimal(String(grams)), 'scale');
    else if (orPad) this.openPad(slot);
  }

  #set(slot: Slot, amount: Micro | null, from: 'scale' | 'typed'): void {
    if (slot === 'in') {
      this.#said = amount === null || amount <= 0 ? null : { amount, from };
      return;
    }
    const { [slot]: _, ...rest } = this.weighed;
    this.weighed = amount === null ? rest : { ...rest, [slot]: amount };
  }
}

const STEADY_MS = 2_000;
