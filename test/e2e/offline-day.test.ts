/**
 * A day without the box: 300 entries on a tablet whose clock is ten minutes off, with a reload in the
 * middle. When the box is back, all of them are applied once, at the times they were made, and the
 * stock is that of a box that was there all day.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditFile } from '../../edge/ledger/audit.ts';
import { chromiumMissing, launchChromium, openTablet } from '../support/browser.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

const ENTRIES = 300;
const AHEAD_MS = 10 * 60_000;
/** The day that passes between the first and the last entry. */
const DAY_MS = 10 * 3_600_000;
const REASONS = ['expired', 'spoiled', 'overproduced', 'dropped', 'remake'];

let browser: Browser;
beforeAll(async () => {
  if (!chromiumMissing()) browser = await launchChromium();
});
afterAll(async () => browser?.close());

type Said = { item: string; qty: string; reason: string; at: number };

describe('a tablet without its box for a day', () => {
  it('loses nothing, doubles nothing, and keeps the times', {
    timeout: 300_000,
  }, async (context) => {
    if (chromiumMissing()) return context.skip();
    const [away, there] = await Promise.all([stockedBox(), stockedBox()]);
    const tablet = await openTablet(browser, away, 'waste', { clockAhead: AHEAD_MS });
    const { page } = tablet;
    const tiles = await itemsOf(page);
    expect(tiles.length).toBeGreaterThan(4);
    // The worker that serves the page without the box must be ready before the box goes.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await tablet.context.setOffline(true);

    const said: Said[] = [];
    for (let n = 0; n < ENTRIES; n++) {
      if (n === ENTRIES / 2) await reload(page);
      const shift = Math.round((DAY_MS / ENTRIES) * n);
      await page.evaluate((ms) => sessionStorage.setItem('__clock', String(ms)), shift);
      said.push(await logOne(page, tiles, n));
    }
    expect(await waiting(page)).toBe(ENTRIES);
    expect(await entriesOf(away)).toHaveLength(0);

    await tablet.context.setOffline(false);
    await expect
      .poll(() => entriesOf(away).then((list) => list.length), { timeout: 60_000 })
      .toBe(ENTRIES);
    await expect.poll(() => waiting(page), { timeout: 20_000 }).toBe(0);

    const entries = await entriesOf(away);
    // Once each, in the order in which they were tapped, at the time by the box's clock.
    expect(entries.map(({ summary }) => [summary.item, summary.reason])).toEqual(
      said.map(({ item, reason }) => [item, reason]),
    );
    for (const [n, entry] of entries.entries()) {
      const off = Date.parse(entry.at) - (said[n]?.at ?? 0);
      expect(Math.abs(off), `entry ${n} is ${off} ms off`).toBeLessThan(5_000);
    }
    for (const [n, one] of said.entries()) {
      const { item, qty, reason, at } = one;
      await there.api('POST', '/commands', {
        commands: [
          {
            id: `there-${n}`,
            kind: 'waste.log',
            at: new Date(at).toISOString(),
            data: { item, qty, reason },
          },
        ],
      });
    }
    expect(await away.stock()).toEqual(await there.stock());
    await tablet.context.close();
    for (const box of [away, there]) {
      const report = auditFile(`${box.data}/larder.db`, { full: true });
      expect(report.checks.filter((check) => check.breachCount > 0)).toEqual([]);
      await box.stop();
    }
  });
});

/** One entry as a cook makes it: what, how much (a chip), why. */
async function logOne(page: Page, tiles: readonly string[], n: number): Promise<Said> {
  const item = tiles[n % tiles.length] as string;
  const reason = REASONS[n % REASONS.length] as string;
  await page.locator(`[data-screen="waste"] [data-item="${item}"]`).click();
  const chip = page.locator('[data-action="chip"]').nth(n % 2);
  const qty = (await chip.getAttribute('data-chip')) as string;
  await chip.click();
  const before = await page.evaluate(() => Date.now());
  await page.locator(`[data-reason="${reason}"]`).click();
  await page.locator(`[data-waiting="${n + 1}"]`).waitFor();
  return { item, qty, reason, at: before - AHEAD_MS };
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await page.locator('[data-screen="waste"]').waitFor();
}

async function itemsOf(page: Page): Promise<string[]> {
  await page.locator('[data-screen="waste"] [data-item]').first().waitFor();
  return page
    .locator('[data-screen="waste"] [data-item]')
    .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-item') ?? '').slice(0, 5));
}

/** How many entries the page says are on this tablet only. */
async function waiting(page: Page): Promise<number> {
  return Number(await page.locator('[data-waiting]').first().getAttribute('data-waiting'));
}

type Entry = { seq: number; at: string; summary: { item?: string; reason?: string } };

/** Waste entries of the box, oldest first. */
async function entriesOf(box: TestBox): Promise<Entry[]> {
  const all: (Entry & { kind: string })[] = [];
  let before = '';
  for (;;) {
    const page = await box.api<{ entries: (Entry & { kind: string })[] }>(
      'GET',
      `/entries?limit=200&kinds=kitchen${before}`,
    );
    all.push(...page.entries);
    const last = page.entries.at(-1);
    if (last === undefined || page.entries.length < 200) break;
    before = `&before=${last.seq}`;
  }
  return all.filter(({ kind }) => kind === 'waste').toReversed();
}

async function stockedBox(): Promise<TestBox> {
  const box = await startBox({ demoBook: true });
  const lines = Object.keys(await box.stock()).map((item) => ({ item, qty: '500000' }));
  await box.command('delivery.receive', { lines });
  return box;
}
