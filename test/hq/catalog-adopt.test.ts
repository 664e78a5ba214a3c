/**
 * A book from head office to its stores and back, with a real PostgreSQL, real boxes and the real pump:
 * a bad one is refused where it is published, a good one holds at its minute also where nobody was
 * connected when it was published, and head office sees what became of it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breaches, movedClock } from '../edge/catalog/head-office.ts';
import { SMALL_BOOK, sale } from '../edge/small-kitchen.ts';
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts';
import { startBox, type TestBox } from '../support/start-box.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';
import { startBridge } from './bridge.ts';

const START = Date.parse('2026-11-22T10:00:00+08:00');
const at = (minutes: number) => START + minutes * 60_000;
const iso = (minutes: number) => new Date(at(minutes)).toISOString();
const clock = movedClock(START);
const WAIT = { timeout: 20_000, interval: 50 };

type Store = { box: TestBox; bridge: { stop(): Promise<void> } | undefined };
let postgres: TestPostgres;
let hq: TestHq;
const stores = new Map<string, Store>();
const NAMES = ['north', 'south', 'west'] as const;

beforeAll(async () => {
  postgres = await startTestPostgres();
  hq = await startTestHq(await postgres.database(), { ports: clock.ports });
  for (const store of NAMES) {
    const box = await startBox({ ports: clock.ports, config: { store } });
    stores.set(store, { box, bridge: undefined });
    connect(store);
  }
});
afterAll(async () => {
  for (const { box, bridge } of stores.values()) {
    await bridge?.stop();
    await box.stop();
  }
  await hq.stop();
  await postgres.stop();
});

function of(store: string): Store {
  const found = stores.get(store);
  if (!found) throw new Error(`no store ${store}`);
  return found;
}

function connect(store: string): void {
  of(store).bridge = startBridge(of(store).box, hq);
}

async function disconnect(store: string): Promise<void> {
  await of(store).bridge?.stop();
  of(store).bridge = undefined;
}

function head(store: string): number {
  return of(store).box.box.parts.catalog.head();
}

async function stock(store: string): Promise<Record<string, string>> {
  return of(store).box.stock();
}

let sold = 0;
/** An egg dish at a minute, in a store. */
async function sell(store: string, minutes: number): Promise<void> {
  const id = `${store}-${++sold}`;
  await of(store).box.send([{ ...sale(id, [{ sku: 'E', qty: 1 }]), time: iso(minutes) }]);
}

const eggDish = (lines: object[]) => ({
  ...SMALL_BOOK,
  recipes: SMALL_BOOK.recipes.map((r) => (r.id === 'egg-dish' ? { ...r, lines } : r)),
});

type Published = {
  version: number;
  code?: string;
  problems?: { path: string; code: string; remedy: string; remedyZh: string }[];
  changes: { recipes: { changed: number; examples: { changed: string[] } } };
};
type Adopted = {
  stores: { store: string; state: string; detail: Record<string, unknown> | null }[];
};

async function adopted(version: number): Promise<Map<string, Adopted['stores'][number]>> {
  const { body } = await hq.api<Adopted>('GET', `/catalog/${version}/stores`);
  return new Map(body.stores.map((row) => [row.store, row]));
}

async function everywhere(version: number, names: readonly string[] = NAMES): Promise<void> {
  await expect.poll(() => names.map(head), WAIT).toEqual(names.map(() => version));
  await expect
    .poll(async () => {
      const rows = await adopted(version);
      return names.filter((name) => (rows.get(name)?.state ?? 'waiting') === 'waiting');
    }, WAIT)
    .toEqual([]);
}

describe('a book of the chain', { concurrent: false }, () => {
  it('is refused at head office with every mistake when it breaks an invariant', async () => {
    const loop = { id: 'loop', lines: [{ recipe: 'loop', qty: '1 ea' }] };
    const book = {
      ...SMALL_BOOK,
      recipes: [...SMALL_BOOK.recipes, loop, { id: 'ghost', lines: [{ item: 'unicorn', qty: 1 }] }],
    };
    const { status, body } = await hq.api<Published>('POST', '/catalog', { kind: 'book', book });
    expect(status).toBe(422);
    expect(body.code).toBe('bad_book');
    const codes = body.problems?.map(({ code }) => code) ?? [];
    expect(codes.length).toBeGreaterThan(1);
    for (const problem of body.problems ?? []) {
      expect(problem.path).toMatch(/^recipes/);
      expect(problem.remedy).toBeTruthy();
      expect(problem.remedyZh).toBeTruthy();
    }
    expect(await hq.api('GET', '/catalog')).toMatchObject({ body: { versions: [] } });
  });

  it('reaches every store that is connected', async () => {
    const first = await hq.api<Published>('POST', '/catalog', { book: SMALL_BOOK });
    expect(first).toMatchObject({ status: 201, body: { version: 1 } });
    await everywhere(1);
    for (const name of NAMES) {
      expect(await of(name).box.api('GET', '/book')).toMatchObject({ version: 1 });
    }
  });

  it('may not change the unit in which a store counts an item', async () => {
    await expect
      .poll(async () => {
        const items = SMALL_BOOK.items.map((i) => (i.id === 'leek' ? { ...i, unit: 'ea' } : i));
        const recipes = SMALL_BOOK.recipes.slice(2, 3);
        const book = { ...SMALL_BOOK, items, recipes, modifiers: [] };
        const { body } = await hq.api<Published>('POST', '/catalog?dryRun=1', { book });
        return body.problems?.map(({ code, path }) => `${code} ${path}`);
      }, WAIT)
      .toEqual(['unit_changed items[3].unit']);
  });

  it('holds at its minute in stores that were offline when it was published', async () => {
    await disconnect('south');
    await disconnect('west');
    const book = eggDish([
      { item: 'egg', qty: '3 ea' },
      { item: 'leek', qty: '0.333333 g' },
    ]);
    const said = { kind: 'book', book, validFrom: iso(60), actor: 'lin', note: 'more egg' };
    const { status, body } = await hq.api<Published>('POST', '/catalog', said);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      version: 2,
      changes: { comparedWith: 1, recipes: { changed: 1, examples: { changed: ['egg-dish'] } } },
    });
    await everywhere(2, ['north']);
    expect((await adopted(2)).get('west')?.state).toBe('waiting');

    clock.set(at(30));
    connect('south');
    await everywhere(2, ['north', 'south']);

    clock.set(at(90));
    for (const name of NAMES) {
      await sell(name, 59);
      await sell(name, 60);
      await sell(name, 75);
    }
    // West does not know of it yet: three times two eggs.
    expect((await stock('west'))['egg']).toBe('-6');
    connect('west');
    await everywhere(2);
    for (const name of NAMES) {
      expect({ name, ...(await stock(name)) }).toMatchObject({
        name,
        egg: '-8',
        leek: '-0.666666',
      });
      expect(await of(name).box.api('GET', '/days/2026-11-22')).toMatchObject({ balanced: true });
      expect(breaches(of(name).box)).toEqual([]);
    }
    const rows = await adopted(2);
    expect(NAMES.map((name) => rows.get(name)?.detail?.['corrected'])).toEqual([0, 0, 2]);
    expect(rows.get('west')?.detail).toMatchObject({
      validFrom: iso(60),
      rehearsal: {
        sales: 3,
        items: [
          { item: 'egg', before: '6', after: '9' },
          { item: 'leek', before: '0', after: '0.999999' },
        ],
      },
    });
  });

  it('has its corrections counted as no further sales', async () => {
    const { chain } = hq.hq.parts.db;
    await expect
      .poll(async () => {
        const { rows } = await chain.query(
          `SELECT s.code, sum(d.sales)::int AS sales FROM day_total d JOIN store s ON s.id = d.store
            GROUP BY s.code ORDER BY s.code`,
        );
        return rows;
      }, WAIT)
      .toEqual(NAMES.map((code) => ({ code, sales: 3 })));
  });

  it('does not start in the past unless that is meant', async () => {
    const said = { kind: 'book', book: SMALL_BOOK, validFrom: iso(10) };
    const refused = await hq.api<Published>('POST', '/catalog', said);
    expect(refused).toMatchObject({ status: 422, body: { code: 'past_start' } });
    const behind = await hq.api<Published>('POST', '/catalog', { ...said, past: true });
    expect(behind).toMatchObject({ status: 409, body: { code: 'planned_book' } });
  });

  it('can be taken back: an earlier one holds again, under a new number', async () => {
    clock.set(at(120));
    const { status, body } = await hq.api<Published>('POST', '/catalog/1/rollback', {
      note: 'too much egg',
    });
    expect({ status, version: body.version }).toEqual({ status: 201, version: 3 });
    await everywhere(3);
    for (const name of NAMES) {
      await sell(name, 121);
      expect((await stock(name))['egg']).toBe('-10');
      expect(breaches(of(name).box)).toEqual([]);
    }
    const { body: list } = await hq.api<{ versions: object[] }>('GET', '/catalog');
    expect(list.versions[0]).toMatchObject({
      version: 3,
      rollbackOf: 1,
      adoption: { stores: 3, taken: 3, refused: 0, waiting: 0 },
    });
  });

  it('is refused by a store whose own difference makes it wrong, and head office sees why', async () => {
    const override = await of('west').box.command('book.override', {
      items: [{ id: 'pork', stock: { par: '3 pack' } }],
    });
    expect(override).toMatchObject({ status: 'applied' });
    const items = SMALL_BOOK.items.map(({ units: _, ...item }) => item);
    const { body } = await hq.api<Published>('POST', '/catalog', {
      kind: 'book',
      book: { ...SMALL_BOOK, items },
    });
    expect(body.version).toBe(4);
    await everywhere(4);
    const rows = await adopted(4);
    expect(NAMES.map((name) => rows.get(name)?.state)).toEqual(['taken', 'taken', 'refused']);
    expect(rows.get('west')?.detail?.['reason']).toMatchObject({ code: 'bad_override' });
    const { body: list } = await hq.api<{ versions: object[] }>('GET', '/catalog?limit=1');
    expect(list.versions).toMatchObject([
      { adoption: { taken: 2, refused: 1, refusals: [{ store: 'west' }] } },
    ]);
    // What it had goes on, and so do the next versions.
    const { book } = await of('west').box.api<{ book: typeof SMALL_BOOK }>('GET', '/book');
    expect(book.items[0]).toMatchObject({ units: { pack: '2 kg' }, stock: { par: '3 pack' } });
  });

  it('sends people with what is kept of a PIN, never its digits', async () => {
    const { status, body } = await hq.api<Published>('POST', '/catalog/people', {
      stores: ['south'],
      people: [{ user: 'wang', name: 'Wang', role: 'manager', pin: '471147' }],
    });
    expect(status).toBe(201);
    await everywhere(body.version, ['south']);
    expect((await adopted(body.version)).get('south')?.state).toBe('taken');
    expect(head('north')).toBe(4);
    const { chain } = hq.hq.parts.db;
    const { rows } = await chain.query('SELECT signed FROM catalog WHERE version = $1', [
      body.version,
    ]);
    expect(JSON.stringify(rows)).not.toContain('471147');
    const south = of('south').box;
    const pass = await south.api<{ role?: string }>('POST', '/passes', {
      user: 'wang',
      pin: '471147',
    });
    expect(pass.role).toBe('manager');
    const theirs = await hq.api('POST', '/catalog', {
      kind: 'commands',
      commands: [{ kind: 'waste.log', data: {} }],
    });
    expect(theirs).toMatchObject({ status: 422, body: { code: 'bad_commands' } });
  });
});
