/**
 * Every screen, in both languages and both lights: readable for everybody (axe), nothing beyond the edge
 * of the glass, targets that a wet finger hits, and reachable with the keyboard alone.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, launchChromium, openTablet } from '../support/browser.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

/** Screens that a cook uses with wet hands, and those for dry ones. */
const WET = ['waste', 'trim', 'prep', 'receive', 'count'];
const BOUGHT = ['order', 'orders', 'accuracy', 'printers'];
const SCREENS = ['board', ...WET, ...BOUGHT, 'inbox', 'more', 'recipes', 'settings', 'setup'];
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
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      const found = violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html).slice(0, 3)]);
      expect([theme, found]).toEqual([theme, []]);
      expect(complaints).toEqual([]);
      expect(await saidByColourAlone(page)).toEqual([]);
      await picture(page, `${screen}-${lang}-${theme}-1280`);
      await context.close();
    }
  });

  it.each(SCREENS)('%s fits every glass', async (screen) => {
    const { page, context } = await openTablet(browser, box, screen, { lang });
    for (const size of [...TABLETS, PHONE]) {
      await page.setViewportSize(size);
      await settled(page);
      const wet = WET.includes(screen) && size !== PHONE;
      const none = { wide: 0, cut: [], small: [], near: [] };
      expect([size, await misfits(page, wet)]).toEqual([size, none]);
      await picture(page, `${screen}-${lang}-${size.width}`);
    }
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

/**
 * What stands beyond the edge of the glass, is cut off, is too small to hit, or too near to another one.
 * Wet hands need 112 × 88 px for what is tapped all day, 72 px for the rest and 12 px between; dry ones 44 px.
 */
function misfits(page: Page, wet: boolean) {
  return page.evaluate((isWet) => {
    const main = document.querySelector('main') ?? document.body;
    const shown = [...main.querySelectorAll('button, a[href], select, input')].filter((node) => {
      const { width, height } = node.getBoundingClientRect();
      return width > 1 && height > 1 && getComputedStyle(node).visibility !== 'hidden';
    });
    const text = (node: Element) => node.outerHTML.slice(0, 160);
    const box = (node: Element) => (node.closest('label') ?? node).getBoundingClientRect();
    const small = shown.filter((node) => {
      const { width, height } = box(node);
      if (node.tagName === 'A' && getComputedStyle(node).display === 'inline') return false;
      if (!isWet) return height < 44 || width < 44;
      const primary = node.matches('[data-item], [data-reason], [data-key], [data-dest]');
      return primary ? height < 88 || width < 112 : height < 72 || width < 72;
    });
    const cut = shown.filter((node) => {
      const { left, right } = node.getBoundingClientRect();
      const scrolls = node.closest('[data-scrolls-x]') !== null;
      return !scrolls && (left < -1 || right > document.documentElement.clientWidth + 1);
    });
    const near = !isWet
      ? []
      : shown.flatMap((a, i) =>
          shown.slice(i + 1).flatMap((b) => {
            if (a.contains(b) || b.contains(a)) return [];
            const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
            const dx = Math.max(p.left - q.right, q.left - p.right);
            const dy = Math.max(p.top - q.bottom, q.top - p.bottom);
            return Math.max(dx, dy) < 11.5 ? [`${text(a)} | ${text(b)}`] : [];
          }),
        );
    return {
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      cut: cut.map(text),
      small: small.map(text),
      near,
    };
  }, wet);
}

/** Status marks that a greyscale print could not tell apart: each needs a shape and a word. */
function saidByColourAlone(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.mark')]
      .filter((mark) => {
        const shape = mark.querySelector('svg :is(circle, path, rect, polygon)');
        return shape === null || (mark.textContent ?? '').trim() === '';
      })
      .map((mark) => mark.outerHTML),
  );
}

/** Data are there and nothing moves any more. */
async function settled(page: Page): Promise<void> {
  // The stream never ends, so the network is never idle; the box having answered is what counts.
  await page
    .getByText(/^(Live|实时)$/)
    .first()
    .waitFor({ state: 'attached' });
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
}
