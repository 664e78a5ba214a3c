/**
 * Every screen, in both languages and both lights: readable for everybody (axe), nothing beyond the edge
 * of the glass, targets that a wet finger hits, and reachable with the keyboard alone.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { give, headOffice } from '../edge/catalog/head-office.ts';
import { chromiumMissing, isLive, launchChromium, openTablet } from '../support/browser.ts';
import { axeFindings, misfits, saidByColourAlone } from '../support/looks.ts';
import { sampleBook, startBox, type TestBox } from '../support/start-box.ts';

/** Screens that a cook uses with wet hands, and those for dry ones. */
const WET = ['waste', 'trim', 'prep', 'receive', 'count'];
const BOUGHT = ['order', 'orders', 'transfers', 'accuracy', 'printers'];
const OF_THE_BOX = ['inbox', 'more', 'recipes', 'book', 'settings', 'setup'];
const SCREENS = ['board', ...WET, ...BOUGHT, ...OF_THE_BOX];
const LANGS = ['zh', 'en'] as const;
const THEMES = ['dark', 'light'] as const;
const TABLETS = [
  { width: 1024, height: 768 },
  { width: 1180, height: 820 },
  { width: 1280, height: 800 },
];
const PHONE = { width: 360, height: 740 };
/** Pictures for the eye: LARDER_SHOTS=folder keeps them; they never go into git. */
const SHOTS = process.env['LARDER_SHOTS'];

let browser: Browser;
let box: TestBox;

const blind = chromiumMissing();

beforeAll(async () => {
  if (blind) return;
  browser = await launchChromium();
  box = await startBox({ demoBook: true });
  await aWorkingDay(box);
});
afterAll(async () => {
  await browser?.close();
  await box?.stop();
});

describe.skipIf(blind).each(LANGS)('%s', (lang) => {
  it.each(SCREENS)('axe finds nothing on %s, dark and light', async (screen) => {
    for (const theme of THEMES) {
      const { page, context, complaints } = await openTablet(browser, box, screen, { lang, theme });
      await settled(page);
      const found = await axeFindings(page);
      expect([theme, found]).toEqual([theme, []]);
      expect(complaints).toEqual([]);
      expect(await saidByColourAlone(page)).toEqual([]);
      await picture(page, `${screen}-${lang}-${theme}-1280`);
      await context.close();
    }
  });

  it.each(SCREENS)('%s fits every glass, and axe finds nothing on a phone', async (screen) => {
    const { page, context } = await openTablet(browser, box, screen, { lang });
    for (const size of [...TABLETS, PHONE]) {
      await page.setViewportSize(size);
      await settled(page);
      const wet = WET.includes(screen) && size !== PHONE;
      const none = { wide: 0, cut: [], small: [], near: [] };
      expect([size, await misfits(page, wet)]).toEqual([size, none]);
      await picture(page, `${screen}-${lang}-${size.width}`);
    }
    // What a phone has no room for must still have a name.
    expect(await axeFindings(page)).toEqual([]);
    await context.close();
  });
});

describe.skipIf(blind)('the keyboard alone', () => {
  it.each(SCREENS)('reaches every control of %s', async (screen) => {
    const { page, context } = await openTablet(browser, box, screen);
    await settled(page);
    const controls = await page.evaluate(() => {
      const all = document.querySelectorAll(
        'button:not(:disabled), a[href], input, select, textarea',
      );
      return [...all].filter((node) => {
        const { width, height } = node.getBoundingClientRect();
        const shown = width > 0 && height > 0 && getComputedStyle(node).visibility !== 'hidden';
        const radio = node instanceof HTMLInputElement && node.type === 'radio' && !node.checked;
        const own = (node as HTMLElement).tabIndex >= 0;
        node.setAttribute('data-want', String(shown && own && !radio));
        return shown && own && !radio;
      }).length;
    });
    const reached = new Set<string>();
    for (let i = 0; i < controls * 2 + 10 && reached.size < controls; i++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate((n) => {
        const node = document.activeElement;
        if (node?.getAttribute('data-want') !== 'true') return null;
        if (node.getAttribute('data-reached') === null)
          node.setAttribute('data-reached', String(n));
        const outline = getComputedStyle(node);
        const seen = outline.outlineStyle !== 'none' || outline.boxShadow !== 'none';
        return [node.getAttribute('data-reached'), seen] as const;
      }, i);
      if (at === null) continue;
      expect(at[1], 'the focus is seen').toBe(true);
      reached.add(String(at[0]));
    }
    const missed = await page.evaluate(() =>
      [...document.querySelectorAll('[data-want="true"]:not([data-reached])')].map(
        (n) => n.outerHTML,
      ),
    );
    expect(missed).toEqual([]);
    await context.close();
  });
});

/** Data are there and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  // The stream never ends, so the network is never idle; the box having answered is what counts.
  await isLive(page);
  await page.waitForTimeout(400);
}

async function picture(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** So that no screen is empty: stock, sales, an unknown dish, waste, an order, an expired lot. */
async function aWorkingDay(shop: TestBox): Promise<void> {
  const stock = await shop.stock();
  const lines = Object.keys(stock).map((item) => ({ item, qty: '50000' }));
  await shop.command('delivery.receive', { lines });
  const old = new Date(Date.now() - 3_600_000).toISOString();
  await shop.command('delivery.receive', {
    lines: [{ item: 'tofu', qty: '2000', lot: 'OLD-1', expiresAt: old }].filter(
      ({ item }) => item in stock,
    ),
  });
  await shop.send([
    { id: 'day-1', items: [{ sku: 'M-1001', qty: 2 }] },
    { id: 'day-2', items: [{ sku: 'NEW-7', name: '新-香菇滑鸡饭', qty: 1 }] },
  ]);
  await shop.command('waste.log', { item: 'pork-belly', qty: '620 g', reason: 'overproduced' });
  await shop.command('order.create', {
    order: 'PO-014',
    supplier: 'jinluo',
    lines: [{ item: 'pork-belly', qty: '4 pack', price: '64.00' }],
  });
  await shop.command('order.send', { order: 'PO-014' });
  await shop.api('PUT', '/printers/kitchen', { url: 'virtual:kitchen', columns: 48 });
  await shop.api('PUT', '/printers/bar', { url: 'tcp://127.0.0.1:19109', uses: ['slip'] });
  await shop.api('POST', '/print', { what: 'self-test', printer: 'bar' });
  await shop.command('user.add', { user: 'chen', name: '小陈', role: 'cook' });
  await shop.command('user.add', { user: 'li', name: '小李', role: 'manager', pin: '4711' });
  await shop.command('transfer.send', { to: 's2', lines: [{ item: 'pork-belly', qty: '5 kg' }] });
  await aBookOfHeadOffice(shop);
}

/** A version that holds, one that was refused, one that comes, and what is different here. */
async function aBookOfHeadOffice(shop: TestBox): Promise<void> {
  const hq = headOffice();
  await give(shop, hq.sign({ payload: { book: sampleBook() } }));
  await shop.command('book.override', {
    items: [{ id: 'pork-belly', stock: { par: '90 kg' }, station: 'wok' }],
    suppliers: [{ id: 'jinluo', cutOff: '21:00', items: [{ item: 'pork-belly', price: '61.50' }] }],
  });
  await give(shop, hq.sign({ payload: { book: { larder: 2 } } }));
  const validFrom = new Date(Date.now() + 86_400_000).toISOString();
  await give(shop, hq.sign({ payload: { book: sampleBook() }, validFrom }));
}
