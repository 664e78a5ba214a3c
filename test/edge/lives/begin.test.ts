/** Which life a box is, where it began, and what it is called when it cannot go on as the same. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import type { Parent } from '#recipes/contracts/sync.ts';
import type { TestBox } from '../../support/start-box.ts';
import {
  backupOf,
  breaches,
  forgetLives,
  type Life,
  newFolder,
  openKitchen,
  restored,
  startLife,
} from './two-lives.ts';

const running: Life[] = [];
afterEach(async () => {
  for (const life of running.splice(0)) await life.stop();
  forgetLives();
});

async function start(data?: string): Promise<Life> {
  const life = await startLife(data);
  running.push(life);
  return life;
}

const lifeOf = (life: TestBox) => life.box.parts.incarnation.life();
const headOf = (life: TestBox) => {
  const seq = life.box.parts.ledger.seq();
  return { seq, hash: life.box.parts.incarnation.hashAt(seq) };
};
const sell = (life: Life, id: string) => life.event({ id, items: [{ sku: 'B', qty: 1 }] });

type Inbox = { items: { kind: string; subject: { life?: string }; detail: { en: string } }[] };
const inboxOf = async (life: Life) =>
  (await life.api<Inbox>('GET', '/inbox')).items.filter(({ kind }) => kind.startsWith('hq_'));

test('a box is one life from its first start, and stays it', async () => {
  const life = await start();
  const { incarnation, parent } = lifeOf(life);
  expect([incarnation, parent]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), null]);
  await life.box.stop();
  running.pop();
  const again = await start(life.data);
  expect(lifeOf(again)).toEqual({ incarnation, parent: null });
});

describe('restored', () => {
  test('a backup of a backup names the life that it is a copy of, each time', async () => {
    const first = await start();
    await openKitchen(first);
    await sell(first, 'one');
    const then = headOf(first);
    const backup = backupOf(first);
    await sell(first, 'two');
    const second = await start(restored(backup));
    const parent = { incarnation: lifeOf(first).incarnation, ...then, events: 1, why: 'restored' };
    expect(lifeOf(second).parent).toEqual(parent);
    // It says so in its first own entry, once.
    expect(headOf(second).seq).toBe(then.seq + 1);
    const third = await start(restored(backup));
    expect(lifeOf(third).parent).toEqual(parent);
    expect(lifeOf(third).incarnation).not.toBe(lifeOf(second).incarnation);
    const fourth = await start(restored(backupOf(second)));
    const { incarnation } = lifeOf(second);
    expect(lifeOf(fourth).parent).toEqual({ ...parent, incarnation, ...headOf(second) });
    const items = await inboxOf(fourth);
    expect(items.map(({ kind, subject }) => [kind, subject.life])).toEqual([
      ['hq_life', incarnation],
      ['hq_life', lifeOf(fourth).incarnation],
    ]);
    // Without a head office nothing comes back by itself.
    expect(items[1]?.detail.en).toMatch(/to be entered again/);
    await fourth.box.stop();
    running.splice(running.indexOf(fourth), 1);
    const again = await start(fourth.data);
    expect(headOf(again).seq).toBe(headOf(second).seq + 1);
    expect(breaches(again.data)).toEqual([]);
  });

  test('a backup from before lives had names is the child of the box that it was made of', async () => {
    const first = await start();
    await openKitchen(first);
    const backup = backupOf(first);
    await first.box.stop();
    running.pop();
    for (const file of [backup, join(first.data, 'larder.db')]) {
      const db = new Database(file);
      db.exec("DELETE FROM meta WHERE key = 'incarnation'");
      db.close();
    }
    const updated = await start(first.data);
    const back = await start(restored(backup));
    expect(lifeOf(back).parent?.incarnation).toBe(lifeOf(updated).incarnation);
    expect(lifeOf(back).incarnation).not.toBe(lifeOf(updated).incarnation);
  });
});

describe('head office knows other entries', () => {
  const fork = (life: Life, at: object) =>
    life.api<{ incarnation: string; parent: Parent; code?: string }>('POST', '/feed/fork', {
      why: 'found',
      ...at,
    });

  test('a new life begins after the last entry that both have; asked twice, it is the same', async () => {
    const life = await start();
    await openKitchen(life);
    await sell(life, 'one');
    const common = headOf(life);
    await sell(life, 'two');
    const { incarnation } = lifeOf(life);
    const before = headOf(life).seq;
    const begun = await fork(life, { incarnation, ...common });
    expect(begun.parent).toEqual({ incarnation, ...common, events: 1, why: 'found' });
    expect(lifeOf(life)).toEqual(begun);
    expect(headOf(life).seq).toBe(before + 1);
    expect(await fork(life, { incarnation, ...common })).toEqual(begun);
    expect(headOf(life).seq).toBe(before + 1);
    const [item] = await inboxOf(life);
    expect([item?.kind, item?.subject.life]).toEqual(['hq_life', begun.incarnation]);
    await life.does('takeover.dismiss', { life: begun.incarnation });
    expect(await inboxOf(life)).toEqual([]);
    const twice = await life.command('takeover.dismiss', { life: begun.incarnation });
    expect([twice.status, twice.code]).toEqual(['rejected', 'nothing_open']);
    expect(breaches(life.data)).toEqual([]);
  });

  test('what is not of this box begins nothing', async () => {
    const life = await start();
    await openKitchen(life);
    const { incarnation } = lifeOf(life);
    const { seq, hash } = headOf(life);
    for (const at of [
      { incarnation: 'another', seq, hash },
      { incarnation, seq, hash: 'a'.repeat(64) },
      { incarnation, seq: seq + 1, hash },
      { incarnation, seq: 0, hash },
    ]) {
      expect((await fork(life, at)).code).toBe('ack_differs');
    }
    expect(lifeOf(life)).toEqual({ incarnation, parent: null });
    // Nothing in common is a beginning, too.
    const begun = await fork(life, { incarnation, seq: 0, hash: '0'.repeat(64) });
    expect(begun.parent).toMatchObject({ seq: 0, events: 0 });
  });

  test('a life that began elsewhere and an old question are not mixed up', async () => {
    const life = await start();
    await openKitchen(life);
    const first = { incarnation: lifeOf(life).incarnation, ...headOf(life) };
    const second = await fork(life, first);
    const third = await fork(life, { incarnation: second.incarnation, ...headOf(life) });
    expect(third.parent.incarnation).toBe(second.incarnation);
    expect((await fork(life, first)).code).toBe('ack_differs');
    expect(lifeOf(life).incarnation).toBe(third.incarnation);
  });
});

test('fsck finds a life that nobody told of, and a parent with another past', async () => {
  const first = await start();
  await openKitchen(first);
  const life = await start(restored(backupOf(first)));
  const { data } = life;
  await life.box.stop();
  running.splice(running.indexOf(life), 1);
  const broken = (sql: string) => {
    const folder = newFolder();
    copyFileSync(join(data, 'larder.db'), join(folder, 'larder.db'));
    const db = new Database(join(folder, 'larder.db'));
    db.exec(sql);
    db.close();
    return breaches(folder).map((one) => (one as { check: string }).check);
  };
  expect(broken('')).toEqual([]);
  for (const sql of [
    'DELETE FROM life',
    "UPDATE life SET parent = json_set(parent, '$.seq', 1)",
    "UPDATE meta SET value = json_set(value, '$.seq', 1) WHERE key = 'parent'",
    "INSERT INTO takeover VALUES ('x', 1, 0, 5, 0, '[]', 0)",
  ]) {
    expect([sql, broken(sql)]).toEqual([sql, ['lives']]);
  }
});
