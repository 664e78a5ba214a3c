/** What the list says of undoing is what the door then does, for every tablet and person. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';

type Entry = { seq: number; actor: string | null; reversible: string };
type Result = { status: string; seq: number; code?: string };

let box: TestBox;
let ahead = 0;
let commands = 0;
const tokens: string[] = [];

async function call<T>(token: string, method: string, path: string, body?: object): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${box.url}/api/v1${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await response.json()) as T;
}

async function command(token: string, actor: string, kind: string, data: object): Promise<Result> {
  const id = `undo-${++commands}`;
  const sent = { commands: [{ id, kind, actor, data }] };
  const { results } = await call<{ results: Result[] }>(token, 'POST', '/commands', sent);
  return results[0] as Result;
}

const list = async (token: string, me: string) =>
  (await call<{ entries: Entry[] }>(token, 'GET', `/entries?kinds=waste&me=${me}`)).entries;

beforeAll(async () => {
  const real = realPorts();
  box = await startBox({ book: SMALL_BOOK, ports: { ...real, now: () => real.now() + ahead } });
  for (const name of ['cold', 'hot']) {
    const { code } = await box.api<{ code: string }>('POST', '/pairings', { name });
    tokens.push((await box.api<{ token: string }>('POST', '/pair', { code })).token);
  }
  await box.command('delivery.receive', { lines: [{ item: 'rice', qty: '10 kg' }] });
});
afterAll(() => box.stop());

test('yes, pin and no are kept', async () => {
  const [cold = '', hot = ''] = tokens;
  const wasted = { item: 'rice', qty: '10 g', reason: 'dropped' };
  const own = await command(cold, 'chen', 'waste.log', wasted);
  const others = await command(hot, 'wang', 'waste.log', wasted);
  const seen = async (token: string, me: string) =>
    Object.fromEntries((await list(token, me)).map(({ seq, reversible }) => [seq, reversible]));
  // Their own tablet, or their own name.
  expect(await seen(cold, 'chen')).toEqual({ [own.seq]: 'yes', [others.seq]: 'pin' });
  expect(await seen(cold, 'wang')).toEqual({ [own.seq]: 'yes', [others.seq]: 'yes' });
  expect(await seen(box.token, '')).toEqual({ [own.seq]: 'yes', [others.seq]: 'yes' });
  const refused = await command(cold, 'chen', 'entry.reverse', { entry: others.seq });
  expect(refused).toMatchObject({ status: 'rejected', code: 'pin_needed' });
  const undone = await command(cold, 'chen', 'entry.reverse', { entry: own.seq });
  expect(undone.status).toBe('applied');
  expect((await seen(cold, 'chen'))[own.seq]).toBe('no');
  // The next business day it takes a manager.
  ahead = 86_400_000;
  expect((await seen(hot, 'wang'))[others.seq]).toBe('pin');
  const late = await command(hot, 'wang', 'entry.reverse', { entry: others.seq });
  expect(late).toMatchObject({ code: 'pin_needed' });
});
