/** The bridge in this process, between a scripted box and a head office played by msw. */
import { HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { NO_SIDE } from '#recipes/contracts/sync.ts';
import { openBoxClient } from '../../cloud-bridge/uplink/box-client.ts';
import { PACE, type Pace, readConfig } from '../../cloud-bridge/uplink/config.ts';
import { openHqClient } from '../../cloud-bridge/uplink/hq-client.ts';
import { openCalls } from '../../cloud-bridge/uplink/http-call.ts';
import { runPump } from '../../cloud-bridge/uplink/pump.ts';
import { openLog } from '../../edge/runtime/log.ts';
import { type Ports, realPorts } from '../../edge/runtime/ports.ts';
import { BOX_TOKEN, type ScriptedBox, startScriptedBox } from './scripted-box.ts';
import { HQ, HQ_TOKEN, type ScriptedHq, scriptHq } from './scripted-hq.ts';

export type Rig = {
  readonly hq: ScriptedHq;
  /** Another one, with 500 entries, for each test. */
  readonly box: ScriptedBox;
  /** Starts the bridge; its waits are short. */
  start(pace?: Partial<Pace>): void;
  /** Starts it so that each wait is ten seconds long: what it does meanwhile it does without a pause. */
  startPatient(): void;
  /** Ends it and waits for it. */
  stop(): Promise<void>;
  /** Whether head office has the box's newest entry. */
  arrived(): boolean;
  /** Waits until the bridge asks the box for news and the box has none. */
  idle(): Promise<void>;
  /** How often each entry was posted. */
  timesPosted(): Map<number, number>;
};

/** Registers what has to be done before and after each test of the file. */
export function openRig(): Rig {
  const { hq, server } = scriptHq();
  let box: ScriptedBox;
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  const rig: Rig = {
    hq,
    get box() {
      return box;
    },
    start(pace = {}) {
      stopping = new AbortController();
      running = run(box.url, { ...QUICK, ...pace }, realPorts(), stopping.signal);
    },
    startPatient() {
      stopping = new AbortController();
      const pace = { ...QUICK, baseMs: 10_000, maxMs: 10_000, boxMaxMs: 10_000 };
      const ports = { ...realPorts(), randomBytes: (n: number) => new Uint8Array(n).fill(255) };
      running = run(box.url, pace, ports, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await running;
    },
    arrived: () => hq.lives.get(box.incarnation)?.seq === box.entries.length,
    idle: () => until(() => box.calls.at(-1)?.includes('wait=20') === true),
    timesPosted() {
      const times = new Map<number, number>();
      for (const { from, to } of hq.posted)
        for (let seq = from; seq <= to; seq++) times.set(seq, (times.get(seq) ?? 0) + 1);
      return times;
    },
  };
  beforeAll(() => server.listen({ onUnhandledFrame: 'bypass' }));
  afterAll(() => server.close());
  beforeEach(async () => {
    hq.reset();
    hq.extra = { side: NO_SIDE };
    box = await startScriptedBox(500);
  });
  afterEach(async () => {
    await rig.stop();
    await box.close();
  });
  return rig;
}

const QUICK: Pace = { ...PACE, baseMs: 2, maxMs: 50, slowMs: 30, timeoutMs: 300 };

function run(boxUrl: string, pace: Pace, ports: Ports, stop: AbortSignal): Promise<void> {
  const read = readConfig(
    {
      LARDER_HQ_URL: HQ,
      LARDER_HQ_TOKEN: HQ_TOKEN,
      LARDER_BOX_URL: boxUrl,
      LARDER_BOX_TOKEN: BOX_TOKEN,
    },
    '/',
  );
  if (!read.ok) throw new Error(read.problems.join('\n'));
  const config = { ...read.config, pace };
  return runPump({
    config,
    box: openBoxClient(config, openCalls('box', ports, stop)),
    hq: openHqClient(config, openCalls('head office', ports, stop), ports.now),
    log: openLog('silent'),
    ports,
    stop,
  });
}

/** @throws when it does not become true in time */
export async function until(what: () => boolean, ms = 5_000): Promise<void> {
  const end = performance.now() + ms;
  while (!what()) {
    if (performance.now() > end) throw new Error(`never came: ${what.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const json = (body: unknown, status: number, headers: Record<string, string> = {}) =>
  HttpResponse.json(body as object, { status, headers });
