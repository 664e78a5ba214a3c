/** Memory of the bridge while it catches up: a box that has a long past, a head office that takes all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_HASH } from '#recipes/contracts/sync.ts';
import how from '../../edge/bridge-flags.json' with { type: 'json' };
import { type LoneBridge, startLoneBridge } from '../faults/hq-process.ts';
import { type HttpSink, openHttpSink } from '../support/http-sink.ts';
import { until } from './rig.ts';
import { BOX_TOKEN, type ScriptedBox, startScriptedBox } from './scripted-box.ts';

/** A quarter of a week; what it needs does not grow with the length of the past. */
const ENTRIES = 30_000;
/** From its sources it has Node's reader of types in memory as well; the bundle is what ships. */
const LIMIT_MB = process.env['TEST_SUMMARY_FILE'] === undefined ? 110 : 90;

let box: ScriptedBox;
let hq: HttpSink;
let bridge: LoneBridge;

beforeAll(async () => {
  box = await startScriptedBox(0);
  // Six ingredients and a note of some length each, as a sale of a few dishes has.
  box.add(ENTRIES, '1,17,1234,1,3,348000000;'.repeat(18));
  // What happened stands beside the entries, packed: as much again.
  box.beside = { events: { after: 0, to: 1 }, facts: 'Zm9v'.repeat(40_000) };
  hq = await openHttpSink();
  const side = { items: 0, lots: 0, books: 0, events: 0 };
  let seq = 0;
  hq.answer = (_n, { url }) => {
    // It takes what it was asked for last: the bodies are packed, and this is about the bridge.
    if (url.includes('/batches')) seq = box.lastTo;
    const ackedHash = box.entries[seq - 1]?.hash ?? NO_HASH;
    return {
      status: 200,
      body: JSON.stringify({ ackedSeq: seq, ackedHash, catalogHead: 0, side }),
    };
  };
});
afterAll(async () => {
  await bridge.kill('SIGTERM');
  await box.close();
  await hq.close();
});

test('a long past goes up within 90 MB', async () => {
  bridge = startLoneBridge({
    LARDER_HQ_URL: hq.url,
    LARDER_BOX_URL: box.url,
    LARDER_BOX_TOKEN: BOX_TOKEN,
  });
  await until(() => box.acks.at(-1)?.['ackedSeq'] === ENTRIES, 60_000);
  const status = readFileSync(`/proc/${bridge.pid}/status`, 'utf8');
  const peakMb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024;
  console.info(`peak ${Math.round(peakMb)} MB over ${ENTRIES} entries`);
  expect(peakMb).toBeLessThan(LIMIT_MB);
}, 90_000);

test('everybody who starts the bridge starts it in the same way', () => {
  for (const file of ['docker-compose.yml', 'edge/systemd/larder-bridge.service']) {
    const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
    // A list of YAML or a line of a unit: the same words.
    const words = (text.match(/[^\s',[\]]+/g) ?? []).filter((word) => word !== '-').join(' ');
    expect(words, file).toContain(`${how.flags.join(' ')} dist/uplink.js`);
  }
});
