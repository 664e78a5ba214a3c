/** The inside of a box in this process, without network: fast enough for thousands of days in a kitchen. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandResult } from '#recipes/contracts/command.ts';
import { openDoors } from '../../../edge/box-doors.ts';
import { type BoxParts, openBoxParts } from '../../../edge/box-parts.ts';
import { type Config, loadConfig } from '../../../edge/config.ts';
import type { Db } from '../../../edge/db/open.ts';
import { installation } from '../../../edge/installation.ts';
import { openLog } from '../../../edge/runtime/log.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { lotsOf, START } from './kitchen-box.ts';

export type InnerBox = {
  readonly parts: BoxParts;
  readonly db: Db;
  readonly file: string;
  now: number;
  command(kind: string, data: unknown): CommandResult;
  rehearse(kind: string, data: unknown): CommandResult;
  /** An event of the POS. @returns its status */
  event(type: string, data: object): string;
  tick(): void;
  lots(): Record<string, number>;
  reopen(): void;
  close(): void;
};

/** A folder with a box that knows this book; runs start from copies of it. */
export function templateOf(book: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'larder-kitchen-'));
  const box = openInner(folder, START - 7 * 86_400_000);
  const adopted = box.command('book.adopt', { book });
  if (adopted.status !== 'applied') throw new Error(JSON.stringify(adopted));
  box.parts.db.pragma('wal_checkpoint(TRUNCATE)');
  box.close();
  return folder;
}

/** A box on a copy of the template, in a folder that goes with it. */
export function innerBox(template: string): InnerBox {
  const folder = mkdtempSync(join(tmpdir(), 'larder-kitchen-'));
  cpSync(template, folder, { recursive: true });
  const box = openInner(folder, START);
  const close = box.close;
  return Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(box),
      close: {
        value: () => {
          close();
          rmSync(folder, { recursive: true, force: true });
        },
      },
    },
  ) as InnerBox;
}

function openInner(folder: string, start: number): InnerBox {
  const config = configOf(folder);
  let now = start;
  let ids = 0;
  const ports = { ...realPorts(), now: () => now };
  const log = openLog('silent');
  const open = () => {
    const parts = openBoxParts(config, ports, log, installation().migrations, (why, cause) => {
      throw new Error(why, { cause });
    });
    const nothing = () => undefined;
    const doors = openDoors(parts, {
      answers: { results: nothing, allAcks: nothing, close: nothing } as never,
      received: nothing,
      receivedAgain: nothing,
      commanded: nothing,
      bookChanged: nothing,
      deviceRevoked: nothing,
    });
    // Power is not what is tested here: without waiting for the disk a day takes milliseconds.
    parts.db.pragma('synchronous = OFF');
    doors.release();
    parts.prep.all();
    return { parts, doors };
  };
  let inside = open();
  return {
    get parts() {
      return inside.parts;
    },
    get db() {
      return inside.parts.db;
    },
    file: join(folder, 'larder.db'),
    get now() {
      return now;
    },
    set now(at: number) {
      now = at;
    },
    command: (kind, data) =>
      inside.doors.execute({ id: `c-${start}-${++ids}`, kind, data: sent(data) }),
    rehearse: (kind, data) =>
      inside.doors.rehearse({ id: `r-${start}-${++ids}`, kind, data: sent(data) }),
    event(type, data) {
      const time = new Date(now).toISOString();
      const event = {
        specversion: '1.0',
        id: `e-${start}-${++ids}`,
        type: `larder.pos.${type}.v1`,
        time,
        data,
      };
      const body = Buffer.from(JSON.stringify(event));
      return inside.doors.receive([{ terminal: 'T1', body }])[0]?.result.status ?? 'lost';
    },
    tick: () => inside.parts.prep.round(),
    lots: () => lotsOf(inside.parts),
    reopen() {
      inside.parts.close();
      inside = open();
    },
    close: () => inside.parts.close(),
  };
}

/** As it comes over the wire: what is undefined is not there. */
function sent(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data));
}

function configOf(folder: string): Config {
  const env = { LARDER_DATA: folder, LARDER_HTTP_PORT: '0', LARDER_MQTT_PORT: '0' };
  const loaded = loadConfig({ env: { ...env, LARDER_LOG_LEVEL: 'silent' } });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  return loaded.config;
}
