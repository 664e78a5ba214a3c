import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Command, CommandResult } from '../../kitchen-ui/src/api-types.ts';
import { Refused, Unreachable } from '../../kitchen-ui/src/call.ts';
import { openTabletDb, type TabletDb } from '../../kitchen-ui/src/keep/db.ts';
import { actions, isUndone, type OutboxStore } from '../../kitchen-ui/src/outbox/entry.ts';
import { byLease, LEASE_MS } from '../../kitchen-ui/src/outbox/exclusive.ts';
import { idbOutbox, memoryOutbox, sturdyOutbox } from '../../kitchen-ui/src/outbox/idb-store.ts';
import { BATCH_MAX, createQueue, KEPT, type Queue } from '../../kitchen-ui/src/outbox/queue.ts';

type Answer = (command: Command) => Partial<CommandResult>;

/** A box that remembers ids as the real one does. */
class FakeBox {
  online = true;
  batches: Command[][] = [];
  applied: Command[] = [];
  /** Carries out, but the answer never arrives. */
  loseAnswers = 0;
  answer: Answer = () => ({ status: 'applied' });
  #results = new Map<string, CommandResult>();

  async send(commands: readonly Command[]): Promise<CommandResult[]> {
    if (!this.online) throw new Unreachable('off');
    this.batches.push([...commands]);
    const results = commands.map((command) => this.#carryOut(command));
    if (this.loseAnswers > 0) {
      this.loseAnswers -= 1;
      throw new Unreachable('cut');
    }
    return results;
  }

  #carryOut(command: Command): CommandResult {
    const known = this.#results.get(command.id);
    if (known !== undefined) return { ...known, status: 'duplicate' };
    const said = { id: command.id, status: 'applied' as const, ...this.answer(command) };
    if (said.code === 'pin_needed') return said;
    const result = said.status === 'applied' ? { seq: this.applied.length + 1, ...said } : said;
    if (result.status === 'applied') this.applied.push(command);
    this.#results.set(command.id, result);
    return result;
  }
}

let dbs: TabletDb[] = [];
let count = 0;
const clock = { now: Date.parse('2026-11-22T06:00:00Z') };
const text = { zh: '报损', en: 'Waste' };

afterEach(() => {
  for (const db of dbs) db.close();
  dbs = [];
});

async function tablet(name: string): Promise<TabletDb> {
  const db = await openTabletDb(name);
  dbs.push(db);
  return db;
}

type Over = { store?: OutboxStore; offset?: number | undefined; exclusive?: boolean };

function queueOf(box: FakeBox, store: OutboxStore, over: Over = {}): Queue {
  return createQueue({
    store,
    send: (commands) => box.send(commands),
    reachable: async () => box.online,
    now: () => clock.now,
    newId: () => `c-${String(++count).padStart(4, '0')}`,
    offsetMs: () => over.offset,
    actor: () => 'chen',
    exclusive: async (work) => {
      await work();
      return true;
    },
    changed: () => {},
  });
}

async function fresh(over: Over = {}) {
  const name = `tablet-${++count}`;
  const store = idbOutbox(await tablet(name));
  const box = new FakeBox();
  return { name, store, box, queue: queueOf(box, store, over) };
}

const waste = (qty: string) => ({ kind: 'waste.log', data: { item: 'pork-belly', qty }, text });
/** Said while the box is away; afterwards it is there again. */
async function sayOffline(queue: Queue, box: FakeBox, qtys: readonly string[]) {
  box.online = false;
  const said = [];
  for (const qty of qtys) said.push(await queue.log(waste(qty)));
  await queue.flush();
  box.online = true;
  return said;
}
const upTo = (n: number) => Array.from({ length: n }, (_, i) => String(i));
const quantities = (commands: readonly Command[]) =>
  commands.map((one) => (one.data as { qty?: string }).qty);

describe('sending', () => {
  it('sends in the order in which it was said, at most 50 at a time, each once', async () => {
    const { queue, box, store } = await fresh();
    await sayOffline(queue, box, upTo(120));
    expect(box.batches).toEqual([]);
    await queue.flush();
    expect(box.batches.map((batch) => batch.length)).toEqual([BATCH_MAX, BATCH_MAX, 20]);
    expect(quantities(box.applied)).toEqual(upTo(120));
    expect((await store.all()).every((one) => one.progress === 'applied')).toBe(true);
    await queue.flush();
    expect(box.batches).toHaveLength(3);
  });

  it('keeps what was said before anything is sent, with its moment and the offset of the clock', async () => {
    const { queue, box, store } = await fresh({ offset: -90_000 });
    box.online = false;
    const said = await queue.log(waste('620'));
    const [kept] = await store.all();
    expect(kept).toMatchObject({ id: said.id, progress: 'waiting', tried: false, actor: 'chen' });
    clock.now += 3_600_000;
    box.online = true;
    await queue.flush();
    expect(box.applied).toEqual([
      {
        id: said.id,
        kind: 'waste.log',
        at: '2026-11-22T06:00:00.000Z',
        offsetMs: -90_000,
        actor: 'chen',
        data: { item: 'pork-belly', qty: '620' },
      },
    ]);
  });

  it('sends no offset that was never measured', async () => {
    const { queue, box } = await fresh();
    await queue.log(waste('1'));
    await queue.flush();
    expect(box.applied[0]).not.toHaveProperty('offsetMs');
  });

  it('goes on after a reload in the middle, and a lost answer is not a second waste', async () => {
    const { queue, box, store, name } = await fresh();
    await sayOffline(queue, box, upTo(60));
    box.loseAnswers = 1;
    await queue.flush();
    expect(box.applied).toHaveLength(50);
    expect((await store.all()).filter((one) => one.progress === 'waiting')).toHaveLength(60);

    // The page was closed; another one opens the same database.
    const again = idbOutbox(await tablet(name));
    await queueOf(box, again).flush();
    expect(quantities(box.applied)).toEqual(upTo(60));
    expect((await again.all()).filter((one) => one.progress === 'waiting')).toEqual([]);
    expect((await again.all())[0]).toMatchObject({ progress: 'applied', seq: 1 });
  });

  it('sends what is said while a batch is under way', async () => {
    const { queue, box } = await fresh();
    let late: Promise<unknown> | undefined;
    box.answer = () => {
      late ??= queue.log(waste('2'));
      return {};
    };
    await queue.log(waste('1'));
    await queue.flush();
    await late;
    await queue.flush();
    await queue.flush();
    expect(quantities(box.applied)).toEqual(['1', '2']);
  });

  it('forgets old finished entries and never one that still waits', async () => {
    const { queue, box, store } = await fresh();
    await sayOffline(queue, box, upTo(KEPT + 30));
    box.answer = ({ data }) =>
      (data as { qty: string }).qty === '0' ? { status: 'rejected', code: 'bad_quantity' } : {};
    await queue.flush();
    const left = await store.all();
    expect(left).toHaveLength(KEPT + 1);
    expect(left[0]).toMatchObject({ progress: 'fix' });
  });
});

describe('what the box refuses', () => {
  const second: Answer = ({ data }) =>
    (data as { qty?: string }).qty === 'b'
      ? { status: 'rejected', code: 'bad_quantity', message: { en: 'no', zh: '不' } }
      : {};

  it('does not hold up the others, and keeps its original values', async () => {
    const { queue, box, store } = await fresh();
    box.answer = second;
    await sayOffline(queue, box, ['a', 'b', 'c']);
    await queue.flush();
    expect(quantities(box.applied)).toEqual(['a', 'c']);
    const bad = (await store.all()).find((one) => one.progress === 'fix');
    expect(bad).toMatchObject({ code: 'bad_quantity', data: { item: 'pork-belly', qty: 'b' } });

    const fixed = await queue.retry(bad?.id ?? '', { item: 'pork-belly', qty: 'B' });
    await queue.flush();
    expect(fixed?.id).not.toBe(bad?.id);
    expect(fixed?.at).toBe(bad?.at);
    expect(quantities(box.applied)).toEqual(['a', 'c', 'B']);
    expect((await store.all()).filter((one) => one.progress === 'fix')).toEqual([]);
  });

  it('takes a conflict, and a duplicate of a refusal, for what they are', async () => {
    const { queue, box, store } = await fresh();
    await sayOffline(queue, box, ['a', 'b']);
    box.answer = ({ data }) =>
      (data as { qty: string }).qty === 'a'
        ? { status: 'conflict', code: 'id_conflict' }
        : { status: 'rejected', code: 'unknown_item' };
    box.loseAnswers = 1;
    await queue.flush();
    await queue.flush();
    expect((await store.all()).map((one) => [one.progress, one.code])).toEqual([
      ['fix', 'id_conflict'],
      ['fix', 'unknown_item'],
    ]);
    for (const one of await store.all()) await queue.dismiss(one.id);
    expect((await store.all()).map((one) => one.progress)).toEqual(['dismissed', 'dismissed']);
    expect(await queue.retry('unheard-of', {})).toBeNull();
  });

  it('finds the one that the box cannot read, and sends the others', async () => {
    const { queue, box, store } = await fresh();
    await sayOffline(queue, box, ['a', 'b', 'c']);
    const send = box.send.bind(box);
    box.send = async (commands) => {
      if (quantities(commands).includes('b')) throw new Refused(400, 'bad shape');
      return send(commands);
    };
    await queue.flush();
    expect(quantities(box.applied)).toEqual(['a', 'c']);
    expect((await store.all())[1]).toMatchObject({ progress: 'fix', code: 'http_400' });
  });

  it('waits when the box is busy or does not know the tablet any more', async () => {
    const { queue, box, store } = await fresh();
    box.send = async () => {
      throw new Refused(401, 'who are you');
    };
    await queue.log(waste('a'));
    await queue.flush();
    expect((await store.all())[0]).toMatchObject({ progress: 'waiting' });
  });

  it('sends what needed a pass again under the same id', async () => {
    const { queue, box, store } = await fresh();
    let pass = false;
    box.answer = () => (pass ? {} : { status: 'rejected', code: 'pin_needed' });
    const said = await queue.log({ kind: 'count.post', data: { count: 'c' }, text });
    await queue.flush();
    expect((await store.all())[0]).toMatchObject({ progress: 'fix', code: 'pin_needed' });
    pass = true;
    await queue.releasePinned();
    expect(box.applied.map((one) => one.id)).toEqual([said.id]);
  });
});

describe('taking back', () => {
  it('cancels both on the tablet when nothing was sent yet', async () => {
    const { queue, box, store } = await fresh();
    const [said] = await sayOffline(queue, box, ['a', 'b']);
    box.online = false;
    expect(await queue.undo(said?.id ?? '', text)).toBe('cancelled');
    expect(isUndone(await store.all(), said?.id ?? '')).toBe(true);
    await queue.flush();
    box.online = true;
    await queue.flush();
    expect(quantities(box.applied)).toEqual(['b']);
  });

  it('sends a reversal behind it when it may have arrived, with the number of its entry', async () => {
    const { queue, box, store } = await fresh();
    const [{ id } = { id: '' }] = await sayOffline(queue, box, ['a']);
    box.loseAnswers = 1;
    await queue.flush();
    expect((await store.all())[0]).toMatchObject({ progress: 'waiting', tried: true });
    expect(await queue.undo(id, text)).toBe('queued');
    await queue.flush();
    expect(box.applied.map(({ kind, data }) => [kind, data])).toEqual([
      ['waste.log', { item: 'pork-belly', qty: 'a' }],
      ['entry.reverse', { entry: 1 }],
    ]);
    expect(isUndone(await store.all(), id)).toBe(true);
    expect(actions(await store.all(), 20).map((one) => one.id)).toEqual([id]);
  });

  it('restores by taking the reversal back', async () => {
    const { queue, box, store } = await fresh();
    const said = await queue.log(waste('a'));
    await queue.flush();
    await queue.undo(said.id, text);
    await queue.flush();
    const reversal = (await store.all()).find((one) => one.undoes === said.id);
    await queue.undo(reversal?.id ?? '', text);
    await queue.flush();
    expect(box.applied.map(({ data }) => (data as { entry?: number }).entry)).toEqual([
      undefined,
      1,
      2,
    ]);
    expect(isUndone(await store.all(), said.id)).toBe(false);
  });

  it('has nothing to take back when the box refused the entry', async () => {
    const { queue, box, store } = await fresh();
    box.answer = () => ({ status: 'rejected', code: 'unknown_item' });
    const [{ id } = { id: '' }] = await sayOffline(queue, box, ['a']);
    box.loseAnswers = 1;
    await queue.flush();
    expect(await queue.undo(id, text)).toBe('queued');
    await queue.flush();
    expect((await store.all()).map((one) => one.progress)).toEqual(['fix', 'cancelled']);
    expect(await queue.undo(id, text)).toBe('impossible');
    expect(box.applied).toEqual([]);
  });
});

describe('two tabs', () => {
  it('takes turns by a lease that a dead tab does not hold for ever', async () => {
    const name = `tablet-${++count}`;
    let now = 1_000_000;
    const first = byLease(await tablet(name), 'tab-1', () => now);
    const second = byLease(await tablet(name), 'tab-2', () => now);
    const ran: string[] = [];
    await first(async () => {
      ran.push('first');
      expect(await second(async () => void ran.push('second'))).toBe(false);
    });
    expect(await second(async () => void ran.push('second'))).toBe(true);
    void first(() => new Promise(() => {}));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await second(async () => {})).toBe(false);
    now += LEASE_MS + 1;
    expect(await second(async () => void ran.push('after'))).toBe(true);
    expect(ran).toEqual(['first', 'second', 'after']);
  });
});

describe('a tablet that cannot store', () => {
  it('says so and sends from memory', async () => {
    let broken = 0;
    const refuses = async () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    const full: OutboxStore = { ...memoryOutbox(), add: refuses };
    const box = new FakeBox();
    const store = sturdyOutbox(full, () => {
      broken += 1;
    });
    const queue = queueOf(box, store);
    await queue.log(waste('a'));
    await queue.flush();
    expect(broken).toBeGreaterThan(0);
    expect(quantities(box.applied)).toEqual(['a']);
    expect((await store.all())[0]).toMatchObject({ progress: 'applied' });

    const none = sturdyOutbox(null, () => {});
    const other = queueOf(box, none);
    await other.log(waste('b'));
    await other.flush();
    expect(quantities(box.applied)).toEqual(['a', 'b']);
  });
});
