/**
 * Every page of the chain's board, in both languages and both lights, on every glass: readable for
 * everybody (axe), nothing beyond the edge, targets that a finger hits; and a thousand stores.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chromiumMissing, isLive, launchChromium } from '../support/browser.ts';
import { axeFindings, misfits, saidByColourAlone } from '../support/looks.ts';
import { type ChainRig, openBoard, startChain, tellStories } from './chain-rig.ts';

const LANGS = ['zh', 'en'] as const;
const THEMES = ['dark', 'light'] as const;
const SIZES = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
  { width: 360, height: 740 },
];
/** Address -> what is there when the page is. */
const PAGES = {
  '/stores': '[data-store="xuhui"]',
  '/stores?view=table': 'tr[data-store="xuhui"]',
  '/store/xuhui': '[data-part="stock"] tr[data-item]',
  '/store/sh-004': '[data-life="2"]',
  '/stock': 'tr[data-item]',
  '/entries?store=xuhui': '[data-entry]',
  '/orders': '[data-order]',
  '/transfers': '[data-transfer]',
  '/transfers?part=requisitions': '[data-requisition]',
  '/transfers?part=demand': '[data-part^="kitchen-"] tr[data-item]',
  '/reports': 'tr[data-item]',
  '/reports?report=variance': '[data-screen="reports"] [data-empty]',
  '/reports?report=usage': 'tr[data-item]',
  '/reports?report=stock': 'tr[data-item]',
  '/ticker': '[data-ticker]',
  '/books?kind=all': 'tr[data-version]',
  '/books/1': 'tr[data-state]',
  '/books/publish': '[data-field="book"]',
  '/access': '[data-action="new-wall"]',
  '/access?part=stores': '[data-field="store"]',
  '/access?part=webhooks': '[data-action="new-webhook"]',
  '/more': '[data-action="go-books"]',
} as const;
const PAGE_LIST = Object.entries(PAGES) as [at: string, there: string][];
/** Pictures for the eye: LARDER_SHOTS=folder keeps them; they never go into git. */
const SHOTS = process.env['LARDER_SHOTS'];

let browser: Browser;
let rig: ChainRig;
const blind = chromiumMissing();

beforeAll(async () => {
  if (blind) return;
  browser = await launchChromium();
  rig = await startChain();
  await tellStories(rig);
  await aWorkingDay(rig);
});
afterAll(async () => {
  await browser?.close();
  await rig?.stop();
});

describe.skipIf(blind).each(LANGS)('%s', (lang) => {
  it.each(PAGE_LIST)(
    '%s: axe finds nothing, dark and light; it fits every glass',
    async (at, there) => {
      const { page, complaints } = await openBoard(browser, rig.hq, at, { lang, still: true });
      await settled(page, there);
      for (const theme of THEMES) {
        if (theme === 'light') await page.locator('[data-action="theme"]').click();
        expect([theme, await axeFindings(page)]).toEqual([theme, []]);
        await picture(page, `${nameOf(at)}-${lang}-${theme}`);
      }
      expect(await saidByColourAlone(page)).toEqual([]);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await page.waitForTimeout(150);
        const { wide, cut, small } = await misfits(page, false);
        expect([size, { wide, cut, small }]).toEqual([size, { wide: 0, cut: [], small: [] }]);
        await picture(page, `${nameOf(at)}-${lang}-${size.width}`);
      }
      // What a phone has no room for must still have a name.
      expect(await axeFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it('the wall is readable and fits', async () => {
    const { token } = (await rig.hq.api('POST', '/tokens', { name: 'wall', scope: 'wall' })).body;
    for (const theme of THEMES) {
      const address = `wall=${token}&lang=${lang}&theme=${theme}`;
      const { page, complaints } = await openBoard(browser, rig.hq, address, {
        token: '',
        still: true,
      });
      for (const size of SIZES) {
        await page.setViewportSize(size);
        await settled(page, 'article[data-store="xuhui"]');
        expect((await misfits(page, false)).wide).toBe(0);
        await picture(page, `wall-${lang}-${theme}-${size.width}`);
      }
      expect(await axeFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });
});

describe.skipIf(blind)('a thousand stores', () => {
  it('are drawn as far as they are in sight, wherever the list is scrolled to', async () => {
    for (let n = 0; n < 1_000; n++) {
      await rig.hq.api('POST', '/stores', {
        store: `many-${n}`,
        name: { zh: `店${n}`, en: `S${n}` },
      });
    }
    const { page } = await openBoard(browser, rig.hq, '/stores');
    await settled(page, '[data-store="xuhui"]');
    const drawn = () => page.locator('article[data-store]').count();
    expect(await drawn()).toBeLessThan(80);
    const { most, steps } = await page.evaluate(scrollThrough);
    expect(steps).toBeGreaterThan(20);
    expect(most, 'tiles drawn at once').toBeLessThan(80);
    expect(await drawn()).toBeLessThan(80);
    await page.locator('input[type="search"]').fill('S777');
    await page.locator('[data-store="many-777"]').waitFor();
    expect(await drawn()).toBe(1);
  });
});

/** Runs in the page: down the whole list. @returns how many tiles were ever drawn at once */
async function scrollThrough(): Promise<{ most: number; steps: number }> {
  const main = document.querySelector('main');
  if (main === null) throw new Error('no main');
  let most = 0;
  let steps = 0;
  for (let top = 0; top < main.scrollHeight; top += 500, steps++) {
    main.scrollTop = top;
    await new Promise(requestAnimationFrame);
    most = Math.max(most, document.querySelectorAll('article[data-store]').length);
  }
  return { most, steps };
}

async function settled(page: Page, there: string): Promise<void> {
  await isLive(page);
  await page.locator(there).first().waitFor();
  await page.waitForTimeout(700);
}

function nameOf(address: string): string {
  return address.replaceAll(/[^a-z0-9]+/gi, '-').replace(/^-/, '');
}

async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** So that no page is empty: sales, waste, an order, a transfer, a requisition, a book. */
async function aWorkingDay({ hq, shop, kitchen, sell }: ChainRig): Promise<void> {
  for (let n = 0; n < 3; n++) await sell();
  await shop.command('waste.log', { item: 'rice', qty: '620 g', reason: 'overproduced' });
  await shop.command('order.create', {
    order: 'PO-1',
    supplier: 'jinluo',
    lines: [{ item: 'pork-belly', qty: '40000' }],
  });
  await shop.command('order.submit', { order: 'PO-1' });
  const lines = [{ item: 'pork-belly', qty: '4000' }];
  await kitchen.command('transfer.send', { to: 'xuhui', lines });
  const deliverOn = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await shop.command('requisition.send', { to: 'kitchen-1', deliverOn, lines });
  const isAnnounced = async () => {
    const { body } = await hq.api<{ versions: object[] }>('GET', '/catalog');
    expect(body.versions).toHaveLength(2);
  };
  await vi.waitFor(isAnnounced, { timeout: 30_000 });
}
