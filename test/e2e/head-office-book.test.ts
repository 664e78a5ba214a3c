// Whose the book is, on the tablet: head office's version and the one that comes next, what could not
// be taken, and what it does not know of what is sold.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { give, headOffice } from '../edge/catalog/head-office.ts';
import { chromiumMissing, launchChromium, openTablet } from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { sampleBook, startBox, type TestBox } from '../support/start-box.ts';

let browser: Browser;
let box: TestBox;

beforeAll(async () => {
  if (!chromiumMissing()) browser = await launchChromium();
});
afterAll(async () => browser?.close());
afterEach(async () => {
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
  await box?.stop();
});

describe.skipIf(chromiumMissing())('a book of head office', () => {
  it('says its version and the next one, in both languages, and changes at its minute', async () => {
    box = await startBox({ demoBook: true });
    const { page, complaints } = await openTablet(browser, box, 'recipes');
    await page.locator('[data-coverage]').waitFor();
    expect(await page.locator('[data-book]').count()).toBe(0);
    const hq = headOffice();
    await give(box, hq.sign({ payload: { book: sampleBook() } }));
    const line = page.locator('[data-book]');
    await soon(() => line.textContent()).toMatch(/Head office's book 1, since/);
    const soonAt = new Date(Date.now() + 12_000).toISOString();
    await give(box, hq.sign({ payload: { book: sampleBook() }, validFrom: soonAt }));
    await soon(() => line.textContent()).toMatch(/Head office's book 2 from/);
    await soon(() => line.getAttribute('data-hq')).toBe('2');
    expect(await page.locator('[data-next]').count()).toBe(0);
    const { page: chinese } = await openTablet(browser, box, 'recipes', { lang: 'zh' });
    await soon(() => chinese.locator('[data-book]').textContent()).toMatch(/总部配方册第 2 版/);
    expect(complaints).toEqual([]);
  });

  it('that is refused, or drops what is sold, is in the inbox with its reason', async () => {
    box = await startBox({ demoBook: true });
    const hq = headOffice();
    const book = sampleBook() as { recipes: { id: string; sku?: unknown }[]; modifiers: object[] };
    await give(box, hq.sign({ payload: { book } }));
    await box.send([{ id: 'one', items: [{ sku: 'M-1001', qty: 2 }] }]);
    const without = book.recipes.map((recipe) => {
      if (![recipe.sku].flat().includes('M-1001')) return recipe;
      const { sku: _, ...rest } = recipe;
      return rest;
    });
    await give(box, hq.sign({ payload: { book: { ...book, recipes: without } } }));
    await give(box, hq.sign({ payload: { book: { larder: 2 } } }));
    const { page, complaints } = await openTablet(browser, box, 'inbox');
    await soon(() => page.locator('[data-inbox="book:drops:2"]').textContent()).toContain('M-1001');
    await soon(() => page.locator('[data-inbox="hq:version:3"]').textContent()).toMatch(
      /Version 3 of head office was not taken/,
    );
    expect(complaints).toEqual([]);
  });
});
