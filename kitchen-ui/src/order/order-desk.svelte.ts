import { type Lang, nameIn, say } from '#recipes/words/words.ts';
import { inBoth } from '../goods/texts.ts';
import { type House, useHouse } from '../state/context.ts';
import { type Live, useLive } from '../state/live.svelte.ts';
import {
  type Changes,
  type DraftLine,
  type DraftSupplier,
  draftOf,
  editLines,
  orderLines,
  toApprove,
  withPacks,
} from './draft.ts';
import type { OrderFull, Suggestions } from './order-types.ts';

/** What is kept on the tablet between visits, with and without the box. */
type Kept = { readonly for: string; readonly changes: Changes };

/** Tonight's order as somebody works on it: the suggestion, what was changed, drafts at the box. */
export class OrderDesk {
  readonly suggestions: Live<Suggestions>;
  readonly orders: Live<readonly OrderFull[]>;
  changes = $state.raw<Changes>({});
  /** Suppliers to order from although there is an order for the day. */
  again = $state.raw<ReadonlySet<string>>(new Set());
  readonly draft: readonly DraftSupplier[] = $derived.by(() => this.#draft());
  /** What one tap would approve. */
  readonly ready: readonly DraftSupplier[] = $derived(
    toApprove(
      this.draft.map((one) => (this.again.has(one.of.supplier) ? { ...one, others: [] } : one)),
    ),
  );
  readonly #house: House;
  #sent: Readonly<Record<string, string>> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(house: House, suggestions: Live<Suggestions>, orders: Live<readonly OrderFull[]>) {
    this.#house = house;
    this.suggestions = suggestions;
    this.orders = orders;
  }

  /** Sets the packs of a line; kept at once, shared when there is a draft at the box. */
  setPacks(supplier: string, line: DraftLine, packs: number): void {
    const most = Math.max(0, Math.min(PACKS_MAX, Math.round(packs)));
    this.changes = withPacks(this.changes, supplier, line.of.item, most, line.began);
    this.#keep();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.share(), SHARE_AFTER_MS);
  }

  /** Drafts at the box take over what was changed here; without a draft nothing happens. */
  async share(): Promise<void> {
    clearTimeout(this.#timer);
    for (const supplier of this.draft) {
      const { draft } = supplier;
      const lines = editLines(supplier);
      if (draft === null || lines.length === 0) continue;
      const said = JSON.stringify(lines);
      if (this.#sent[draft.order] === said) continue;
      this.#sent = { ...this.#sent, [draft.order]: said };
      const text = inBoth((lang) =>
        say(lang, 'order.editText', { order: draft.order, n: lines.length }),
      );
      await this.#house.outbox.log('order.edit', { order: draft.order, lines }, text);
    }
  }

  /** Puts the order aside where the other tablets see it, too. */
  async saveDraft(): Promise<void> {
    await this.share();
    for (const supplier of this.ready) {
      if (supplier.draft !== null || this.isWaiting(supplier.of.supplier)) continue;
      const lines = orderLines(supplier);
      const again = this.again.has(supplier.of.supplier) ? { again: true } : {};
      const data = {
        supplier: supplier.of.supplier,
        deliverOn: this.#answer().for,
        lines,
        ...again,
      };
      const text = inBoth((lang) => draftText(lang, supplier, lines.length));
      await this.#house.outbox.log('order.create', data, text);
    }
  }

  /** A draft of this tablet is on its way to the box. */
  isWaiting(supplier: string): boolean {
    return this.#house.outbox.entries.some((entry) => {
      const data = entry.data as { supplier?: unknown; deliverOn?: unknown };
      return (
        entry.kind === 'order.create' &&
        entry.progress === 'waiting' &&
        data.supplier === supplier &&
        data.deliverOn === this.suggestions.value?.for
      );
    });
  }

  /** Approved, or taken over by its draft: what was changed here is no news any more. */
  forget(supplier: string): void {
    const { [supplier]: _gone, ...rest } = this.changes;
    this.changes = rest;
    this.again = new Set([...this.again].filter((one) => one !== supplier));
    this.#keep();
  }

  orderAgain(supplier: string): void {
    this.again = new Set([...this.again, supplier]);
  }

  async reload(): Promise<void> {
    await Promise.all([this.orders.load(), this.suggestions.load()]);
  }

  /** Changes that the drafts at the box have, too, are dropped: what another tablet says then counts. */
  settle(): void {
    for (const supplier of this.draft) {
      const id = supplier.of.supplier;
      if (supplier.draft === null || this.changes[id] === undefined) continue;
      if (editLines(supplier).length === 0) this.forget(id);
    }
  }

  #answer(): Suggestions {
    if (this.suggestions.value === null) throw new Error('nothing was suggested yet');
    return this.suggestions.value;
  }

  #draft(): readonly DraftSupplier[] {
    const { value } = this.suggestions;
    return value === null ? [] : draftOf(value, this.changes, this.orders.value ?? []);
  }

  #keep(): void {
    const day = this.suggestions.value?.for;
    if (day === undefined) return;
    const kept: Kept = { for: day, changes: this.changes };
    void this.#house.answers.put(keptName(day), this.#house.board.boxNow(), kept);
  }

  /** What was changed here for this day before. */
  async recall(day: string): Promise<void> {
    const kept = await this.#house.answers.get<Kept>(keptName(day));
    if (kept === null || Object.keys(this.changes).length > 0) return;
    this.changes = kept.value.changes;
  }
}

/** Reads what is suggested for a day ('' = the next delivery); the board reads the same. */
export function useSuggestions(day = ''): Live<Suggestions> {
  const { api } = useHouse();
  const query = day === '' ? '' : `?for=${encodeURIComponent(day)}`;
  return useLive<Suggestions>(
    `suggestions${day}`,
    () => api.get<Suggestions>(`/suggestions${query}`),
    (change) => change.orders === true || change.menu === true,
  );
}

/** Orders with all that the box says of them. */
export function useFullOrders(): Live<readonly OrderFull[]> {
  const { api } = useHouse();
  return useLive(
    'orders',
    async () => (await api.get<{ orders: OrderFull[] }>('/orders')).orders,
    (change) => change.orders === true || change.entries === true,
  );
}

/** What the draft says on the undo bar. */
function draftText(lang: Lang, supplier: DraftSupplier, n: number): string {
  const name = nameIn(lang, supplier.of.name, supplier.of.supplier);
  return say(lang, 'order.draftText', { name, n });
}

const keptName = (day: string): string => `order-${day}`;
/** Half a dozen taps on + are one change for the others. */
const SHARE_AFTER_MS = 1_500;
const PACKS_MAX = 9_999;
