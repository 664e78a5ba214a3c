/**
 * The tablet beside a working box: how long after a sale was published its tile falls, how long after a
 * tap the page answers on a slow tablet (CPU throttled four times), how fast an item is found by pinyin
 * among 2,000, and how many bytes the first load takes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mqtt from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { parse } from 'yaml';
import { rank } from '#recipes/words/search.ts';
import { chromiumMissing, launchChromium, openTablet } from '../support/browser.ts';
import { type BenchBox, startBenchBox } from './box-process.ts';

const SAMPLE = join(import.meta.dirname, '..', '..', 'recipes', 'samples', 'red-braise.yaml');
const SALES = 200;
const TAPS = 60;

/** Figures of one run; empty without a Chromium. */
export async function measureTablet(): Promise<Record<string, unknown>> {
  const found = measureSearch();
  if (chromiumMissing()) return found;
  const box = await startBenchBox();
  const browser = await launchChromium();
  try {
    await openShop(box);
    return {
      ...(await firstLoad(browser, box)),
      ...(await saleToTile(browser, box)),
      ...(await tapToAnswer(browser, box)),
      ...found,
    };
  } finally {
    await browser.close();
    await box.stop();
  }
}

async function openShop(box: BenchBox): Promise<void> {
  const book = parse(readFileSync(SAMPLE, 'utf8')) as { items: { id: string }[] };
  await command(box, 'book.adopt', { book });
  const lines = book.items.map(({ id }) => ({ item: id, qty: '900000' }));
  await command(box, 'delivery.receive', { lines });
}

let commands = 0;
function command(box: BenchBox, kind: string, data: unknown): Promise<unknown> {
  const id = `bench-${++commands}`;
  return box.api('POST', '/commands', { commands: [{ id, kind, data }] });
}

/** What travels until the board can be used, as the browser counts it. */
async function firstLoad(browser: Browser, box: BenchBox): Promise<object> {
  const { page, context } = await openTablet(browser, box, 'board');
  await page.locator('[data-item]').first().waitFor();
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .concat(performance.getEntriesByType('navigation'))
      .map((entry) => entry as PerformanceResourceTiming)
      .filter(({ name }) => !name.includes('/api/'))
      .reduce((sum, { transferSize }) => sum + transferSize, 0),
  );
  await context.close();
  return { 'first load, bytes on the wire': bytes };
}

async function saleToTile(browser: Browser, box: BenchBox): Promise<object> {
  const { page, context } = await openTablet(browser, box, 'board');
  await page.locator('[data-sale]').count();
  const pos = await mqtt.connectAsync(`mqtt://127.0.0.1:${box.mqttPort}`, {
    username: box.mqttUser,
    password: box.mqttPassword,
    clientId: 'pos-T1',
  });
  const times: number[] = [];
  for (let n = 0; n < SALES; n++) {
    const id = `see-${n}`;
    const seen = page.locator(`[data-sale="${id}"]`).waitFor();
    const from = performance.now();
    const payload = JSON.stringify({ id, items: [{ sku: 'M-1001', qty: 1 }] });
    await pos.publishAsync('larder/v1/demo/pos/T1/event', payload, { qos: 1 });
    await seen;
    times.push(performance.now() - from);
    await page.waitForTimeout(n % 7 === 0 ? 500 : 40);
  }
  await pos.endAsync();
  await context.close();
  return {
    'sale to screen p50 ms': at(times, 0.5),
    'p95 ms': at(times, 0.95),
    'max ms': at(times, 1),
  };
}

/** From the tap to the changed page, measured inside the page between the event and the next frame. */
async function tapToAnswer(browser: Browser, box: BenchBox): Promise<object> {
  const { page, context } = await openTablet(browser, box, 'waste', { width: 1024, height: 768 });
  await page.locator('[data-screen="waste"] [data-item]').nth(3).waitFor();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const times: number[] = [];
  for (let n = 0; n < TAPS; n++) {
    const tile = page.locator('[data-screen="waste"] [data-item]').nth(n % 4);
    times.push(await tap(page, await tile.getAttribute('data-item')));
    await page.waitForTimeout(300);
  }
  await context.close();
  return { 'tap to answer, CPU / 4, p50 ms': at(times, 0.5), 'tap p95 ms': at(times, 0.95) };
}

function tap(page: Page, item: string | null): Promise<number> {
  return page.evaluate(async (id) => {
    const tile = document.querySelector(`[data-screen="waste"] [data-item="${id}"]`) as HTMLElement;
    const from = performance.now();
    const changed = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(resolve));
      });
      observer.observe(document.body, { subtree: true, attributes: true, childList: true });
    });
    tile.click();
    await changed;
    return performance.now() - from;
  }, item);
}

/** Search among 2,000 items with their pinyin, as the page does it at every key. */
function measureSearch(): Record<string, unknown> {
  const items = Array.from({ length: 2_000 }, (_, n) => ({
    id: `item-${n}`,
    name: { zh: `物料${n}`, en: `Item ${n}` },
    search: `wuliao${n} wl${n}`,
  }));
  items[1_234] = {
    id: 'pork-belly',
    name: { zh: '五花肉', en: 'Pork belly' },
    search: 'wuhuarou whr',
  };
  const times: number[] = [];
  for (let n = 0; n < 300; n++) {
    const from = performance.now();
    rank(items, n % 2 === 0 ? 'whr' : 'wuhuarou');
    times.push(performance.now() - from);
  }
  return { 'search of 2,000 items p95 ms': at(times, 0.95) };
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return Math.round(value * 10) / 10;
}
