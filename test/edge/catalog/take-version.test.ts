/** The door for what head office says: what is believed, what is taken once, what is refused. */
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';
import { breaches, give, headOffice, notes } from './head-office.ts';

const boxes: TestBox[] = [];
afterEach(async () => {
  for (const box of boxes.splice(0)) await box.stop();
});

async function open(options: Parameters<typeof startBox>[0] = {}): Promise<TestBox> {
  const box = await startBox({ book: SMALL_BOOK, ...options });
  boxes.push(box);
  return box;
}

function forgetUnderway(file: string): void {
  const db = new Database(file);
  db.prepare("DELETE FROM meta WHERE key = 'catalogUnderway'").run();
  db.close();
}

const setName = (value: string) => ({
  kind: 'commands',
  payload: { commands: [{ kind: 'setting.set', data: { key: 'storeName', value } }] },
});

function name(box: TestBox): string | undefined {
  return box.box.parts.settings.get('storeName');
}

describe('what is believed', () => {
  it('takes a version once and says duplicate afterwards', async () => {
    const box = await open();
    const version = headOffice().sign(setName('One'));
    expect(await give(box, version)).toEqual({ version: 1, state: 'taken' });
    const seq = box.box.parts.ledger.seq();
    expect(await give(box, version)).toEqual({ version: 1, state: 'duplicate' });
    expect(box.box.parts.ledger.seq()).toBe(seq);
    expect(name(box)).toBe('One');
    expect(notes(box, 'catalog')).toMatchObject([
      { version: 1, kind: 'commands', state: 'taken', validFrom: null, failed: 0 },
    ]);
    expect(breaches(box)).toEqual([]);
  });

  it('refuses a text that was changed on the way, and takes the right one afterwards', async () => {
    const box = await open();
    const version = headOffice().sign(setName('Right'));
    const changed = { ...version, signed: version.signed.replace('Right', 'Wrong') };
    const answer = await give(box, changed);
    expect(answer).toMatchObject({ state: 'refused', reason: { code: 'bad_signature' } });
    expect(name(box)).toBeUndefined();
    expect(box.box.parts.catalog.head()).toBe(0);
    expect(await give(box, version)).toMatchObject({ state: 'taken' });
    expect(name(box)).toBe('Right');
  });

  it('does not take the key of who cannot sign', async () => {
    const box = await open();
    const version = headOffice('thief').sign(setName('Wrong'));
    await give(box, { ...version, signature: Buffer.alloc(64).toString('base64') });
    expect(box.box.parts.catalogStore.word('hqKey')).toBeUndefined();
  });

  it('refuses another key, shows it, and believes it when a person says so', async () => {
    const box = await open();
    await give(box, headOffice().sign(setName('First')));
    const other = headOffice('other');
    const version = other.sign({ ...setName('Second'), version: 2 });
    const answer = await give(box, version);
    expect(answer).toMatchObject({ state: 'refused', reason: { code: 'wrong_key' } });
    expect(name(box)).toBe('First');
    expect(box.box.parts.catalogStore.word('hqStrangeKey')).toBe(other.key);
    expect(await box.command('hq.trust', { key: other.key })).toMatchObject({ status: 'applied' });
    expect(await give(box, version)).toMatchObject({ state: 'taken' });
    expect(name(box)).toBe('Second');
    expect(breaches(box)).toEqual([]);
  });

  it('refuses an envelope with another number than its text', async () => {
    const box = await open();
    const version = headOffice().sign(setName('One'));
    const answer = await give(box, { ...version, version: 9 });
    expect(answer).toMatchObject({ state: 'refused', reason: { code: 'bad_version' } });
    expect(box.box.parts.catalog.head()).toBe(0);
  });
});

describe('the number', () => {
  it('refuses a lower one that it never saw', async () => {
    const box = await open();
    const hq = headOffice();
    await give(box, hq.sign({ ...setName('Five'), version: 5 }));
    const answer = await give(box, hq.sign({ ...setName('Three'), version: 3 }));
    expect(answer).toMatchObject({ state: 'refused', reason: { code: 'version_old' } });
    expect(name(box)).toBe('Five');
  });

  it('notes one for other stores without doing it', async () => {
    const box = await open();
    const hq = headOffice();
    const answer = await give(box, hq.sign({ ...setName('Theirs'), stores: ['elsewhere'] }));
    expect(answer).toEqual({ version: 1, state: 'ignored' });
    expect(name(box)).toBeUndefined();
    expect(box.box.parts.catalog.head()).toBe(1);
    const mine = hq.sign({ ...setName('Mine'), stores: [box.box.parts.config.store] });
    expect(await give(box, mine)).toMatchObject({ state: 'taken' });
    expect(name(box)).toBe('Mine');
  });

  it('goes on after one that it refuses', async () => {
    const box = await open();
    const hq = headOffice();
    expect(await give(box, hq.sign({ kind: 'horoscope', payload: {} }))).toMatchObject({
      state: 'refused',
      reason: { code: 'unknown_kind' },
    });
    expect(await give(box, hq.sign({ payload: { book: { larder: 2 } } }))).toMatchObject({
      state: 'refused',
      reason: { code: 'bad_book' },
    });
    expect(await give(box, hq.sign(setName('After')))).toMatchObject({ state: 'taken' });
    expect(notes(box, 'catalog').map(({ state }) => state)).toEqual([
      'refused',
      'refused',
      'taken',
    ]);
    expect(breaches(box)).toEqual([]);
  });
});

describe('decisions', () => {
  it('carries out only what head office may', async () => {
    const box = await open();
    const stock = await box.stock();
    const answer = await give(
      box,
      headOffice().sign({
        kind: 'commands',
        payload: {
          commands: [
            { kind: 'waste.log', data: { item: 'pork', qty: '1 kg', reason: 'other' } },
            { kind: 'setting.set', data: { key: 'storeName', value: 'Both' } },
          ],
        },
      }),
    );
    expect(answer).toMatchObject({ state: 'taken' });
    expect(await box.stock()).toEqual(stock);
    expect(name(box)).toBe('Both');
    expect(notes(box, 'catalog')[0]).toMatchObject({
      failed: 1,
      commands: [
        { id: 'hq:1:1', ok: false, code: 'not_allowed' },
        { id: 'hq:1:2', ok: true },
      ],
    });
  });

  it('brings somebody who works here already to what head office says', async () => {
    const box = await open();
    await box.command('user.add', { user: 'wang', name: 'Wang', role: 'cook', pin: '1234' });
    const person = { user: 'wang', name: 'Wang Li', role: 'manager' };
    const version = headOffice().sign({
      kind: 'commands',
      payload: { commands: [{ kind: 'user.add', data: person }] },
    });
    expect(await give(box, version)).toMatchObject({ state: 'taken' });
    const kept = box.box.parts.persons.get('wang');
    expect(kept).toMatchObject({ name: 'Wang Li', role: 'manager' });
    expect(kept?.pin).toMatch(/^scrypt14/);
  });

  it('carries each out once when it was cut off between two', async () => {
    const box = await open();
    const hq = headOffice();
    const { catalog, ledger } = box.box.parts;
    let times = 0;
    const append = ledger.append;
    Object.assign(ledger, {
      append(...entry: Parameters<typeof append>) {
        if (entry[0].command === 'hq:1:2' && ++times === 1) throw new Error('cut off');
        return append.apply(ledger, entry);
      },
    });
    const version = hq.sign({
      kind: 'commands',
      payload: {
        commands: [
          { kind: 'user.add', data: { user: 'a', name: 'A', role: 'cook' } },
          { kind: 'user.add', data: { user: 'b', name: 'B', role: 'cook' } },
        ],
      },
    });
    await expect(catalog.take(version)).rejects.toThrow('cut off');
    expect(catalog.head()).toBe(0);
    expect(box.box.parts.persons.list().map(({ user }) => user)).toEqual(['a']);
    await box.restart();
    await expect.poll(() => box.box.parts.catalog.head(), { timeout: 20_000 }).toBe(1);
    expect(box.box.parts.persons.list().map(({ user }) => user)).toEqual(['a', 'b']);
    expect(notes(box, 'person')).toHaveLength(2);
    expect(breaches(box)).toEqual([]);
  });

  it('takes one that came as a fact of another life of the box for done', async () => {
    const box = await open();
    const data = { key: 'storeName', value: 'Once' };
    await box.api('POST', '/commands', {
      commands: [{ id: 'hq:1:1', kind: 'setting.set', at: '2026-11-22T08:00:00Z', data }],
    });
    expect(await give(box, headOffice().sign(setName('Once')))).toMatchObject({ state: 'taken' });
    expect(notes(box, 'setting')).toHaveLength(1);
  });

  it('refuses one that fails again and again, so that the next ones come', async () => {
    const box = await open();
    const { catalog } = box.box.parts;
    catalog.on('horoscope', () => {
      throw new Error('the stars are wrong');
    });
    const hq = headOffice();
    const version = hq.sign({ kind: 'horoscope', payload: {} });
    await expect(catalog.take(version)).rejects.toThrow('stars');
    await expect(catalog.take(version)).rejects.toThrow('stars');
    expect(await catalog.take(version)).toMatchObject({
      state: 'refused',
      reason: { code: 'cannot_take' },
    });
    expect(await catalog.take(hq.sign(setName('After')))).toMatchObject({ state: 'taken' });
  });

  it('refuses one that ends the process each time, with what head office can read', async () => {
    const box = await open();
    const hq = headOffice();
    const version = hq.sign({ kind: 'fatal', payload: {} });
    let tries = 0;
    // The program ends in the middle: nobody is left to count.
    const fatal = () => {
      tries++;
      return new Promise<never>(() => undefined);
    };
    for (let run = 1; run <= 3; run++) {
      box.box.parts.catalog.on('fatal', fatal);
      void box.box.parts.catalog.take(version);
      await expect.poll(() => tries, { timeout: 20_000 }).toBe(run);
      const { file } = box.box.parts;
      // The start itself does not know this kind; the last one does not even look for it.
      await box.restart(() => {
        if (run < 3) forgetUnderway(file);
      });
    }
    await expect.poll(() => box.box.parts.catalog.head(), { timeout: 20_000 }).toBe(1);
    expect(tries).toBe(3);
    expect(notes(box, 'catalog')).toMatchObject([
      { version: 1, state: 'refused', reason: { code: 'cannot_take' } },
    ]);
    expect(await give(box, hq.sign(setName('After')))).toMatchObject({ state: 'taken' });
    expect(box.box.parts.catalogStore.word('catalogTries')).toBeUndefined();
    expect(breaches(box)).toEqual([]);
  });

  it('does not count a disk that is full', async () => {
    const box = await open();
    const { catalog } = box.box.parts;
    let tries = 0;
    catalog.on('horoscope', () => {
      if (++tries <= 5) throw new Database.SqliteError('full', 'SQLITE_FULL');
      return () => ({ ok: true });
    });
    const version = headOffice().sign({ kind: 'horoscope', payload: {} });
    for (let i = 0; i < 5; i++) await expect(catalog.take(version)).rejects.toThrow('full');
    expect(await catalog.take(version)).toMatchObject({ state: 'taken' });
  });

  it('puts back what a refused version had begun', async () => {
    const box = await open();
    const { catalog, ledger, settings } = box.box.parts;
    catalog.on('half', () => () => {
      settings.set('storeName', 'Half');
      return { ok: false, reason: { code: 'no', en: 'no', zh: '否' } };
    });
    expect(await catalog.take(headOffice().sign({ kind: 'half', payload: {} }))).toMatchObject({
      state: 'refused',
    });
    expect(name(box)).toBeUndefined();
    expect(ledger.seq()).toBeGreaterThan(0);
    expect(notes(box, 'catalog')).toHaveLength(1);
  });
});
