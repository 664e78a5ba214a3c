// What a store keeps different from head office's book, in a real Chromium against a real box: said with
// the pad, taken back with one tap; which version holds, which comes, what was refused, and the way back.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { give, headOffice } from '../edge/catalog/head-office.ts';
import { chromiumMissing, launchChromium, openPaired, openTablet } from '../support/browser.ts';
import { axeFindings, misfits } from '../support/looks.ts';
import { soon } from '../support/soon.ts';
import { sampleBook, startBox, type TestBox } from '../support/start-box.ts';

/** Pictures for the eye: LARDER_SHOTS=folder keeps them; they never go into git. */
const SHOTS = process.env['LARDER_SHOTS'];

type Item = { id: string; stock?: { par?: string }; station?: string };
type Book = {
  larder: number;
  items: Item[];
  recipes: { id: string; sku?: unknown; price?: string }[];
  suppliers: { id: string; cutOff?: string; minimumOrder?: string; deliveries?: string[] }[];
};

let browser: Browser;
let box: TestBox;
let hq: ReturnType<typeof headOffice>;

beforeAll(async () => {
  if (!chromiumMissing()) browser = await launchChromium();
});
afterAll(async () => browser?.close());
beforeEach(async (context) => {
  if (chromiumMissing()) return context.skip();
  box = await startBox({ demoBook: true });
  await box.command('user.add', { user: 'li', name: '李店长', role: 'manager', pin: '4711' });
  await box.send([{ id: 'sold', items: [{ sku: 'M-1001', qty: 2 }] }]);
  hq = headOffice();
  await give(box, hq.sign({ payload: { book: sampleBook() } }));
});
afterEach(async () => {
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
  await box?.stop();
});

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).first();
const line = (page: Page, about: string) => page.locator(`[data-override="${about}"]`);
const inForce = async () => (await box.api<{ book: Book }>('GET', '/book')).book;
const parOf = async (id: string) =>
  (await inForce()).items.find((one) => one.id === id)?.stock?.par;
const dearer = () => {
  const book = sampleBook() as Book;
  const recipes = book.recipes.map((one) =>
    one.id === 'braised-pork-rice' ? { ...one, price: '39.00' } : one,
  );
  return { ...book, recipes };
};

async function type(page: Page, digits: string) {
  for (const digit of digits) {
    await page.locator(`[data-action="amount-pad"] [data-key="${digit}"]`).click();
    await page.waitForTimeout(90);
  }
}

describe('what this store keeps different', () => {
  it('is said with the pad and a PIN, stands beside what head office says, and is taken back', async () => {
    const { page, complaints } = await openPaired(browser, box, 'book', { lang: 'en' });
    await page.locator('[data-empty]').waitFor();
    await action(page, 'add-change').click();
    await page.locator('[data-thing="pork-belly"]').click();
    const par = line(page, 'item pork-belly par');
    await soon(() => par.locator('[data-theirs]').textContent()).toBe('70\u00a0kg');
    await par.locator('[data-action="change"]').click();
    await type(page, '90');
    await action(page, 'save-amount').click();
    await page.locator('[data-action="pin-pad"]').waitFor();
    await page.keyboard.type('4711', { delay: 60 });
    await page.keyboard.press('Enter');
    await soon(() => parOf('pork-belly')).toBe('90 kg');
    await page.locator('[data-outcome="true"]').waitFor();
    await soon(() => par.locator('[data-ours]').textContent()).toBe('90\u00a0kg');
    expect(await par.locator('[data-theirs]').textContent()).toBe('70\u00a0kg');
    await give(box, hq.sign({ payload: { book: dearer() } }));
    await soon(() => page.locator('[data-in-force="2"]').count()).toBe(1);
    expect(await parOf('pork-belly')).toBe('90 kg');
    await par.locator('[data-action="take-back"]').click();
    await par.waitFor({ state: 'detached' });
    expect(await parOf('pork-belly')).toBe('70 kg');
    expect(complaints).toEqual([]);
  });

  it('may be a price, a dish that is not sold here, hours and days of a supplier', async () => {
    const { page, complaints } = await openTablet(browser, box, 'book', { lang: 'zh' });
    const open = async (what: string, id: string, about: string) => {
      await page.goto(`${box.url}/#/book/change`);
      await page.locator(`[data-choice="what"] [data-option="${what}"]`).click();
      await page.locator('[data-screen="book"] input[type="search"]').fill(id);
      await page.locator(`[data-thing="${id}"]`).click();
      await line(page, about).locator('[data-action="change"]').click();
    };
    const kept = async (about: string) => {
      await action(page, 'add-change').waitFor();
      await line(page, about).waitFor();
    };
    await open('recipe', 'braised-pork-rice', 'recipe braised-pork-rice price');
    await type(page, '35');
    await action(page, 'save-amount').click();
    await kept('recipe braised-pork-rice price');
    await open('recipe', 'braised-pork-rice', 'recipe braised-pork-rice off');
    await page.locator('[data-choice="off"] [data-option="off"]').click();
    await kept('recipe braised-pork-rice off');
    await open('supplier', 'jinluo', 'supplier jinluo cutOff');
    await page.locator('[data-field="cutOff"]').fill('21:00');
    await action(page, 'save-field').click();
    await kept('supplier jinluo cutOff');
    await open('supplier', 'jinluo', 'supplier jinluo deliveries');
    await page.locator('[data-day="sat"]').click();
    await action(page, 'save-field').click();
    await kept('supplier jinluo deliveries');
    const theirs = line(page, 'supplier jinluo deliveries').locator('[data-theirs]');
    expect(await theirs.textContent()).toBe('周一、周二、周三、周四、周五、周六');
    const book = await inForce();
    const dish = book.recipes.find(({ id }) => id === 'braised-pork-rice');
    expect([dish?.price, dish?.sku]).toEqual(['35', undefined]);
    expect(book.suppliers.find(({ id }) => id === 'jinluo')).toMatchObject({
      cutOff: '21:00',
      deliveries: ['mon', 'tue', 'wed', 'thu', 'fri'],
    });
    await line(page, 'recipe braised-pork-rice off').locator('[data-action="take-back"]').click();
    await line(page, 'recipe braised-pork-rice off').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('says why the box refuses it: a new version has dropped what it is about', async () => {
    const { page } = await openTablet(browser, box, 'book', { lang: 'en' });
    await page.goto(`${box.url}/#/book/change/supplier/jinluo`);
    await line(page, 'supplier jinluo cutOff').locator('[data-action="change"]').click();
    await page.locator('[data-field="cutOff"]').fill('21:00');
    const { suppliers, ...rest } = sampleBook() as Book;
    const others = suppliers.filter(({ id }) => id !== 'jinluo');
    await give(box, hq.sign({ payload: { book: { ...rest, suppliers: others } } }));
    await action(page, 'save-field').click();
    const said = page.locator('[data-outcome="false"]');
    await soon(() => said.textContent()).toMatch(/Not saved: .*has no "jinluo"/);
    expect(await box.api('GET', '/book/overrides')).toMatchObject({ overrides: [] });
  });
});

it('is reached from an item, and from what could not be taken', async () => {
  await box.stop();
  box = await startBox({ demoBook: true, config: { hqUrl: 'http://127.0.0.1:9' } });
  await give(box, hq.sign({ version: 1, payload: { book: sampleBook() } }));
  await give(box, hq.sign({ version: 2, payload: { book: { larder: 2 } } }));
  const { page, complaints } = await openTablet(browser, box, 'board', { lang: 'en' });
  await page.locator('[data-item="pork-belly"]').first().click();
  await action(page, 'item-book').click();
  await line(page, 'item pork-belly par').waitFor();
  expect(await page.locator('dialog').count()).toBe(0);
  await page.goto(`${box.url}/#/inbox`);
  await page.locator('[data-inbox="hq:version:2"] [data-action="open-book"]').click();
  await page.locator('[data-version="2"][data-standing="refused"]').waitFor();
  expect(complaints).toEqual([]);
});

describe('the versions', () => {
  it('say what holds, what comes, what was refused, what the week says, and lead back', async () => {
    const later = new Date(Date.now() + 3_600_000).toISOString();
    await give(box, hq.sign({ payload: { book: dearer() } }));
    await give(box, hq.sign({ payload: { book: { larder: 2 } } }));
    await give(box, hq.sign({ payload: { book: sampleBook() }, validFrom: later }));
    const { page, complaints } = await openPaired(browser, box, 'book', { lang: 'en' });
    await page.locator('[data-in-force="2"][data-next="4"]').waitFor();
    await page.locator('[data-tab="versions"]').click();
    const version = (n: number) => page.locator(`[data-version="${n}"]`);
    const standing = (n: number) => version(n).getAttribute('data-standing');
    expect(await Promise.all([1, 2, 3, 4].map(standing))).toEqual([
      'earlier',
      'inForce',
      'refused',
      'planned',
    ]);
    expect(await version(3).locator('[data-reason]').textContent()).toMatch(/Why: larder/);
    expect(await version(2).locator('[data-rehearsal="1"]').textContent()).toMatch(
      /over the last 7 days, sales: 1/,
    );
    await version(1).locator('[data-action="use-again"]').click();
    await page.locator('[data-action="pin-pad"]').waitFor();
    await page.keyboard.type('4711', { delay: 60 });
    await page.keyboard.press('Enter');
    await page.locator('[data-version="1"][data-standing="inForce"]').waitFor();
    expect(await standing(2)).toBe('earlier');
    expect(await standing(4)).toBe('planned');
    const dish = (await inForce()).recipes.find(({ id }) => id === 'braised-pork-rice');
    expect(dish?.price).not.toBe('39.00');
    expect(complaints).toEqual([]);
  });

  it('are not there in a store that keeps its own book', async () => {
    await box.stop();
    box = await startBox({ demoBook: true });
    const { page } = await openTablet(browser, box, 'book', { lang: 'en' });
    await page.locator('[data-own]').waitFor();
    await action(page, 'to-recipes').click();
    await page.locator('[data-screen="recipes"]').waitFor();
  });
});

describe.each(['zh', 'en'] as const)('the pages in %s', (lang) => {
  it.each([
    { width: 1280, height: 800 },
    { width: 360, height: 740 },
  ])('fit $width × $height, and axe finds nothing', { timeout: 120_000 }, async (size) => {
    const without = dearer().recipes.map((one) => {
      if (![one.sku].flat().includes('M-1001')) return one;
      const { sku: _, ...rest } = one;
      return rest;
    });
    await give(box, hq.sign({ payload: { book: { ...dearer(), recipes: without } } }));
    await give(box, hq.sign({ payload: { book: { larder: 2 } } }));
    await box.command('book.override', { recipes: [{ id: 'braised-pork-rice', off: true }] });
    const { page, complaints } = await openTablet(browser, box, 'book', { lang, ...size });
    for (const part of ['', 'versions', 'change', 'change/item/pork-belly']) {
      await page.goto(`${box.url}/#/book/${part}`);
      await looked(page, `${part}-${lang}-${size.width}`);
    }
    await line(page, 'item pork-belly par').locator('[data-action="change"]').click();
    await looked(page, `pad-${lang}-${size.width}`);
    expect(complaints).toEqual([]);
  });
});

/** Nothing beyond the edge, nothing too small to hit, nothing that axe finds. */
async function looked(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500);
  const { wide, cut, small } = await misfits(page, false);
  expect([name, { wide, cut, small }]).toEqual([name, { wide: 0, cut: [], small: [] }]);
  expect([name, await axeFindings(page)]).toEqual([name, []]);
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name.replaceAll('/', '-')}.png`) });
}
