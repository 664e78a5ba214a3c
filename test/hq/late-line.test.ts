/** A sale that posts in two parts, because the code of one of its dishes was mapped later, is one sale. */
import { expect, it } from 'vitest';
import { SMALL_BOOK, sale } from '../edge/small-kitchen.ts';
import { startTestPostgres } from '../support/postgres.ts';
import { startBox } from '../support/start-box.ts';
import { startTestHq } from '../support/start-hq.ts';

it('counts at head office once, whenever its lines have posted', async () => {
  const postgres = await startTestPostgres();
  const hq = await startTestHq(await postgres.database());
  const box = await startBox({ book: SMALL_BOOK, config: { store: 's1' } });
  const lines = (...codes: string[]) => codes.map((sku) => ({ sku, qty: 1 }));
  await box.send([
    sale('both', lines('E', 'NEW')),
    sale('waits', lines('NEW')),
    sale('plain', lines('E')),
  ]);
  const sales = async (after: number) => {
    const batch = await box.api<{ to: number }>('GET', `/feed?after=${after}&limit=500`);
    expect((await hq.api('POST', '/stores/s1/batches', batch)).status).toBe(200);
    const { body } = await hq.api<{ sales: number }>('GET', '/stores/s1');
    return [batch.to, body.sales] as const;
  };
  const [to, before] = await sales(0);
  expect(before).toBe(2);
  await box.command('sku.map', { sku: 'NEW', recipe: 'egg-dish' });
  await expect.poll(async () => (await box.stock())['egg']).toBe('-8');
  const [end, after] = await sales(to);
  expect([end, after]).toEqual([to + 3, 3]);
  await box.stop();
  await hq.stop();
  await postgres.stop();
});
