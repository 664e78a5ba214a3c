import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumMissing, launchChromium, openTablet, type Tablet } from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

let browser: Browser;
let box: TestBox;
let tablet: Tablet;
let page: Page;

beforeAll(async () => {
  if (!chromiumMissing()) browser = await launchChromium();
});
afterAll(async () => browser?.close());

beforeEach(async (context) => {
  if (chromiumMissing()) return context.skip();
  box = await startBox({ demoBook: true });
  const lines = Object.keys(await box.stock()).map((item) => ({
    item,
    qty: '50000',
    price: '0.03',
  }));
  expect((await box.command('delivery.receive', { lines })).status).toBe('applied');
  tablet = await openTablet(browser, box, 'waste');
  page = tablet.page;
  await page.getByText('Live', { exact: true }).waitFor();
});

afterEach(async () => {
  await tablet?.context.close();
  await box?.stop();
});

const onHand = async (item = 'pork-belly') => Number((await box.stock())[item]);
const item = (id = 'pork-belly') => page.locator(`main [data-item="${id}"]`).first();
const reason = (name: string) => page.locator(`[data-reason="${name}"]`);
const action = (name: string) => page.locator(`[data-action="${name}"]`);
const keys = async (text: string) => {
  for (const key of text) {
    await page.locator(`[data-key="${key}"]`).click();
    // Faster than any finger would be a drip.
    await page.waitForTimeout(90);
  }
};
const weigh = (grams: string, stable = true) =>
  box.api('POST', '/scale', { scale: '1', grams, stable });
/** The last entry of the ledger, as its command was sent. */
async function lastHow() {
  const entries = await page.evaluate(
    () =>
      new Promise<{ data: { how?: { path: string; taps: number } } }[]>((resolve) => {
        const open = indexedDB.open('larder');
        open.onsuccess = () => {
          const all = open.result.transaction('outbox').objectStore('outbox').getAll();
          all.onsuccess = () => {
            open.result.close();
            resolve(all.result);
          };
        };
      }),
  );
  return entries.at(-1)?.data.how;
}

/** Runs in the page: keys as fast as a scanner sends them, however busy the machine of the test is. */
function scan(text: string): void {
  for (const key of [...text, 'Enter']) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }
}

describe('logging waste', () => {
  it('A: takes two taps with a scale, and money is on the undo bar', async () => {
    await weigh('620');
    await page.getByText('stable').waitFor();
    await item().click();
    await reason('overproduced').click();
    await soon(() => onHand()).toBe(49_380);
    await page.locator('[data-cost]').waitFor();
    expect(await action('undo-bar').textContent()).toMatch(
      /Waste Pork belly 620.g Overproduced.*CNY.18\.60/,
    );
    expect(await lastHow()).toMatchObject({ path: 'A', taps: 2 });
    expect(tablet.complaints).toEqual([]);
  });

  it('takes the reason first, too', async () => {
    await weigh('300');
    await page.getByText('stable').waitFor();
    await reason('dropped').click();
    await item().click();
    await soon(() => onHand()).toBe(49_700);
  });

  it('waits for the scale to come to rest', async () => {
    await weigh('500', false);
    await page.getByText('moving').waitFor();
    await item().click();
    await page.getByText('Waiting for the scale').waitFor();
    await weigh('512');
    await reason('spoiled').click();
    await soon(() => onHand()).toBe(49_488);
  });

  it('B: takes one tap after a scan of our label, and all that is left of the lot', async () => {
    const { lots } = await box.api<{ lots: { lot: string; onHand: string }[] }>(
      'GET',
      '/stock/pork-belly',
    );
    const lot = lots[0]?.lot ?? '';
    await page.evaluate(scan, `LR1|pork-belly|${lot}`);
    await page.getByText(`whole lot ${lot}`).waitFor();
    await reason('expired').click();
    await soon(() => onHand()).toBe(0);
    expect(await lastHow()).toMatchObject({ path: 'B', taps: 1 });
  });

  it('C: takes three taps without a scale', async () => {
    await item().click();
    await page.locator('[data-chip="500 g"]').click();
    await reason('spoiled').click();
    await soon(() => onHand()).toBe(49_500);
    expect(await lastHow()).toMatchObject({ path: 'C', taps: 3 });
  });

  it('D: takes digits, in jin if one likes, and warns without stopping', async () => {
    await item().click();
    await action('edit').click();
    await page.locator('[data-unit-choice="斤"]').click();
    await keys('120');
    await page.getByText('More than the 50').waitFor();
    await page.keyboard.press('Backspace');
    await reason('remake').click();
    await soon(() => onHand()).toBe(44_000);
    expect((await lastHow())?.path).toBe('D');
  });

  it('E: takes a cooked dish apart', async () => {
    await action('dishes').click();
    await page.locator('[data-dish="M-1001"]').click();
    await reason('dropped').click();
    await soon(() => onHand()).toBeLessThan(50_000);
    expect(await lastHow()).toMatchObject({ path: 'E', taps: 3 });
  });

  it('finds by initials', async () => {
    await action('all').click();
    await page.getByRole('searchbox').fill('pork bel');
    await item().click();
    await page.locator('[data-chip="200 g"]').click();
    await reason('spoiled').click();
    await soon(() => onHand()).toBe(49_800);
  });
});

describe('taking it back', () => {
  it('undoes and restores with one tap each, and repeats with one', async () => {
    await item().click();
    await page.locator('[data-chip="500 g"]').click();
    await reason('spoiled').click();
    await soon(() => onHand()).toBe(49_500);
    await action('undo').click();
    await soon(() => onHand()).toBe(50_000);
    await action('restore').click();
    await soon(() => onHand()).toBe(49_500);
    await action('again').click();
    await soon(() => onHand()).toBe(49_000);
  });

  it('ignores a second tap within a quarter of a second', async () => {
    await item().click();
    await page.locator('[data-chip="500 g"]').click();
    await reason('spoiled').dblclick();
    await soon(() => onHand()).toBe(49_500);
    await page.waitForTimeout(300);
    expect(await reason('spoiled').getAttribute('aria-pressed')).toBe('false');
  });
});

describe('without the box', () => {
  it('keeps entries through a reload, cancels what was undone, and sends the rest once', async () => {
    await page.waitForTimeout(2_500);
    await page.route(/\/(api|healthz)/, (route) => route.abort());
    await item().click();
    await page.locator('[data-chip="500 g"]').click();
    await reason('spoiled').click();
    await page.locator('[data-waiting="1"]').waitFor();
    await item().click();
    await page.locator('[data-chip="200 g"]').click();
    await reason('dropped').click();
    await page.locator('[data-waiting="2"]').waitFor();
    await page.locator('[data-reached="here"]').waitFor();
    await action('undo').click();
    await page.locator('[data-waiting="1"]').waitFor();

    await page.reload();
    await item().waitFor();
    await page.locator('[data-waiting="1"]').waitFor();
    expect(await onHand()).toBe(50_000);
    await page.unroute(/\/(api|healthz)/);
    await soon(() => onHand()).toBe(49_500);
    await page.locator('[data-waiting="0"]').waitFor();
  });

  it('opens again from the tablet itself where the browser allows it', async () => {
    await page.goto(`${box.url}/#/more`);
    await page.getByText('Works offline').waitFor();
    await tablet.context.setOffline(true);
    await page.goto(`${box.url}/#/waste`);
    await page.reload();
    await item().click();
    await page.locator('[data-chip="500 g"]').click();
    await reason('spoiled').click();
    await page.locator('[data-waiting="1"]').waitFor();
    await page.getByText(/Offline · 1 saved on this tablet/).waitFor();
    await tablet.context.setOffline(false);
    await soon(() => onHand()).toBe(49_500);
  });

  it('asks to fix what the box refuses, and sends the rest', async () => {
    await page.route(/\/(api|healthz)/, (route) => route.abort());
    await item().click();
    await page.locator('[data-chip="500 g"]').click();
    await reason('spoiled').click();
    await page.locator('[data-waiting="1"]').waitFor();
    // The entry of an older page, or one that a disk has garbled.
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const open = indexedDB.open('larder');
          open.onsuccess = () => {
            const store = open.result.transaction('outbox', 'readwrite').objectStore('outbox');
            const all = store.getAll();
            all.onsuccess = () => {
              const [entry] = all.result;
              entry.data.item = 'pork-bellly';
              store.put(entry).onsuccess = () => resolve();
            };
          };
        }),
    );
    await item('pork-loin').click();
    await page.locator('[data-chip="200 g"]').click();
    await reason('dropped').click();
    await page.locator('[data-waiting="2"]').waitFor();
    await page.unroute(/\/(api|healthz)/);
    await soon(() => onHand('pork-loin')).toBe(49_800);
    await action('fix').click();
    await page.locator('[data-fix]').waitFor();
    await page.locator('[data-fix] input').first().fill('pork-belly');
    await action('fix-retry').click();
    await soon(() => onHand()).toBe(49_500);
    await page.locator('[data-fix]').waitFor({ state: 'detached' });
  });
});
