/**
 * A box on paper: entries as a kitchen makes them, hashed as a box hashes them, and its balances. It
 * can be copied as a disk is copied, and be asked for any piece of its past as a batch.
 */
import { hash } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { type Batch, type Fact, NO_HASH, type Parent } from '#recipes/contracts/sync.ts';
import { type EntryKind, entryText, type Move } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { StateDigest } from '#recipes/sync/state-digest.ts';
import type { Seeded } from '../support/seeded.ts';

export type PaperEntry = {
  readonly seq: number;
  readonly kind: EntryKind;
  readonly day: number;
  readonly event: number | null;
  readonly command: string | null;
  readonly moves: readonly Move[];
  readonly text: string;
  readonly hash: string;
};

export const ITEMS = 8;
const DAY = 20261122;

export class PaperBox {
  incarnation: string;
  parent: Parent | null = null;
  readonly entries: PaperEntry[] = [];
  readonly #random: Seeded;
  #events = 0;

  constructor(incarnation: string, random: Seeded) {
    this.incarnation = incarnation;
    this.#random = random;
  }

  get seq(): number {
    return this.entries.length;
  }

  get headHash(): string {
    return this.hashAt(this.seq);
  }

  get events(): number {
    return this.#events;
  }

  hashAt(seq: number): string {
    return seq === 0 ? NO_HASH : (this.entries[seq - 1]?.hash ?? 'none');
  }

  /** A sale that takes of a few items, or every tenth time a delivery of one. */
  sell(count = 1): this {
    for (let i = 0; i < count; i += 1) {
      const delivery = this.seq % 10 === 0;
      this.add(delivery ? 'receipt' : 'sale', delivery ? this.#delivery() : this.#sale());
    }
    return this;
  }

  add(kind: EntryKind, moves: readonly Move[], note: string | null = null): PaperEntry {
    const seq = this.seq + 1;
    const sold = kind === 'sale';
    if (sold) this.#events += 1;
    const event = sold ? this.#events : null;
    const command = sold ? null : `${this.incarnation}:c${seq}`;
    const day = DAY + Math.floor(seq / 100);
    const at = 1_795_000_000_000 + seq * 1000;
    const head = { seq, kind, event, command, sale: event, reverses: null, book: 1, day };
    const rest = { occurredAt: at, recordedAt: at + 5, actor: null, note };
    const text = entryText({ ...head, ...rest }, moves);
    const entry = { seq, kind, day, event, command, moves, text };
    this.entries.push({ ...entry, hash: hash('sha256', this.headHash + text, 'hex') });
    return this.entries.at(-1) as PaperEntry;
  }

  /** As the disk is copied, or an older copy of it is put back. */
  copy(incarnation: string, seq = this.seq, random = this.#random.fork(incarnation)): PaperBox {
    const copy = new PaperBox(incarnation, random);
    copy.entries.push(...this.entries.slice(0, seq));
    copy.#events = Math.max(0, ...copy.entries.map(({ event }) => event ?? 0));
    return copy;
  }

  /** The same, and it says where it parted. */
  child(incarnation: string, seq: number, why: Parent['why']): PaperBox {
    const child = this.copy(incarnation, seq);
    const hash = this.hashAt(seq);
    child.parent = { incarnation: this.incarnation, seq, hash, events: child.events, why };
    return child;
  }

  /** Entries after `after`, `count` of them. */
  batch(
    after = 0,
    count = 500,
    options: { facts?: boolean; form?: 'text' | 'object' } = {},
  ): Batch {
    const own = this.entries.slice(after, after + count);
    const to = own.at(-1)?.seq ?? after;
    const atHead = to === this.seq;
    const events = own.map(({ event }) => event ?? 0).filter((event) => event > 0);
    const before = Math.max(0, ...this.entries.slice(0, after).map(({ event }) => event ?? 0));
    return {
      incarnation: this.incarnation,
      from: after + 1,
      to,
      prevHash: this.hashAt(after),
      entries: own.map((e) => (options.form === 'object' ? { ...e } : e.text)),
      headHash: this.hashAt(to),
      stateDigest: atHead ? this.digest() : null,
      ...(this.parent === null ? {} : { parent: this.parent }),
      head: { seq: this.seq, hash: this.headHash },
      events: { after: before, to: Math.max(before, ...events) },
      ...(options.facts === true && own.length > 0 ? { facts: packFacts(own) } : {}),
    };
  }

  /** [item, place, lot, amount] of everything that is not 0. */
  balances(seq = this.seq): [number, number, number, number][] {
    const sums = new Map<string, number>();
    for (const { moves } of this.entries.slice(0, seq)) {
      for (const { item, lot, from, to, amount } of moves) {
        for (const [place, sign] of [
          [from, -1],
          [to, 1],
        ] as const) {
          const key = `${item},${place},${place === PLACES.stock ? lot : 0}`;
          sums.set(key, (sums.get(key) ?? 0) + sign * amount);
        }
      }
    }
    return [...sums]
      .filter(([, amount]) => amount !== 0)
      .map(([key, amount]) => [...key.split(',').map(Number), amount] as never);
  }

  digest(seq = this.seq): string {
    const sum = new StateDigest();
    for (const row of this.balances(seq)) sum.add(...row);
    return sum.hex();
  }

  #sale(): Move[] {
    return Array.from({ length: this.#random.between(1, 4) }, (_, line) => ({
      line,
      item: this.#random.between(1, ITEMS),
      lot: this.#random.between(0, 3),
      from: PLACES.stock,
      to: this.#random.chance(0.1) ? PLACES.waste : PLACES.sold,
      amount: this.#random.between(1, 5_000_000),
    }));
  }

  #delivery(): Move[] {
    const lot = this.#random.between(1, 3);
    const item = this.#random.between(1, ITEMS);
    const amount = this.#random.between(1, 90_000_000);
    return [{ line: -1, item, lot, from: PLACES.supplier, to: PLACES.stock, amount }];
  }
}

/** Facts of entries as a box packs them. */
export function packFacts(entries: readonly PaperEntry[]): string {
  const facts = entries.map(({ seq, event, command }): Fact => {
    if (event !== null) {
      const body = Buffer.from(`{"id":"e${event}"}`).toString('base64');
      const who = { terminal: 'T1', eventId: `e${seq}`, receivedAt: 0, source: null };
      return { what: 'event', seq, number: event, ...who, body };
    }
    const id = command ?? '';
    const who = { actor: null, device: null, data: {}, result: {} };
    return { what: 'command', seq, id, kind: 'delivery.receive', at: 0, ...who };
  });
  return zstdCompressSync(Buffer.from(JSON.stringify({ v: 1, facts }))).toString('base64');
}
