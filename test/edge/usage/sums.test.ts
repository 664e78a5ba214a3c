/** What left the larder by day, against a recount of every move; restarts and rebuilding included. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditFile } from '../../../edge/ledger/audit.ts';
import { type InnerBox, innerBox, templateOf } from '../kitchen/inner-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';
import { recount, sumsOf } from './usage-box.ts';

let template: string;
let box: InnerBox;
const DAY = 86_400_000;

beforeAll(() => {
  template = templateOf(SMALL_BOOK);
  box = innerBox(template);
});
afterAll(() => box.close());

/** The same numbers every time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Ten days of whatever happens in a kitchen, some of it taken back days later. */
function live(seed: number): void {
  const next = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  const sales: string[] = [];
  const entries: number[] = [];
  const command = (kind: string, data: unknown) => {
    const { seq } = box.command(kind, data);
    if (seq !== undefined) entries.push(seq);
  };
  for (let n = 0; n < 260; n++) {
    box.now += Math.floor(next() * DAY * 0.08);
    const chance = next();
    if (chance < 0.5) {
      const saleId = `s${seed}-${n}`;
      const qty = String(1 + Math.floor(next() * 3));
      box.event('sale', { saleId, lines: [{ lineId: '1', sku: pick(['B', 'E', 'D']), qty }] });
      sales.push(saleId);
    } else if (chance < 0.6 && sales.length > 0) {
      const disposition = pick(['not_made', 'made_discarded', 'made_served_free']);
      box.event('void', { saleId: pick(sales), disposition });
    } else if (chance < 0.68 && sales.length > 0) {
      const lines = [{ lineId: '1', qty: '1', disposition: pick(['not_made', 'made_discarded']) }];
      box.event('refund', { refundId: `r${n}`, saleId: pick(sales), lines });
    } else if (chance < 0.78) {
      command('delivery.receive', { lines: [{ item: pick(['pork', 'rice', 'egg']), qty: '500' }] });
    } else if (chance < 0.84) {
      command('waste.log', { item: pick(['pork', 'rice']), qty: '40', reason: 'spoiled' });
    } else if (chance < 0.92) {
      command('consume.log', { item: 'egg', qty: '2', why: pick(['staff', 'gift']) });
    } else if (entries.length > 0) command('entry.reverse', { entry: pick(entries) });
  }
}

describe('after days of sales, voids, refunds and reversals', () => {
  test.each([1, 2, 3])('the sums are what the moves add up to (%i)', async (seed) => {
    live(seed);
    box.parts.usage.sums.round();
    box.reopen();
    await box.parts.usage.sums.caughtUp();
    const right = recount(box.db);
    expect(right.size).toBeGreaterThan(20);
    expect(sumsOf(box.db)).toEqual(right);
    expect(checkOf('usage')).toMatchObject({ breachCount: 0 });
  });

  test('a reversal counts on the day of what it takes back', async () => {
    const entry = box.command('consume.log', { item: 'egg', qty: '6', why: 'staff' }).seq;
    const day = box.parts.receiving.dayOf(box.now);
    await box.parts.usage.sums.caughtUp();
    const before = usedOf('egg', day);
    const past = box.parts.usage.sums.pastVersion();
    box.now += 3 * DAY;
    box.command('entry.reverse', { entry });
    await box.parts.usage.sums.caughtUp();
    expect(usedOf('egg', day)).toBe(before - 6_000_000);
    expect(usedOf('egg', box.parts.receiving.dayOf(box.now))).toBe(0);
    expect(box.parts.usage.sums.pastVersion()).toBe(past + 1);
  });

  test('they can be thrown away and made again', async () => {
    const before = sumsOf(box.db);
    box.parts.usage.sums.forget();
    expect(sumsOf(box.db).size).toBe(0);
    await box.parts.usage.sums.caughtUp();
    expect(sumsOf(box.db)).toEqual(before);
  });

  test('a clock that was a year ahead for a moment costs no hours', async () => {
    const hours = () => box.db.prepare('SELECT * FROM usage_hour ORDER BY 1, 2, 3').all();
    const [right, before] = [box.now, hours()];
    expect(before.length).toBeGreaterThan(20);
    box.now += 365 * DAY;
    const { seq } = box.command('consume.log', { item: 'egg', qty: '1', why: 'staff' });
    await box.parts.usage.sums.caughtUp();
    box.now = right;
    box.command('entry.reverse', { entry: seq });
    await box.parts.usage.sums.caughtUp();
    expect(hours()).toEqual(expect.arrayContaining(before));
    expect(checkOf('usage')).toMatchObject({ breachCount: 0 });
  });

  test('fsck finds a sum that is wrong, and an hour that is', async () => {
    const { db } = box;
    const spoil = (sql: string) => {
      db.exec(`BEGIN; ${sql}; COMMIT`);
      const found = checkOf('usage')?.breachCount ?? 0;
      box.parts.usage.sums.forget();
      return found;
    };
    const last = 'SELECT max(day) FROM usage_day';
    expect(spoil(`UPDATE usage_day SET amount = amount + 1 WHERE day = (${last})`)).toBeGreaterThan(
      0,
    );
    await box.parts.usage.sums.caughtUp();
    expect(spoil(`UPDATE usage_day SET stock = 0 WHERE stock <> 0`)).toBeGreaterThan(0);
    await box.parts.usage.sums.caughtUp();
    expect(spoil('DELETE FROM usage_day WHERE amount > 0')).toBeGreaterThan(0);
    await box.parts.usage.sums.caughtUp();
    expect(spoil('UPDATE usage_hour SET amount = amount + 1')).toBeGreaterThan(0);
    await box.parts.usage.sums.caughtUp();
    expect(checkOf('usage')).toMatchObject({ breachCount: 0 });
  });
});

function usedOf(item: string, day: number): number {
  const number = box.parts.ledger.items.find(item) ?? 0;
  const rows = box.parts.usage.store.read(number, day);
  return rows.days[0] === day ? (rows.amounts[0] ?? 0) : 0;
}

function checkOf(id: string) {
  return auditFile(box.file, { full: false }).checks.find((check) => check.id === id);
}
