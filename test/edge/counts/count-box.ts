/** A box with a small kitchen in which things happen at minutes of one morning. */
import { MICRO } from '#recipes/amount.ts';
import type { CommandResult } from '#recipes/contracts/command.ts';
import { auditFile } from '../../../edge/ledger/audit.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { event, SMALL_BOOK } from '../small-kitchen.ts';

/** Minute 0; everything in these tests lies in the past, so no clock has to be turned. */
const START = Date.parse('2026-03-02T02:00:00.000Z');

export type CountBox = TestBox & {
  /** A command that happened at a minute. */
  at(
    minute: number,
    kind: string,
    data: unknown,
    more?: { actor?: string; dryRun?: boolean },
  ): Promise<CommandResult>;
  /** Sells `eggs` eggs at a minute; two are a dish. */
  sell(minute: number, dishes: number, saleId?: string): Promise<void>;
  observe(minute: number, count: string, item: string, qty: string, more?: object): Promise<number>;
  /** @returns the lines of the answer */
  post(minute: number, count: string): Promise<PostedLine[]>;
  /** Eggs that were dropped. */
  waste(minute: number, qty: string): Promise<number>;
  reverse(minute: number, entry: number): Promise<number>;
  /** What is on hand of an item, in its base unit. */
  now(item: string): number;
  /** Brings counts up to date now; what is on hand of an item afterwards. */
  settled(item: string): Promise<number>;
  lots(item: string): Promise<Record<string, number>>;
  view(count: string): Promise<CountView>;
  /** Everything fsck has to say. */
  breaches(): string[];
  /** The entry of the last post. */
  lastPost: number;
};

export type PostedLine = {
  item: string;
  lot: string | null;
  book: string;
  counted: string;
  variance: string;
  cost: string | null;
};

export type CountView = {
  count: string;
  state: string;
  lines: {
    item: string;
    lot: string | null;
    place: string | null;
    qty: string;
    book?: string;
    variance?: string;
    kept: { qty: string; actor: string | null }[];
    disagreement?: string;
  }[];
  items: { item: string; counted: string; book?: string; variance?: string; cost?: string }[];
};

export const timeOf = (minute: number): string =>
  new Date(START + Math.round(minute * 60_000)).toISOString();

export async function startCountBox(): Promise<CountBox> {
  const box = await startBox({ book: SMALL_BOOK });
  let commands = 0;

  const own = {
    lastPost: 0,
    async at(
      minute: number,
      kind: string,
      data: unknown,
      { actor = 'wang', dryRun = false }: { actor?: string; dryRun?: boolean } = {},
    ) {
      const id = `c-${++commands}`;
      const answer = await box.api<{ results: CommandResult[] }>(
        'POST',
        `/commands${dryRun ? '?dryRun=1' : ''}`,
        { commands: [{ id, kind, at: timeOf(minute), actor, data }] },
      );
      const [result] = answer.results;
      if (!result) throw new Error(JSON.stringify(answer));
      return result;
    },
    async sell(minute: number, dishes: number, saleId = `s-${++commands}`) {
      const lines = [{ lineId: '1', sku: 'E', qty: dishes }];
      const [result] = await box.send(event('sale', { saleId, lines }, { time: timeOf(minute) }));
      if (result?.status !== 'applied') throw new Error(JSON.stringify(result));
    },
    async observe(minute: number, count: string, item: string, qty: string, more: object = {}) {
      const { actor, ...rest } = more as { actor?: string };
      const data = { count, item, qty, ...rest };
      return applied(await own.at(minute, 'count.observe', data, actor ? { actor } : {}));
    },
    async post(minute: number, count: string) {
      const result = await own.at(minute, 'count.post', { count });
      own.lastPost = applied(result);
      return (result.data as { lines: PostedLine[] }).lines;
    },
    async waste(minute: number, qty: string) {
      return applied(await own.at(minute, 'waste.log', { item: 'egg', qty, reason: 'dropped' }));
    },
    async reverse(minute: number, entry: number) {
      return applied(await own.at(minute, 'entry.reverse', { entry }));
    },
    now(item: string) {
      const { items, shelf } = box.box.parts.ledger;
      return shelf.onHand(items.find(item) ?? 0) / MICRO;
    },
    async settled(item: string) {
      const { counting, ledger, prep } = box.box.parts;
      // Lots may have to pay for what a count changed, on a tick of its own; that is soon done.
      for (let before = -1; before !== ledger.seq(); ) {
        before = ledger.seq();
        counting.settler.look();
        prep.round();
      }
      return own.now(item);
    },
    async lots(item: string) {
      box.box.parts.counting.settler.look();
      const { ledger, lots } = box.box.parts;
      const open = ledger.shelf.lotsOf(ledger.items.find(item) ?? 0);
      return Object.fromEntries(
        open.map(({ lot, amount }) => [lots.get(lot)?.code ?? 'unallocated', amount / MICRO]),
      );
    },
    view: (count: string) => box.api<CountView>('GET', `/counts/${count}`),
    breaches() {
      box.box.parts.counting.settler.look();
      const { checks } = auditFile(box.box.parts.file, { full: true });
      return checks.flatMap(({ id, breaches }) =>
        breaches.map(({ where, detail }) => `${id}: ${where} ${detail}`),
      );
    },
  };
  return Object.defineProperties(own, Object.getOwnPropertyDescriptors(box)) as unknown as CountBox;
}

function applied(result: CommandResult): number {
  if (result.status !== 'applied') throw new Error(JSON.stringify(result));
  return result.seq ?? 0;
}

/** Eggs of one lot, at 1.50 each. */
export async function receiveEggs(
  box: CountBox,
  minute: number,
  qty: number,
  lot: string,
): Promise<number> {
  const line = { item: 'egg', qty: `${qty} ea`, lot, price: '1.5' };
  return applied(await box.at(minute, 'delivery.receive', { lines: [line] }));
}
