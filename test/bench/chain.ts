/**
 * A store and head office, everything as it ships: how long a store takes to catch up after a week
 * without a line, what its bridge needs for that, and how long after a sale the chain's board shows it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import mqtt from 'mqtt';
import { chromiumMissing, launchChromium } from '../support/browser.ts';
import { type BenchBox, startBenchBox } from './box-process.ts';
import { type Load, saleBody } from './kitchen.ts';
import { type BenchOffice, startBenchBridge, startBenchOffice } from './office-process.ts';

export type WeekFigures = {
  readonly name: string;
  readonly entries: number;
  readonly moves: number;
  /** From the start of the bridge's process until head office has the newest entry. */
  readonly seconds: number;
  readonly 'entries/s': number;
  readonly 'bridge peak MiB': number;
  readonly 'bridge cpu s': number;
  readonly 'head office peak MiB': number;
};

const SALES = 400;

/** A week of a busy store (21,000 orders of 24 moves), and 130,000 entries of 6. */
export async function measureWeeks(): Promise<WeekFigures[]> {
  return [await measureWeek('W', 21_000, 24), await measureWeek('W6', 130_000, 6)];
}

async function measureWeek(load: Load, entries: number, moves: number): Promise<WeekFigures> {
  const box = await startBenchBox();
  const office = await startBenchOffice();
  try {
    await box.load(load, entries, 200, 'week');
    const { seq } = (await box.api('GET', '/status')) as { seq: number };
    const started = performance.now();
    const bridge = await startBenchBridge(box, office);
    while ((await ackedSeq(office)) < seq) await sleep(50);
    const seconds = (performance.now() - started) / 1_000;
    const figures = {
      name: load,
      entries: seq,
      moves: entries * moves,
      seconds,
      'entries/s': seq / seconds,
      'bridge peak MiB': bridge.peakMib(),
      'bridge cpu s': bridge.cpu(),
      'head office peak MiB': office.peakMib(),
    };
    await bridge.stop();
    return figures;
  } finally {
    await box.stop();
    await office.stop();
  }
}

async function ackedSeq(office: BenchOffice): Promise<number> {
  return (await office.api<{ ackedSeq: number }>('GET', '/stores/demo/cursor')).ackedSeq;
}

/** From the publishing of a sale to the frame of a real browser in which the store's tile counts it. */
export async function measureBoard(): Promise<Record<string, number>> {
  if (chromiumMissing()) return {};
  const box = await startBenchBox();
  const office = await startBenchOffice();
  const bridge = await startBenchBridge(box, office);
  try {
    const times = (await watchSales(box, office)).sort((a, b) => a - b);
    const at = (share: number) => Math.round(times[Math.ceil(times.length * share) - 1] ?? 0);
    return { sales: times.length, 'p50 ms': at(0.5), 'p99 ms': at(0.99), 'max ms': at(1) };
  } finally {
    await bridge.stop();
    await box.stop();
    await office.stop();
  }
}

async function watchSales(box: BenchBox, office: BenchOffice): Promise<number[]> {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.addInitScript((token) => localStorage.setItem('larder.token', token), office.token);
  await page.goto(`${office.url}/#/stores`);
  const sales = '[data-store="demo"] [data-value="sales"]';
  await page.locator(sales).waitFor();
  await page.locator('[data-link="live"]').waitFor({ state: 'attached' });
  const { mqttPort, mqttUser: username, mqttPassword: password } = box;
  const pos = await mqtt.connectAsync(`mqtt://127.0.0.1:${mqttPort}`, {
    username,
    password,
    clientId: 'pos-T1',
  });
  const times: number[] = [];
  for (let n = 0; n < SALES; n++) {
    const shown = page.evaluate(appears, { at: sales, text: String(n + 1) });
    const from = performance.now();
    const now = { ...JSON.parse(saleBody('W', n, 'board')), time: new Date().toISOString() };
    await pos.publishAsync('larder/v1/demo/pos/T1/event', JSON.stringify(now), { qos: 1 });
    await shown;
    times.push(performance.now() - from);
    // At no fixed distance from what head office does by the clock.
    await sleep((n * 37) % 400);
  }
  await pos.endAsync();
  await browser.close();
  return times;
}

/** Runs in the page: resolves in the frame in which the text stands there. */
function appears({ at, text }: { at: string; text: string }): Promise<void> {
  return new Promise((resolve) => {
    const look = () =>
      document.querySelector(at)?.textContent?.trim() === text
        ? resolve()
        : requestAnimationFrame(look);
    look();
  });
}
