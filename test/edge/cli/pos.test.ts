import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBoxProcess } from '../../faults/box-process.ts';
import { openShop, type Ran, runLarder, type Shop } from './run-larder.ts';

const BOOK = fileURLToPath(new URL('../../../recipes/samples/red-braise.yaml', import.meta.url));
let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  expect((await shop.larder('import', BOOK)).exit).toBe(0);
});
afterAll(() => shop.close());

async function stockOf(item: string): Promise<string> {
  return ((await shop.box.call('GET', `/api/v1/stock/${item}`)) as { onHand: string }).onHand;
}

describe('selling', () => {
  it('prints one line for people, in their language', async () => {
    const sold = await shop.larder('pos', 'sell', 'M-1001:2', '--id', 'words-1');
    expect(sold.stdout).toMatch(/^applied {2}words-1 {2}2 × 红烧肉盖饭: \d+ moves in \d+ ms\n$/);
    expect(sold.exit).toBe(0);
    const again = await shop.larder('pos', 'sell', 'M-1001:2', '--id', 'words-1', '--lang', 'zh');
    expect(again.stdout).toContain('duplicate 重复');
    expect(again.exit).toBe(0);
  });

  it('takes modifiers and quantities, and gives everything back on a void', async () => {
    const before = await stockOf('pork-belly');
    const sold = await shop.larder(
      'pos',
      'sell',
      'M-1001:2+M7+M9',
      'M-8001',
      '--id',
      'mods-1',
      '--json',
    );
    expect(sold.json()).toMatchObject({
      eventId: 'mods-1',
      status: 'applied',
      lines: { applied: 2 },
    });
    expect(Number(await stockOf('pork-belly'))).toBe(Number(before) - 800);
    const part = await shop.larder(
      'pos',
      'void',
      'mods-1',
      '--line',
      '1:1',
      '--disposition',
      'not_made',
    );
    expect(part.exit).toBe(0);
    expect(Number(await stockOf('pork-belly'))).toBe(Number(before) - 400);
    await shop.larder('pos', 'void', 'mods-1', '--disposition', 'not_made');
    expect(await stockOf('pork-belly')).toBe(before);
  });

  it('refunds what was sold when it is not told how much, and refuses to guess', async () => {
    await shop.larder('pos', 'sell', 'M-1001:2', '--id', 'ref-1');
    const before = await stockOf('pork-belly');
    const whole = await shop.larder(
      'pos',
      'refund',
      'ref-1',
      '1',
      '--disposition',
      'not_made',
      '--json',
    );
    expect(whole.json()).toMatchObject({ status: 'applied' });
    expect(Number(await stockOf('pork-belly'))).toBe(Number(before) + 800);
    const noLine = await shop.larder('pos', 'refund', 'ref-1', '9');
    expect([noLine.exit, noLine.stderr]).toEqual([
      2,
      expect.stringContaining('has no line 9; it has: 1'),
    ]);
    const noSale = await shop.larder('pos', 'refund', 'nothing', '1');
    expect([noSale.exit, noSale.stderr]).toEqual([2, expect.stringContaining('1:QTY')]);
  });

  it('ends with 1 for what waits for a person', async () => {
    const held = await shop.larder('pos', 'sell', 'NO-SUCH', '--json');
    expect(held.exit).toBe(1);
    expect(held.json()).toMatchObject({ status: 'held', reasons: [{ code: 'unknown_sku' }] });
  });

  it.each<[string[], string]>([
    [['pos', 'sell'], 'missing required argument'],
    [['pos', 'sell', '+M7'], 'is no dish'],
    [['pos', 'sell', 'M-1001', '--terminal', 'T9'], 'larder terminal add T9'],
    [['pos', 'void', 'x', '--disposition', 'eaten'], 'not_made, made_discarded'],
    [['pos', 'sell', 'M-1001', '--time', 'noon'], '2026-11-22T12:31:07+08:00'],
    [['pos', 'juggle'], 'unknown command'],
    [['pos', 'replay', 'missing.jsonl'], 'cannot be read'],
    [['pos', 'replay', 'missing.jsonl', '--rate', 'fast'], '--rate is a number'],
  ])('says what is wrong with %j', async (args, words) => {
    const ran = await shop.larder(...args);
    expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it('says how to start a box when none runs, also to a machine', async () => {
    const nowhere = join(shop.folder, 'elsewhere');
    const ran = await runLarder(shop.folder, ['pos', 'sell', 'X'], { LARDER_DATA: nowhere });
    expect([ran.exit, ran.stderr]).toEqual([1, expect.stringContaining('npm run demo')]);
    const json = await runLarder(shop.folder, ['pos', 'sell', 'X', '--json'], {
      LARDER_DATA: nowhere,
    });
    expect(json.json()).toMatchObject({ error: { code: 'no_box' } });
  });
});

describe('replay', () => {
  const events = Array.from({ length: 200 }, (_, i) => ({
    specversion: '1.0',
    id: `replay-${i}`,
    type: 'larder.pos.sale.v1',
    sequence: String(i + 1),
    epoch: 'replay',
    data: { saleId: `replay-${i}`, lines: [{ lineId: '1', sku: 'M-8001', qty: '1' }] },
  }));

  async function soldColas(): Promise<number> {
    return -Number(await stockOf('cola'));
  }

  it('sends 200 events once each, through a kill and a restart on another port', async () => {
    const file = join(shop.folder, 'sales.jsonl');
    writeFileSync(file, `${events.map((event) => JSON.stringify(event)).join('\n')}\n`);
    const before = await soldColas();
    const running = shop.larder(
      'pos',
      'replay',
      file,
      '--rate',
      '60',
      '--in-flight',
      '8',
      '--json',
    );
    await hasArrived(40);
    await shop.box.kill('SIGKILL');
    shop.box = await startBoxProcess(shop.data);
    const ran: Ran = await running;
    expect(ran.stderr).not.toContain('Error');
    expect(ran.json()).toMatchObject({ events: 200, acknowledged: 200, reconnects: 1 });
    expect(ran.exit).toBe(0);
    expect(await soldColas()).toBe(before + 200);
    const check = await shop.larder('pos', 'check', '--json');
    const { checks } = check.json() as {
      checks: { id: string; state: string; what: { en: string } }[];
    };
    const stated = Object.fromEntries(checks.map(({ id, state }) => [id, state]));
    // The events of the other tests above carry no sequence.
    expect(stated).toMatchObject({ shape: 'ok', stable_ids: 'ok', linked: 'ok', sequence: 'fail' });
    expect(checks.find(({ id }) => id === 'sequence')?.what.en).toMatch(
      /of \d+ events carry no sequence/,
    );
  });

  it('counts what the box had before as duplicates', async () => {
    const before = await soldColas();
    const ran = await shop.larder('pos', 'replay', 'sales.jsonl', '--json');
    expect(ran.json()).toMatchObject({ acknowledged: 200, duplicates: 200, withoutResult: 0 });
    expect(await soldColas()).toBe(before);
    const words = await shop.larder('pos', 'replay', 'sales.jsonl');
    expect(words.stdout).toMatch(
      /acknowledged 200 of 200 .*\nresults: duplicate 200\nduplicates: 200\n/,
    );
  });

  async function hasArrived(count: number): Promise<void> {
    for (;;) {
      const answer = await shop.box.call('GET', '/api/v1/events?limit=500');
      const { events: stored } = answer as { events: { eventId: string }[] };
      if (stored.filter(({ eventId }) => eventId.startsWith('replay-')).length >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
