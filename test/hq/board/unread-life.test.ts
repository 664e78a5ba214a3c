/** What a life did and nobody had read yet when another went on from it is told all the same, once. */
import { expect, it } from 'vitest';
import { startTestPostgres } from '../../support/postgres.ts';
import { startTestHq } from '../../support/start-hq.ts';
import { StoryBox } from '../story-box.ts';

it('reaches webhooks in the life that goes on', async () => {
  const postgres = await startTestPostgres();
  const hq = await startTestHq(await postgres.database());
  const { chain } = hq.hq.parts.db;
  await hq.api('POST', '/webhooks', {
    url: 'https://erp.example/in',
    events: ['waste.logged', 'order.sent'],
  });
  const told = async () => {
    const { rows } = await chain.query<{ body: string }>('SELECT body FROM delivery');
    return rows
      .map(({ body }) => JSON.parse(body) as { data: { seq: number; order?: { order: string } } })
      .map(({ data }) => [data.seq, data.order?.order ?? null])
      .sort();
  };
  const send = (box: StoryBox, after: number) =>
    hq.api('POST', '/stores/s1/batches', box.batch(after));
  const box = new StoryBox('first');
  box.adopt();
  const read = box.waste('rice', 0, 1, 1);
  await send(box, 0);
  await expect.poll(told, { timeout: 10_000 }).toEqual([[read, null]]);
  // Somebody else reads this life, and dies.
  const other = await chain.connect();
  await other.query('BEGIN');
  await other.query('SELECT 1 FROM reading FOR UPDATE');
  const unread = box.waste('rice', 0, 2, 1);
  const lines = [{ item: 'rice', qty: '1 kg' }];
  const order = { order: 'PO-1', supplier: 'jinluo' };
  box.tell('order', { note: { ...order, what: 'create', state: 'draft', lines } });
  const ordered = box.tell('order', {
    note: { ...order, what: 'send', state: 'sent', steps: ['sent'] },
  });
  await send(box, read);
  const child = box.child('second', box.seq);
  const own = child.waste('rice', 0, 3, 1);
  await send(child, ordered);
  await other.query('ROLLBACK');
  other.release();
  await expect.poll(told, { timeout: 10_000 }).toEqual(
    [
      [read, null],
      [unread, null],
      [ordered, 'PO-1'],
      [own, null],
    ].sort(),
  );
  await hq.stop();
  await postgres.stop();
});
