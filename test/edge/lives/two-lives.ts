/** Two lives of one box: what is said to each is written down, so that a third one can be told all of it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult } from '#recipes/contracts/command.ts';
import type { EventResult } from '#recipes/contracts/pos-event.ts';
import { type Batch, NO_SIDE, type TakenOver } from '#recipes/contracts/sync.ts';
import type { Config } from '../../../edge/config.ts';
import { installation } from '../../../edge/installation.ts';
import { auditFile } from '../../../edge/ledger/audit.ts';
import { type Ports, realPorts } from '../../../edge/runtime/ports.ts';
import { copyDatabase } from '../../../edge/setup/backup-store.ts';
import { draftOf, prepareRestore, putInPlace } from '../../../edge/setup/restore.ts';
import { startBox, type TestBox } from '../../support/start-box.ts';
import { KITCHEN_BOOK } from '../kitchen/kitchen-book.ts';

/** What was said to a box, in its order. */
export type Said =
  | { readonly terminal: string; readonly event: object | string; readonly at: string }
  | { readonly id: string; readonly kind: string; readonly at: string; readonly data: unknown };

export type Life = TestBox & {
  readonly said: Said[];
  /** The clock of this box. */
  at(time: string): void;
  skip(minutes: number): void;
  /** A sale or another event, or bytes that are none. */
  event(event: object | string, terminal?: string): Promise<EventResult>;
  /** A command that must be applied. */
  does(kind: string, data: unknown, id?: string): Promise<CommandResult>;
  tell(said: Said): Promise<EventResult | CommandResult>;
};

const folders: string[] = [];

/** Removes every folder that was made here. */
export function forgetLives(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'larder-lives-'));
  folders.push(folder);
  return folder;
}

let ids = 0;

/** A box with the kitchen of the tests, on a data folder that may hold a past. */
export async function startLife(
  data = newFolder(),
  time = '2026-11-21T10:00:00+08:00',
  config: Partial<Config> = {},
): Promise<Life> {
  const real = realPorts();
  const clock = { shift: Date.parse(time) - real.now() };
  const ports: Ports = { ...real, now: () => real.now() + clock.shift };
  const box = await startBox({ data, ports, config });
  const said: Said[] = [];

  async function tell(one: Said): Promise<EventResult | CommandResult> {
    if ('event' in one) {
      const { event } = one;
      const [result] = await box.send(typeof event === 'string' ? event : [event], one.terminal);
      return result as EventResult;
    }
    const answer = await box.api<{ results: CommandResult[] }>('POST', '/commands', {
      commands: [one],
    });
    return answer.results[0] as CommandResult;
  }

  const life: Life = Object.assign(Object.create(box) as TestBox, {
    said,
    tell,
    at(when: string) {
      clock.shift = Date.parse(when) - real.now();
    },
    skip(minutes: number) {
      clock.shift += minutes * 60_000;
    },
    async event(event: object | string, terminal = 'T1') {
      const one = { terminal, event, at: new Date(ports.now()).toISOString() };
      said.push(one);
      return (await tell(one)) as EventResult;
    },
    async does(kind: string, content: unknown, id = `c-${++ids}`) {
      const one = { id, kind, at: new Date(ports.now()).toISOString(), data: content };
      said.push(one);
      const result = (await tell(one)) as CommandResult;
      if (result.status !== 'applied') throw new Error(JSON.stringify({ kind, ...result }));
      return result;
    },
  });
  return life;
}

/** Adopts the book and fills the shelves. */
export async function openKitchen(life: Life, book: object = KITCHEN_BOOK): Promise<void> {
  await life.does('book.adopt', { book });
  await life.does('delivery.receive', {
    supplier: 'jinluo',
    lines: [
      { item: 'belly', qty: '20 kg', lot: 'B-1', price: '32.00' },
      { item: 'rice', qty: '30 kg', lot: 'R-1' },
      { item: 'egg', qty: '300', lot: 'E-1' },
      { item: 'soy', qty: '5000', lot: 'S-1' },
      { item: 'salmon', qty: '6 kg', lot: 'F-1', temperature: '2' },
    ],
  });
}

/** A consistent copy of the box's database. */
export function backupOf(life: TestBox): string {
  const file = join(newFolder(), 'backup.db');
  copyDatabase(join(life.data, 'larder.db'), file);
  return file;
}

/** A data folder in which a backup was put in place, as `larder restore` does it. */
export function restored(backup: string, data = newFolder()): string {
  mkdirSync(data, { recursive: true });
  const file = join(data, 'larder.db');
  const prepared = prepareRestore(draftOf(file, backup), realPorts(), installation().migrations);
  if (!prepared.ok) throw new Error(prepared.why);
  putInPlace(file, prepared, Date.now());
  return data;
}

/** Everything a box has said after an entry, as head office would hand it on. */
export async function batchesOf(
  life: TestBox,
  after: number,
  events: number,
  limit = 7,
): Promise<Batch[]> {
  const batches: Batch[] = [];
  let side = { ...NO_SIDE, events };
  for (let from = after; ; ) {
    const query = new URLSearchParams({ after: `${from}`, form: 'batch', limit: `${limit}` });
    for (const [name, number] of Object.entries(side)) query.set(name, `${number}`);
    const batch = await life.api<Batch>('GET', `/feed?${query}`);
    const more = batch.entries.length > 0 || (batch.events?.to ?? 0) > side.events;
    if (!more) return batches;
    batches.push(batch);
    from = batch.to;
    side = { ...side, events: batch.events?.to ?? side.events };
  }
}

/** The facts of one life happen in the other, in pieces, those after `from` (default: the fork). @returns what they came to together */
export async function takeOver(
  from: TestBox,
  to: TestBox,
  fork: { afterSeq: number; events: number; segment?: number; from?: number },
): Promise<TakenOver & { pieces: number }> {
  const { afterSeq, events, segment = 1 } = fork;
  const { incarnation } = from.box.parts.incarnation.life();
  const sum = { applied: 0, duplicates: 0, refused: [] as TakenOver['refused'][number][] };
  let pieces = 0;
  for (const { facts } of await batchesOf(from, fork.from ?? afterSeq, events)) {
    if (!facts) continue;
    const piece = { incarnation, segment: segment + pieces++, afterSeq, facts, more: true };
    const taken = await to.api<TakenOver>('POST', '/feed/facts', piece);
    sum.applied += taken.applied;
    sum.duplicates += taken.duplicates;
    sum.refused.push(...taken.refused);
  }
  return { ...sum, pieces };
}

/** What the checks of `larder fsck --full` say is wrong. */
export function breaches(data: string): unknown[] {
  const report = auditFile(join(data, 'larder.db'), { full: true });
  return report.checks.flatMap((check) => check.breaches.map((one) => ({ check: check.id, one })));
}
