import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, enterPin, launchChromium, openTablet } from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

let browser: Browser;
let box: TestBox;

beforeAll(async () => {
  if (chromiumMissing()) return;
  browser = await launchChromium();
  box = await startBox({ demoBook: true });
  const lines = Object.keys(await box.stock()).map((item) => ({ item, qty: '9000' }));
  await box.command('delivery.receive', { lines });
  await box.command('user.add', { user: 'li', name: '小李', role: 'cook' });
  await box.command('user.add', { user: 'wang', name: 'Wang', role: 'manager', pin: '4711' });
});
afterAll(async () => {
  await browser?.close();
  await box?.stop();
});

/** A new tablet that was paired by a QR code. */
async function pairedTablet(): Promise<Page> {
  const { code } = await box.api<{ code: string }>('POST', '/pairings', {
    name: 'Fridge',
    station: 'fridge-1',
  });
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${box.url}/#pair=${encodeURIComponent(code)}`);
  await page.locator('[data-screen="board"]').waitFor();
  return page;
}

describe.skipIf(chromiumMissing())('a paired tablet', () => {
  it('is paired by the link of the code, which does not stay in the address', async () => {
    const page = await pairedTablet();
    expect(page.url()).not.toContain('pair=');
    await page.goto(`${box.url}/#/more`);
    await page.getByText('This tablet: Fridge').waitFor();
    await page.context().close();
  });

  it('says so when the code is not good', async () => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(`${box.url}/#pair=000000`);
    await page.getByText('The pairing code is not good').waitFor();
    await context.close();
  });

  it('knows who logs after one tap on a name, and asks a manager only where it must', async () => {
    const page = await pairedTablet();
    await page.locator('[data-action="who"]').click();
    await page.locator('[data-user="li"]').click();
    await page.locator('[data-action="go-waste"]').click();
    await page.locator('main [data-item="pork-belly"]').click();
    await page.locator('[data-chip="200 g"]').click();
    await page.locator('[data-reason="spoiled"]').click();
    await soon(async () => (await box.stock())['pork-belly']).toBe('8800');

    // What another tablet did is a manager's to take back.
    const { seq } = await box.command('waste.log', {
      item: 'pork-loin',
      qty: '500',
      reason: 'other',
    });
    await page.evaluate(sayInOutbox, { entry: seq ?? 0 });
    await page.getByRole('heading', { name: 'A manager, please' }).waitFor();
    await enterPin(page, '1111');
    await page.getByText('That PIN is wrong').waitFor();
    expect((await box.stock())['pork-loin']).toBe('8500');
    await page.keyboard.type('4711', { delay: 60 });
    await page.keyboard.press('Enter');
    await soon(async () => (await box.stock())['pork-loin']).toBe('9000');
    expect((await box.stock())['pork-belly']).toBe('8800');
    await page.context().close();
  });

  it('takes no touch while the glass is wiped', async () => {
    const { page, context } = await openTablet(browser, box, 'waste');
    await page.locator('[data-action="who"]').click();
    await page.locator('[data-action="wipe"]').click();
    await page.getByText(/Wiping, back in \d+ s/).waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.click(300, 300);
    expect(await page.locator('[data-action="wiping"]').isVisible()).toBe(true);
    await page.locator('[data-action="wiping"]').waitFor({ state: 'detached' });
    await context.close();
  });
});

/** Runs in the page: a reversal as a list of other tablets' entries would put it into the outbox. */
function sayInOutbox(data: { entry: number }): Promise<void> {
  return new Promise((resolve) => {
    const open = indexedDB.open('larder');
    open.onsuccess = () => {
      const store = open.result.transaction('outbox', 'readwrite').objectStore('outbox');
      const text = { zh: '冲销', en: 'Reverse' };
      const entry = {
        id: `e2e-${data.entry}`,
        kind: 'entry.reverse',
        at: new Date().toISOString(),
      };
      store.add({ ...entry, data, text, progress: 'waiting', tried: false }).onsuccess = () => {
        open.result.close();
        dispatchEvent(new Event('focus'));
        resolve();
      };
    };
  });
}

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1180, height: 820 },
  { width: 1024, height: 768 },
  { width: 1024, height: 744 },
  { width: 360, height: 740 },
] as const;

/** Runs in the page: what is wider than the screen, and what a wet finger would miss. */
function measure() {
  const shown = [...document.querySelectorAll<HTMLElement>('button, a[href]')].filter(
    (one) => one.offsetParent !== null && one.closest('header') === null,
  );
  const main = document.querySelector('main');
  return {
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    scrolls: main === null ? 0 : main.scrollHeight - main.clientHeight,
    small: shown
      .filter((one) => one.offsetHeight < 72 || one.offsetWidth < 72)
      .map(
        (one) =>
          `${one.dataset['action'] ?? one.textContent} ${one.offsetWidth}x${one.offsetHeight}`,
      ),
  };
}

describe.skipIf(chromiumMissing())('the frame', () => {
  it.each(SIZES)('fits at $width × $height, with targets for wet fingers', async (size) => {
    const { page, context, complaints } = await openTablet(browser, box, 'waste', size);
    await page.locator('main [data-item]').first().click();
    for (const lang of ['中文', 'EN']) {
      await page.getByRole('button', { name: lang, exact: true }).click();
      const found = await page.evaluate(measure);
      expect(found.wide).toBe(0);
      if (size.width < 760) continue;
      expect(found.small.filter((one) => !one.startsWith('clear'))).toEqual([]);
      expect(found.scrolls).toBe(0);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it.each([
    ['zh', 'dark'],
    ['zh', 'light'],
    ['en', 'dark'],
    ['en', 'light'],
  ] as const)('has nothing that axe objects to (%s, %s)', async (lang, theme) => {
    const { page, context } = await openTablet(browser, box, 'waste', { lang, theme });
    await page.locator('main [data-item]').first().click();
    for (const step of ['', 'edit', 'who']) {
      if (step !== '') await page.locator(`[data-action="${step}"]`).click();
      // Colours in the middle of an animation are nobody's colours.
      await page.waitForTimeout(400);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([]);
    }
    await context.close();
  });

  it('shows the screen of the address, and the board for one that is not', async () => {
    const { page, context } = await openTablet(browser, box, 'count');
    await page.goto(`${box.url}/#/nowhere`);
    await page.locator('[data-screen="board"]').waitFor();
    await page.goBack();
    await page.locator('[data-screen="count"]').waitFor();
    await context.close();
  });
});
