/** A real box with the kitchen's book and a clock that the test moves. */
import { createHash } from 'node:crypto';
import { decimalFromMicro } from '#recipes/amount.ts';
import type { CommandResult } from '#recipes/contracts/command.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import type { Db } from '../../../edge/db/open.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { KITCHEN_BOOK } from './kitchen-book.ts';

type Said = {
  readonly id?: string;
  readonly at?: string;
  readonly offsetMs?: number;
  readonly actor?: string;
};

/** What applied commands of the kitchen answer, as far as tests look at it. */
type Answer = {
  readonly moves: readonly {
    item: string;
    lot: string;
    from: string;
    to: string;
    amount: string;
  }[];
  readonly cost: string | null;
  readonly short?: unknown;
  readonly lot: string;
  readonly lots: readonly { item: string; lot: string }[];
  readonly expiresAt: string | null;
  readonly outs: readonly {
    to: string;
    item?: string;
    qty: string;
    lot?: string;
    cost: string | null;
  }[];
  readonly [key: string]: unknown;
};

type Done = { readonly seq: number; readonly data: Answer };

export type KitchenBox = TestBox & {
  /** Epoch milliseconds; the box's clock. */
  now: number;
  tell(kind: string, data: unknown, said?: Said, query?: string): Promise<CommandResult>;
  /** A command that must be applied. */
  done(kind: string, data: unknown, said?: Said): Promise<Done>;
  /** A command that must be refused with both languages, and must change nothing. */
  refused(kind: string, data: unknown, said?: Said): Promise<string>;
  /** A delivery of one lot. */
  receive(item: string, qty: string, lot?: string, price?: string): Promise<Done>;
  undo(seq: number): Promise<Done>;
  sell(sku: string, qty?: number): Promise<string>;
  voidSale(sale: string): Promise<void>;
  /** Prep is inferred. */
  tick(): void;
  /** Every lot that is not empty: "belly/L1" to grams; what has no lot is "belly/-". */
  lots(): Record<string, number>;
  /** A hash over every row of every table. */
  tables(): string;
};

export const START = Date.parse('2026-11-22T12:00:00+08:00');

export async function kitchenBox(book: unknown = KITCHEN_BOOK): Promise<KitchenBox> {
  let now = START - 86_400_000;
  // No loop runs by itself: the test says when the box looks at its prep.
  const every = () => ({ cancel: () => undefined });
  const ports = { ...realPorts(), now: () => now, every };
  const box = await startBox({
    ...(book === null ? {} : { book }),
    ports,
  });
  now = START;
  let ids = 0;
  const parts = () => box.box.parts;

  async function tell(
    kind: string,
    data: unknown,
    said: Said = {},
    query = '',
  ): Promise<CommandResult> {
    const command = { id: `k-${++ids}`, kind, data, ...said };
    const body = { commands: [command] };
    const answer = await box.api<{ results: CommandResult[] }>('POST', `/commands${query}`, body);
    const [result] = answer.results ?? [];
    if (!result) throw new Error(JSON.stringify(answer));
    return result;
  }

  async function done(kind: string, data: unknown, said?: Said): Promise<Done> {
    const result = await tell(kind, data, said);
    if (result.status !== 'applied') throw new Error(`${kind}: ${JSON.stringify(result)}`);
    return { seq: result.seq ?? 0, data: (result.data ?? {}) as Answer };
  }

  async function refused(kind: string, data: unknown, said?: Said): Promise<string> {
    const before = tables(['command']);
    const result = await tell(kind, data, said);
    if (result.status !== 'rejected')
      throw new Error(`${kind} was not refused: ${JSON.stringify(result)}`);
    if (!result.message?.en || !/[\u4e00-\u9fff]/.test(result.message.zh))
      throw new Error(`no words: ${JSON.stringify(result)}`);
    if (tables(['command']) !== before)
      throw new Error(`${kind} was refused and changed something`);
    return result.code ?? '';
  }

  function tables(except: readonly string[] = []): string {
    return hashTables(parts().db, except);
  }

  const extra = {
    tell,
    done,
    refused,
    receive: (item: string, qty: string, lot?: string, price?: string) =>
      done('delivery.receive', { lines: [{ item, qty, lot, price, temperature: '2' }] }),
    undo: (entry: number) => done('entry.reverse', { entry }),
    async sell(sku: string, qty = 1) {
      const saleId = `sale-${++ids}`;
      const time = new Date(now).toISOString();
      const data = { saleId, lines: [{ lineId: '1', sku, qty: String(qty) }] };
      await post(box, { id: saleId, type: 'larder.pos.sale.v1', time, data });
      return saleId;
    },
    async voidSale(saleId: string) {
      const time = new Date(now).toISOString();
      const data = { saleId, disposition: 'not_made' };
      await post(box, { id: `void-${++ids}`, type: 'larder.pos.void.v1', time, data });
    },
    tick: () => parts().prep.round(),
    lots: () => lotsOf(parts()),
    tables: () => tables(),
  };
  const own = Object.defineProperty(extra, 'now', {
    get: () => now,
    set: (at: number) => {
      now = at;
    },
  }) as typeof extra & { now: number };
  return Object.defineProperties(own, Object.getOwnPropertyDescriptors(box)) as typeof own &
    TestBox;
}

async function post(box: TestBox, event: object): Promise<void> {
  const [result] = await box.send({ specversion: '1.0', ...event });
  if (result?.status !== 'applied') throw new Error(JSON.stringify(result));
}

type Shelves = Pick<TestBox['box']['parts'], 'ledger' | 'lots'>;

export function lotsOf({ ledger, lots }: Shelves): Record<string, number> {
  const all: Record<string, number> = {};
  for (const code of ledger.items.codes()) {
    const item = ledger.items.find(code) ?? 0;
    for (const { lot, amount } of ledger.shelf.lotsOf(item)) {
      if (amount === 0) continue;
      const name = lot === UNALLOCATED ? '-' : (lots.get(lot)?.code ?? '?');
      all[`${code}/${name}`] = (all[`${code}/${name}`] ?? 0) + Number(decimalFromMicro(amount));
    }
  }
  return all;
}

function hashTables(db: Db, except: readonly string[] = []): string {
  const names = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .pluck()
    .all() as string[];
  const hash = createHash('sha256');
  for (const name of names.filter((table) => !except.includes(table))) {
    hash.update(name);
    const rows = db
      .prepare(`SELECT * FROM "${name}"`)
      .raw()
      .all()
      .map((row) => JSON.stringify(row));
    for (const row of rows.sort()) hash.update(row);
  }
  return hash.digest('hex');
}
