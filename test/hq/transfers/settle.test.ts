/** What a person says of a difference reaches both stores, whatever breaks on the way. */
import { expect, it } from 'vitest';
import { startTestPostgres } from '../../support/postgres.ts';
import { startTestHq } from '../../support/start-hq.ts';

it('is said again when it could not be sent down', async () => {
  const postgres = await startTestPostgres();
  const hq = await startTestHq(await postgres.database());
  const { chain } = hq.hq.parts.db;
  const id = 'TR-s1-20261123-001';
  await chain.query(
    `INSERT INTO transfer (id, from_store, to_store, state, lines, received, sent_what, sent_step,
       got_what, got_step)
     VALUES ($1, 's1', 's2', 'disputed', '[]', '[]', 'send', 1, 'receive', 1)`,
    [id],
  );
  await chain.query(`ALTER TABLE catalog ADD CONSTRAINT broken CHECK (version = 0)`);
  const settle = () => hq.api('POST', `/transfers/${id}/settle`, { note: 'counted again' });
  expect((await settle()).status).toBe(500);
  await chain.query('ALTER TABLE catalog DROP CONSTRAINT broken');
  expect((await settle()).body).toMatchObject({
    state: 'received',
    settled: { note: 'counted again' },
  });
  const { rows } = await chain.query('SELECT kind, stores FROM catalog');
  expect(rows).toEqual([{ kind: 'transfer', stores: ['s1', 's2'] }]);
  expect((await settle()).status).toBe(409);
  await chain.query(`UPDATE transfer SET state = 'disputed', sent_step = 2`);
  const long = await hq.api('POST', `/transfers/${id}/settle`, {
    note: `${'a'.repeat(399)}\u{1f600}`,
  });
  expect(long.status).toBe(200);
  await chain.query(`UPDATE transfer SET state = 'disputed', sent_step = 3`);
  expect((await hq.api('POST', `/transfers/${id}/settle`, null)).status).toBe(200);
  await hq.stop();
  await postgres.stop();
});
