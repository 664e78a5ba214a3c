/**
 * What the box knows about dishes: every adopted book, and what people said unknown codes mean. It
 * answers one question, for a sold line: what does one of it take from stock?
 *
 * The book in force when the line was SOLD decides, not the one of today. If that book does not know
 * the dish, the earliest later book that does is used, so that a line posts the same whether it
 * arrived before or after that book. The first book reaches back without limit: before it, nothing
 * better is known.
 */
import { must } from '#recipes/assert.ts';
import type { Book } from '#recipes/contracts/book.ts';
import type { SoldLine } from '#recipes/contracts/pos-event.ts';
import { type Kitchen, openKitchen } from '#recipes/kitchen.ts';
import type { Name } from '#recipes/words/words.ts';
import type { BookStore, BookVersion, Mapping } from './book-store.ts';
import { type Resolved, resolveLine, resolveRecipe } from './resolve-line.ts';

const KITCHENS_KEPT = 4;
const ANSWERS_KEPT = 20_000;
const NOTHING: Resolved = { kind: 'nothing' };

export class Knowledge {
  readonly #store: BookStore;
  readonly #item: (code: string) => number | undefined;
  #versions: readonly BookVersion[];
  readonly #mappings: Map<string, Mapping>;
  readonly #kitchens = new Map<number, Kitchen>();
  /** Most lines repeat: the same dish, modifiers and channel under the same book. */
  readonly #answers = new Map<string, Resolved>();

  /** @param item number of an item code in the ledger */
  constructor(store: BookStore, item: (code: string) => number | undefined) {
    this.#store = store;
    this.#item = item;
    this.#versions = inForceOrder(store.versions());
    this.#mappings = new Map(store.mappings().map((mapping) => [mapping.sku, mapping]));
  }

  resolve(line: SoldLine, channel: string | undefined, soldAt: number): Resolved {
    const said = this.#mappings.get(line.sku);
    return this.#firstAnswer(line, said, soldAt, (book) => this.#resolveIn(book, line, channel));
  }

  /** What `resolve` would answer if `mapping` held; nothing is learned or kept. */
  suppose(mapping: Mapping, line: SoldLine, channel: string | undefined, soldAt: number): Resolved {
    const said = (sku: string) => (sku === mapping.sku ? mapping : this.#mappings.get(sku));
    return this.#firstAnswer(line, said(line.sku), soldAt, (book) => {
      const kitchen = this.kitchen(book);
      return resolveLine({ book, kitchen, mapping: said, item: this.#item }, line, channel);
    });
  }

  /**
   * What a book that is not adopted would answer, with what people said of codes. Nothing is learned.
   * @param item number of any item code of that book
   */
  under(
    kitchen: Kitchen,
    item: (code: string) => number,
  ): (line: SoldLine, channel: string | undefined) => Resolved {
    const answers = new Map<string, Resolved>();
    const mapping = (sku: string) => this.#mappings.get(sku);
    return (line, channel) => {
      if (mapping(line.sku)?.recipe === null) return NOTHING;
      const key = answerKey(0, line, channel);
      const known = answers.get(key);
      if (known) return known;
      const own = resolveLine({ book: 0, kitchen, mapping, item }, line, channel);
      const combo = own.kind === 'held' && line.kind === 'combo' && !own.modifier;
      const answer = combo ? NOTHING : own;
      if (answers.size < ANSWERS_KEPT) answers.set(key, answer);
      return answer;
    };
  }

  /** What one of a recipe would take by the book in force; undefined when that does not have it. */
  simulate(
    recipe: string,
    modifiers: NonNullable<SoldLine['modifiers']>,
    channel: string | undefined,
    instant: number,
  ): Resolved | undefined {
    const inForce = this.at(instant);
    if (inForce?.kitchen.recipes.has(recipe) !== true) return undefined;
    const mapping = (sku: string) => this.#mappings.get(sku);
    const { kitchen } = inForce;
    const book = inForce.version.version;
    return resolveRecipe({ book, kitchen, mapping, item: this.#item }, recipe, modifiers, channel);
  }

  /** The book in force at an instant. */
  at(instant: number): { readonly version: BookVersion; readonly kitchen: Kitchen } | undefined {
    const version = this.#versions[this.#indexAt(instant)];
    return version && { version, kitchen: this.kitchen(version.version) };
  }

  /** The name of the dish that a code means at an instant, by what a person said of it or the book. */
  dishName(sku: string, instant: number): Name | undefined {
    const kitchen = this.at(instant)?.kitchen;
    const said = this.#mappings.get(sku);
    const meaning = kitchen?.meaning(sku);
    const recipe = said ? said.recipe : meaning?.kind === 'dish' ? meaning.recipe : null;
    return recipe === null ? undefined : kitchen?.recipes.get(recipe)?.name;
  }

  versions(): readonly BookVersion[] {
    return this.#versions;
  }

  kitchen(version: number): Kitchen {
    const known = this.#kitchens.get(version);
    if (known) return known;
    const text = must(this.#store.document(version), `book ${version} is not stored`);
    const opened = openKitchen(JSON.parse(text) as Book);
    const [oldest] = this.#kitchens.keys();
    if (this.#kitchens.size >= KITCHENS_KEPT && oldest) this.#kitchens.delete(oldest);
    this.#kitchens.set(version, opened);
    return opened;
  }

  /** A book was adopted: call after the transaction that stored it. */
  learnBook(version: BookVersion): void {
    this.#versions = inForceOrder([...this.#versions, version]);
    this.#answers.clear();
  }

  /** A code was mapped: call after the transaction that stored it. */
  learnMapping(mapping: Mapping): void {
    this.#mappings.set(mapping.sku, mapping);
    this.#answers.clear();
  }

  /** The answer of the book in force, or of the earliest later one that knows the dish. */
  #firstAnswer(
    line: SoldLine,
    said: Mapping | undefined,
    soldAt: number,
    answerIn: (book: number) => Resolved,
  ): Resolved {
    if (said?.recipe === null) return NOTHING;
    let first: Resolved | undefined;
    for (let i = this.#indexAt(soldAt); i < this.#versions.length; i++) {
      const answer = answerIn(this.#versions[i]?.version ?? 0);
      if (answer.kind !== 'held') return answer;
      // A combo's parent takes only what its own recipe says, if it has one when it is sold.
      if (line.kind === 'combo' && !answer.modifier) return NOTHING;
      first ??= answer;
    }
    return first ?? { kind: 'held', sku: line.sku, modifier: false };
  }

  #indexAt(instant: number): number {
    let found = 0;
    while ((this.#versions[found + 1]?.validFrom ?? Number.POSITIVE_INFINITY) <= instant) found++;
    return found;
  }

  #resolveIn(book: number, line: SoldLine, channel: string | undefined): Resolved {
    const key = answerKey(book, line, channel);
    const known = this.#answers.get(key);
    if (known) return known;
    const kitchen = this.kitchen(book);
    const mapping = (sku: string) => this.#mappings.get(sku);
    const answer = resolveLine({ book, kitchen, mapping, item: this.#item }, line, channel);
    if (this.#answers.size >= ANSWERS_KEPT) this.#answers.clear();
    this.#answers.set(key, answer);
    return answer;
  }
}

/** By the instant they take effect; of two with the same instant the later adopted one counts. */
function inForceOrder(versions: readonly BookVersion[]): BookVersion[] {
  const sorted = [...versions].sort((a, b) => a.validFrom - b.validFrom || a.version - b.version);
  return sorted.filter((v, i) => sorted[i + 1]?.validFrom !== v.validFrom);
}

/** Codes are anybody's text: their lengths keep two different lines from sharing a key. */
function answerKey(book: number, line: SoldLine, channel = ''): string {
  let key = `${book} ${channel.length}:${channel}${line.sku.length}:${line.sku}`;
  if (line.modifiers === undefined) return key;
  for (const { sku, qty } of line.modifiers) key += `${sku.length}:${sku}*${qty ?? 1}`;
  return key;
}
