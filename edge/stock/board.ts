/**
 * Keeps the published state of stock up to date: `stock/level/{item}` and `stock/menu/{sku}` as
 * retained messages, and the news for the screens. Changes are collected and told a few times a
 * second, however fast sales come in.
 */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { Kitchen } from '#recipes/kitchen.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { LedgerReader } from '../ledger/ledger.ts';
import type { Bus } from '../pos/bus.ts';
import type { Topics } from '../pos/topics.ts';
import type { Knowledge } from '../recipe-book/knowledge.ts';
import type { Ports, Timer } from '../runtime/ports.ts';
import { levelState, onHand } from './levels.ts';
import { indexMenu, type MenuEntry, type MenuIndex, type MenuParts, menuOf } from './menu.ts';
import { openPace } from './pace.ts';

export type BoardParts = {
  readonly ledger: LedgerReader;
  readonly knowledge: Knowledge;
  readonly topics: Topics;
  readonly ports: Pick<Ports, 'now' | 'mono' | 'every'>;
  readonly bus: () => Bus | undefined;
};

/** Item codes whose stock changed, and whether that changed what can be sold. */
export type BoardListener = (items: readonly string[], menuChanged: boolean) => void;

const TICK_MS = 250;
const WEEK_MS = 7 * 86_400_000;

export class Board {
  readonly #parts: BoardParts;
  readonly #pace = openPace();
  readonly #dirty = new Set<number>();
  readonly #said = new Map<string, string>();
  readonly #listeners: BoardListener[] = [];
  readonly #menuParts: MenuParts;
  #index: { version: number; menu: MenuIndex } | undefined;

  constructor(parts: BoardParts) {
    this.#parts = parts;
    parts.ledger.onChange((items) => {
      for (const item of items) this.#dirty.add(item);
    });
    this.#menuParts = {
      onHand: (item) => onHand(parts, item),
      safety: (item) => this.#kitchen()?.items.get(item)?.safety ?? 0,
      until: (item) => this.until(item),
    };
  }

  /** RFC 3339 of when an item runs out at today's pace; null when unknown or over a week off. */
  until(item: string): string | null {
    const { ledger, ports } = this.#parts;
    const number = ledger.items.find(item);
    if (number === undefined) return null;
    const rate = this.#pace.rate(number, ports.mono());
    const left = ledger.shelf.onHand(number);
    if (rate <= 0 || left <= 0 || left / rate > WEEK_MS) return null;
    return new Date(ports.now() + left / rate).toISOString();
  }

  menu(): MenuEntry[] {
    const menu = this.#menuIndex();
    return menu ? [...menu.dishes.keys()].flatMap((id) => menuOf(menu, id, this.#menuParts)) : [];
  }

  /** Everything again: after a start, a new book, or when the broker has forgotten. */
  publishAll(): void {
    const old = new Set(this.#said.keys());
    this.#said.clear();
    const menu = this.#menuIndex();
    for (const code of this.#kitchen()?.items.keys() ?? []) this.#sayLevel(code);
    for (const recipe of menu?.dishes.keys() ?? []) if (menu) this.#sayMenu(recipe, menu);
    for (const topic of old) {
      // What left the book must not stay on sale: an empty payload clears the retained state.
      if (!this.#said.has(topic)) this.#parts.bus()?.publish({ topic, payload: '', retain: true });
    }
  }

  onTick(listener: BoardListener): void {
    this.#listeners.push(listener);
  }

  start(): Timer {
    return this.#parts.ports.every(TICK_MS, () => this.#tick());
  }

  #tick(): void {
    const { ledger, ports } = this.#parts;
    const before = this.#index?.version;
    const menu = this.#menuIndex();
    // A book that was adopted for now takes effect by itself.
    if (this.#index?.version !== before) this.publishAll();
    if (this.#dirty.size === 0) return;
    const codes: string[] = [];
    const recipes = new Set<string>();
    for (const number of this.#dirty) {
      const code = ledger.items.code(number);
      codes.push(code);
      this.#pace.note(number, ledger.shelf.inPlace(number, PLACES.sold), ports.mono());
      this.#sayLevel(code);
      for (const recipe of menu?.byItem.get(code) ?? []) recipes.add(recipe);
    }
    this.#dirty.clear();
    let menuChanged = false;
    if (menu)
      for (const recipe of recipes) menuChanged = this.#sayMenu(recipe, menu) || menuChanged;
    for (const listener of this.#listeners) listener(codes, menuChanged);
  }

  #kitchen(): Kitchen | undefined {
    return this.#parts.knowledge.at(this.#parts.ports.now())?.kitchen;
  }

  #menuIndex(): MenuIndex | undefined {
    const inForce = this.#parts.knowledge.at(this.#parts.ports.now());
    if (!inForce) return undefined;
    if (this.#index?.version !== inForce.version.version) {
      this.#index = { version: inForce.version.version, menu: indexMenu(inForce.kitchen) };
    }
    return this.#index.menu;
  }

  #sayLevel(code: string): void {
    const item = this.#kitchen()?.items.get(code);
    if (!item) return;
    const amount = onHand(this.#parts, code);
    const state = levelState(amount, item.safety);
    const level = { onHand: decimalFromMicro(amount), unit: item.unit, state };
    this.#say(this.#parts.topics.level(code), level, level);
  }

  #sayMenu(recipe: string, menu: MenuIndex): boolean {
    let changed = false;
    for (const { sku, sellable, state, blocking, until } of menuOf(menu, recipe, this.#menuParts)) {
      // The estimate alone moves all the time; only a change of the rest is news.
      const news = { sellable, state, blocking };
      if (this.#say(this.#parts.topics.menu(sku), news, { ...news, until })) changed = true;
    }
    return changed;
  }

  /** Tells a state unless the same news was told before. @returns whether it was told */
  #say(topic: string, news: object, state: object): boolean {
    const text = JSON.stringify(news);
    if (this.#said.get(topic) === text) return false;
    this.#said.set(topic, text);
    const at = new Date(this.#parts.ports.now()).toISOString();
    const payload = JSON.stringify({ ...state, at });
    this.#parts.bus()?.publish({ topic, payload, retain: true });
    return true;
  }
}
