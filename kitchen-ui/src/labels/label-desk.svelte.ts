import { nameIn } from '#recipes/words/words.ts';
import { askPrint, hasPrinterFor, readPrinters } from '../printers/print-desk.svelte.ts';
import { type House, useHouse } from '../state/context.ts';
import { errorText } from '../state/error-text.ts';
import { LABEL_FORMS, type Label, type LabelForm } from './label.ts';
import { type FaceOptions, faceOf } from './label-face.ts';
import type { Sheet } from './PrintSheets.svelte';
import { canPrint, printSheets } from './print.ts';
import { qrOf } from './qr.ts';
import { type LabelSet, labelSetOf, waitingLabels } from './waiting.ts';

type Kept = { readonly form: LabelForm; readonly printed: readonly string[] };

/** A label with what is known of it here. */
export type Shown = { readonly label: Label; readonly how?: FaceOptions['how'] };

/** The labels of this tablet: which wait, which width, and the way to the printer. */
export class LabelDesk {
  form = $state<LabelForm>('58');
  /** The last one that was printed or asked for, to be seen and printed again. */
  shown = $state.raw<Shown | null>(null);
  problem = $state('');
  #printed = $state.raw<ReadonlySet<string>>(new Set());
  readonly #house: House;
  #names: ReadonlyMap<string, string> | null = null;
  readonly waiting: readonly LabelSet[] = $derived.by(() =>
    waitingLabels(this.#house.outbox.entries, this.#printed),
  );

  /** There is something to see or to do. */
  readonly busy = $derived(this.waiting.length > 0 || this.shown !== null || this.problem !== '');

  constructor(house: House) {
    this.#house = house;
    void this.#recall();
  }

  /**
   * Prints what an entry asks for as soon as the box has named its lot. What cannot be printed now stays
   * in `waiting`.
   */
  async printEntry(id: string): Promise<void> {
    const { outbox } = this.#house;
    const entry = await outbox.answered(id, PATIENCE_MS);
    const set = entry === undefined ? null : labelSetOf(outbox.entries, entry);
    if (set !== null) await this.print([set]);
  }

  /** Prints these and no longer lists them; true when they went to the printer. */
  async print(sets: readonly LabelSet[]): Promise<boolean> {
    const ready = sets.filter((set) => set.lot !== null && set.count > 0);
    if (await this.#boxPrints()) return this.#throughBox(ready);
    const sheets: Sheet[] = [];
    for (const set of ready) {
      const read = await this.#read(set.item, set.lot ?? '', set.how);
      if (read === null) return false;
      for (let n = 1; n <= set.count; n += 1) {
        sheets.push(this.sheet(read, { n, of: set.count }));
      }
    }
    if (!this.#toPrinter(sheets)) return false;
    this.#mark(ready);
    return true;
  }

  /** One label of a lot once more. */
  async reprint(item: string, lot: string): Promise<void> {
    const read = await this.#read(item, lot);
    if (read === null) return;
    if (await this.#boxPrints()) await this.#ask(item, lot, 1);
    else this.#toPrinter([this.sheet(read)]);
  }

  /** Shows the label of a lot without printing it. */
  async show(item: string, lot: string, how?: FaceOptions['how']): Promise<void> {
    await this.#read(item, lot, how);
  }

  sheet(shown: Shown, part?: FaceOptions['part']): Sheet {
    const { session, board } = this.#house;
    const face = faceOf(shown.label, {
      lang: session.lang,
      form: this.form,
      timezone: board.status?.timezone ?? 'UTC',
      bought: this.#isBought(shown.label.item),
      ...(shown.how === undefined ? {} : { how: shown.how }),
      ...(part === undefined ? {} : { part }),
    });
    return { face, qr: qrOf(shown.label.code), code: shown.label.code };
  }

  /** Nobody needs these on paper. */
  dismiss(sets: readonly LabelSet[]): void {
    this.#mark(sets);
  }

  close(): void {
    this.shown = null;
    this.problem = '';
  }

  choose(form: LabelForm): void {
    this.form = form;
    this.#keep();
  }

  async #read(item: string, lot: string, how?: FaceOptions['how']): Promise<Shown | null> {
    const { api, session } = this.#house;
    this.problem = '';
    try {
      const path = `/labels/${encodeURIComponent(item)}/${encodeURIComponent(lot)}`;
      const label = await api.get<Label>(path);
      const by = label.by === null ? null : ((await this.#people()).get(label.by) ?? label.by);
      this.shown = { label: { ...label, by }, ...(how === undefined ? {} : { how }) };
      return this.shown;
    } catch (error) {
      this.problem = session.say('labels.failed', { reason: errorText(session, error) });
      return null;
    }
  }

  /** A label names people as they are called, not by their ids. */
  async #people(): Promise<ReadonlyMap<string, string>> {
    if (this.#names !== null) return this.#names;
    try {
      const people = await this.#house.api.people();
      this.#names = new Map(people.map((one) => [one.user, one.name]));
      return this.#names;
    } catch {
      return new Map();
    }
  }

  /** A printer of the box takes labels; without the box nobody knows, and they wait. */
  async #boxPrints(): Promise<boolean> {
    try {
      return hasPrinterFor(await readPrinters(this.#house.api), 'label');
    } catch {
      return false;
    }
  }

  async #throughBox(sets: readonly LabelSet[]): Promise<boolean> {
    for (const set of sets) {
      const read = await this.#read(set.item, set.lot ?? '', set.how);
      if (read === null || !(await this.#ask(set.item, set.lot ?? '', set.count))) return false;
      this.#mark([set]);
    }
    return true;
  }

  /** Puts labels into the box's queue; true when they are there. */
  async #ask(item: string, lot: string, copies: number): Promise<boolean> {
    const { session } = this.#house;
    try {
      await askPrint(this.#house, { what: 'label', item, lot, copies });
      return true;
    } catch (error) {
      this.problem = session.say('labels.failed', { reason: errorText(session, error) });
      return false;
    }
  }

  #isBought(id: string): boolean {
    const item = this.#house.board.itemById(id);
    return item !== undefined && item.made !== true && item.category !== 'offcut';
  }

  #toPrinter(sheets: readonly Sheet[]): boolean {
    const { session } = this.#house;
    if (!canPrint()) this.problem = session.say('labels.cannotPrint');
    return printSheets(sheets, this.form);
  }

  #mark(sets: readonly LabelSet[]): void {
    const entries = new Set(this.#house.outbox.entries.map((one) => one.id));
    // Entries that the tablet has forgotten need no mark any more.
    const kept = [...this.#printed].filter((id) => entries.has(id));
    this.#printed = new Set([...kept, ...sets.map((set) => set.entry)]);
    this.#keep();
  }

  #keep(): void {
    const value: Kept = { form: this.form, printed: [...this.#printed] };
    void this.#house.answers.put(NAME, this.#house.board.boxNow(), value);
  }

  async #recall(): Promise<void> {
    const kept = await this.#house.answers.get<Kept>(NAME);
    if (kept === null) return;
    if (LABEL_FORMS.includes(kept.value.form)) this.form = kept.value.form;
    this.#printed = new Set([...this.#printed, ...kept.value.printed]);
  }
}

const NAME = 'labels';
/** As long as somebody stands before the tablet for a label; later it is one tap. */
const PATIENCE_MS = 4_000;

/** The desk for a screen. */
export function useLabelDesk(): LabelDesk {
  return new LabelDesk(useHouse());
}

/** What the label is about, for those who do not see it. */
export function labelAlt(house: Pick<House, 'session'>, { label }: Shown): string {
  const { session } = house;
  const name = nameIn(session.lang, label.name, label.item);
  return session.say('label.alt', { name, lot: label.lot });
}
