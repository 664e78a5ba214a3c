// The chain's board in a real Chromium against a real head office, with real boxes and their bridges.
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing, launchChromium } from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { startTcpCut } from '../support/tcp-cut.ts';
import { type ChainRig, openBoard, startChain } from './chain-rig.ts';

let browser: Browser;
let rig: ChainRig;
const blind = chromiumMissing();

beforeAll(async () => {
  if (blind) return;
  browser = await launchChromium();
  rig = await startChain();
});
afterEach(async () => {
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
});
afterAll(async () => {
  await browser?.close();
  await rig?.stop();
});

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).first();
const count = async (page: Page, at: string) =>
  Number(await page.locator(at).first().textContent());

describe.skipIf(blind)('the stores', () => {
  it('show a sale, and lead to its entry', async () => {
    const { page, complaints } = await openBoard(browser, rig.hq, '/stores');
    const sales = '[data-store="xuhui"] [data-value="sales"]';
    await page.locator(sales).waitFor();
    await soon(() => page.locator('[data-link="live"]').count()).toBe(1);
    const before = await count(page, sales);
    for (let n = 1; n <= 20; n++) await rig.sell();
    await soon(() => count(page, sales)).toBe(before + 20);

    await page.locator(sales).click();
    await soon(() => page.locator('[data-entry][data-kind="sale"]').count()).toBeGreaterThan(19);
    expect(page.url()).toContain('store=xuhui');
    expect(page.url()).toContain('kind=sale');
    await page.locator('[data-entry] summary').first().click();
    expect(await page.locator('[data-entry] details[open]').textContent()).toContain('Pork belly');
    expect(complaints).toEqual([]);
  });

  it('say in words what each box of a store was, and the address keeps the filter', async () => {
    const { page } = await openBoard(browser, rig.hq, '/stores');
    await page.locator('[data-store="xuhui"] a').first().click();
    await soon(() => page.locator('[data-life="1"]').textContent()).toContain('The first box');
    await soon(() => page.locator('[data-differences]').getAttribute('data-differences')).toBe('0');
    await page.goto(`${rig.hq.url}/#/stores?q=central&view=table`);
    await page.locator('tr[data-store="kitchen-1"]').waitFor();
    expect(await page.locator('tr[data-store]').count()).toBe(1);
    await page.reload();
    await page.locator('tr[data-store="kitchen-1"]').waitFor();
    expect(await page.locator('input[type="search"]').inputValue()).toBe('central');
  });
});

describe.skipIf(blind)('a wall', () => {
  it('is made on the page, shows without any control, and may change nothing', async () => {
    const { page } = await openBoard(browser, rig.hq, '/access');
    await action(page, 'new-wall').click();
    await page.locator('[data-field="name"]').fill('Meeting room');
    await action(page, 'make').click();
    const link = await page.locator('[data-secret="wall"]').inputValue();
    expect(await page.locator('[data-qr]').getAttribute('data-qr')).toBe(link);
    await action(page, 'done').click();
    await page.locator('tr[data-scope="wall"]').waitFor();
    expect(await page.content()).not.toContain(link);

    const address = link.slice(link.indexOf('#') + 1);
    const wall = await openBoard(browser, rig.hq, address, { token: '' });
    await wall.page.locator('article[data-store="xuhui"]').waitFor();
    expect(await wall.page.locator('button, a, input, select').count()).toBe(0);
    const sold = '[data-store="xuhui"] [data-value="sales"]';
    const before = await count(wall.page, sold);
    await rig.sell();
    await soon(() => count(wall.page, sold)).toBe(before + 1);
    // After a power cut the same link opens the same wall.
    await wall.page.reload();
    await wall.page.locator('article[data-store="xuhui"]').waitFor();
    expect(await wall.page.evaluate(() => localStorage.getItem('larder.token'))).toBe(null);
    expect(wall.complaints).toEqual([]);

    const token = new URLSearchParams(address).get('wall') ?? '';
    for (const [method, path] of [
      ['POST', '/catalog'],
      ['POST', '/tokens'],
      ['POST', '/stores'],
      ['POST', '/orders/xuhui/PO-1/approve'],
      ['POST', '/stores/xuhui/lives/x/main'],
      ['GET', '/tokens'],
      ['GET', '/entries'],
      ['GET', '/export/entries.csv'],
    ] as const) {
      const answer = await rig.hq.api(method, path, method === 'POST' ? {} : undefined, token);
      expect([path, answer.status]).toEqual([path, 403]);
    }
  });

  it('says how old its numbers are while head office is away, and comes back by itself', async () => {
    const { body } = await rig.hq.api('POST', '/tokens', { name: 'w', scope: 'wall' });
    const line = await startTcpCut(rig.hq.url);
    const through = { ...rig.hq, url: line.url };
    const { page } = await openBoard(browser, through, `wall=${body['token']}`, { token: '' });
    const link = page.locator('[data-link]');
    await soon(() => link.getAttribute('data-link')).toBe('live');
    const sold = '[data-store="xuhui"] [data-value="sales"]';
    const before = await count(page, sold);
    line.cut();
    await soon(() => link.getAttribute('data-link')).toBe('lost');
    expect(await page.locator('[role="status"]').textContent()).toMatch(/as of \d\d:\d\d/);
    await rig.sell();
    expect(await count(page, sold)).toBe(before);
    line.mend();
    await soon(() => link.getAttribute('data-link')).toBe('live');
    await soon(() => count(page, sold)).toBe(before + 1);
    await page.context().close();
    await line.stop();
  });
});

describe.skipIf(blind)('an order', () => {
  const order = { supplier: 'jinluo', lines: [{ item: 'pork-belly', qty: '40000' }] };
  const stateOf = async (id: string) =>
    (await rig.shop.api<{ state: string }>('GET', `/orders/${id}`)).state;
  async function submitted(id: string): Promise<void> {
    await rig.shop.command('order.create', { order: id, ...order, again: true });
    expect((await rig.shop.command('order.submit', { order: id })).status).toBe('applied');
  }

  it('is approved on the board, carried out by the store, and gone from the list', async () => {
    await submitted('PO-A');
    const { page } = await openBoard(browser, rig.hq, '/orders');
    const card = page.locator('[data-order="PO-A"]');
    await card.waitFor();
    expect(await card.textContent()).toMatch(/CNY\s1,280\.00/);
    await card.locator('[data-action="approve"]').click();
    await soon(() => stateOf('PO-A')).toBe('approved');
    await soon(() => card.count()).toBe(0);
    await page.locator('[data-option="all"]').click();
    await soon(() => card.getAttribute('data-state')).toBe('approved');
  });

  it('is rejected with a reason that the store reads', async () => {
    await submitted('PO-B');
    const { page } = await openBoard(browser, rig.hq, '/orders');
    const card = page.locator('[data-order="PO-B"]');
    await card.locator('[data-action="reject"]').click();
    expect(await action(page, 'reject-send').isDisabled()).toBe(true);
    await page.locator('[data-field="reason"]').fill('twice too much');
    await action(page, 'reject-send').click();
    await soon(() => stateOf('PO-B')).toBe('rejected');
    const seen = await rig.shop.api<object>('GET', '/orders/PO-B');
    expect(JSON.stringify(seen)).toContain('twice too much');
  });

  it('says that it is on its way while the store is away', async () => {
    await submitted('PO-C');
    const { page } = await openBoard(browser, rig.hq, '/orders');
    const card = page.locator('[data-order="PO-C"]');
    await card.waitFor();
    await rig.bridges.get('xuhui')?.stop();
    await card.locator('[data-action="approve"]').click();
    await card.locator('[data-flight="approve"]').waitFor();
    expect(await card.locator('[data-action="approve"]').count()).toBe(0);
    expect(await stateOf('PO-C')).toBe('submitted');
    rig.reconnect('xuhui');
    await soon(() => stateOf('PO-C')).toBe('approved');
  });
});

describe.skipIf(blind)('a book', () => {
  const small = (name: string) =>
    JSON.stringify({
      larder: 1,
      name,
      currency: 'CNY',
      items: [{ id: 'test-tofu', name: { zh: '豆腐', en: 'Tofu' }, unit: 'g' }],
      recipes: [{ id: 'test-dish', sku: ['T-1'], lines: [{ item: 'test-tofu', qty: '100 g' }] }],
    });

  it('with mistakes is not published; each is shown with its place and its remedy', async () => {
    const { page } = await openBoard(browser, rig.hq, '/books/publish');
    await page.locator('[data-field="book"]').fill(
      JSON.stringify({
        larder: 1,
        items: [{ id: 'a', unit: 'g' }],
        recipes: [{ id: 'r', sku: ['X'], lines: [{ item: 'nothing', qty: '1 spoon' }] }],
      }),
    );
    await action(page, 'check').click();
    await page.locator('[data-problems]').waitFor();
    const row = page.locator('tr[data-problem]').first();
    expect(await row.textContent()).toContain('recipes[0].lines[0]');
    expect(await page.locator('[data-action="publish"]').count()).toBe(0);
    const { body } = await rig.hq.api<{ versions: { kind: string }[] }>('GET', '/catalog');
    expect(body.versions.filter(({ kind }) => kind === 'book')).toEqual([]);
  });

  it('is checked, published once, taken by its store, and published again later', async () => {
    const { page } = await openBoard(browser, rig.hq, '/books/publish');
    const publish = async (name: string) => {
      await page.goto(`${rig.hq.url}/#/books/publish`);
      await page.locator('[data-field="book"]').fill(small(name));
      await page.locator('[data-choice="stores"] [data-option="some"]').click();
      await page.locator('input[data-store="kitchen-1"]').check();
      await action(page, 'check').click();
      await page.locator('[data-changes="recipes"]').waitFor();
      await action(page, 'publish').dblclick();
      await page.locator('[data-published]').waitFor();
      return Number(await page.locator('[data-published]').getAttribute('data-published'));
    };
    const first = await publish(`one ${randomUUID()}`);
    await action(page, 'see-version').click();
    await page
      .locator('tr[data-store="kitchen-1"][data-state="taken"]')
      .waitFor({ timeout: 30_000 });
    expect(await page.locator('tr[data-store="xuhui"]').count()).toBe(0);
    const second = await publish(`two ${randomUUID()}`);
    expect(second).toBe(first + 1);

    await page.goto(`${rig.hq.url}/#/books/${first}`);
    await action(page, 'rollback').click();
    await page.locator('dialog [data-changes="items"]').waitFor();
    await page.locator('dialog [data-action="publish"]').click();
    await soon(() => page.url()).toContain(`/books/${second + 1}`);
    await page
      .locator('tr[data-store="kitchen-1"][data-state="taken"]')
      .waitFor({ timeout: 30_000 });
    await page.goto(`${rig.hq.url}/#/books`);
    await soon(() => page.locator(`[data-version="${second + 1}"]`).textContent()).toContain(
      `the book of version ${first}`,
    );
  });
});

describe.skipIf(blind)('files and numbers', () => {
  it('are the same: what the report shows is saved as CSV, and each number leads to entries', async () => {
    const command = { item: 'rice', qty: '300 g', reason: 'expired' };
    await rig.shop.command('waste.log', command);
    const { page } = await openBoard(browser, rig.hq, '/reports?store=xuhui');
    const row = page.locator('tr[data-item="rice"]').first();
    await soon(async () => {
      await page.reload();
      await row.waitFor({ timeout: 2_000 }).catch(() => {});
      return row.count();
    }).toBe(1);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('[data-export="csv"]').click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    const line = Buffer.concat(chunks)
      .toString()
      .split('\n')
      .find((one) => one.includes(',rice,'));
    expect(line).toContain(',expired,');
    expect(line).toContain(',300,');
    await row.locator('[data-figure="cost"] a').click();
    await page.locator('[data-entry][data-kind="waste"]').waitFor();
    expect(await page.locator('[data-entry]').count()).toBe(1);
    expect(await page.locator('[data-entry]').textContent()).toContain('300');
  });
});
