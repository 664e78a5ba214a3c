import mqtt, { type MqttClient } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumMissing, launchChromium } from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

let browser: Browser;
let box: TestBox;
let pos: MqttClient;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  if (!chromiumMissing()) browser = await launchChromium();
});
afterAll(async () => browser?.close());

beforeEach(async (context) => {
  if (chromiumMissing()) return context.skip();
  box = await startBox({ demoBook: true });
  const items = await box.stock();
  // Plenty of everything, so that what a sale takes is what falls.
  const lines = Object.keys(items).map((item) => ({ item, qty: '50000' }));
  expect((await box.command('delivery.receive', { lines })).status).toBe('applied');
  pos = await mqtt.connectAsync(`mqtt://127.0.0.1:${box.mqttPort}`, {
    username: box.mqttUser,
    password: box.mqttPassword,
    clientId: 'pos-T1',
  });
  page = await open('en-US');
});

afterEach(async () => {
  await page?.context().close();
  await pos?.endAsync(true);
  await box?.stop();
});

async function open(locale: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale });
  const opened = await context.newPage();
  complaints = [];
  opened.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  opened.on('pageerror', (error) => complaints.push(error.message));
  await opened.goto(`${box.url}/#token=${box.token}`);
  await opened.locator('[data-item]').first().waitFor();
  return opened;
}

const sell = (event: unknown) =>
  pos.publishAsync('larder/v1/demo/pos/T1/event', JSON.stringify(event), { qos: 1 });

const tile = (item: string) => page.locator(`[data-item="${item}"]`);
const onHand = async (item: string) => Number(await tile(item).getAttribute('data-on-hand'));
const sale = (id: string) => page.locator(`[data-sale="${id}"]`);

describe('the board', () => {
  it('shows a sale that came over MQTT: the tiles fall and the sale is listed', async () => {
    expect(await onHand('pork-belly')).toBe(50_000);
    await sell({ id: 'e2e-1', items: [{ sku: 'M-1001', qty: 2 }] });

    // 348 g net at a yield of 0.87 are 400 g, twice.
    await soon(() => onHand('pork-belly')).toBe(49_200);
    expect(await tile('pork-belly').textContent()).toContain('49.2');
    await sale('e2e-1').waitFor();
    expect(await sale('e2e-1').textContent()).toContain('Braised pork rice\u00a0×2');
    for (const [item, amount] of Object.entries(await box.stock())) {
      expect(await onHand(item), item).toBe(Number(amount));
    }
    await soon(() => page.locator('header').textContent()).toContain('POS online');
    expect(complaints).toEqual([]);
  });

  it('shows what a line took, and the moves of an item with the sale behind them', async () => {
    await sell({ id: 'e2e-2', items: [{ sku: 'M-1001', qty: 1 }] });
    await sale('e2e-2').click();
    const sheet = page.locator('dialog');
    await sheet.getByRole('button', { name: /Pork belly.*400.g/s }).click();
    await sheet.getByRole('heading', { name: 'Pork belly' }).waitFor();
    expect(await sheet.textContent()).toMatch(/Sale\s*−400.g/);
    await sheet.getByRole('button', { name: 'Open sale e2e-2' }).click();
    await sheet.getByRole('heading', { name: 'Sale e2e-2' }).waitFor();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect(await sale('e2e-2').evaluate((node) => node === document.activeElement)).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('strikes a voided sale through', async () => {
    await sell({ id: 'e2e-3', items: [{ sku: 'M-1001', qty: 1 }] });
    await sale('e2e-3').waitFor();
    const type = 'larder.pos.void.v1';
    const source = '/stores/demo/pos/T1';
    const time = new Date().toISOString();
    const data = { saleId: 'e2e-3', disposition: 'not_made' };
    await sell({ specversion: '1.0', id: 'e2e-3-void', source, type, time, data });
    await soon(() => sale('e2e-3').textContent()).toContain('Voided');
    const line = sale('e2e-3').getByText('Braised pork rice');
    const struck = await line.evaluate((node) => getComputedStyle(node).textDecorationLine);
    expect(struck).toBe('line-through');
    await soon(() => onHand('pork-belly')).toBe(50_000);
  });

  it('maps an unknown dish with one button, and then its stock falls', async () => {
    const items = [{ sku: 'NEW-1', name: 'Braised pork rice', qty: 3 }];
    await sell({ id: 'e2e-4', items });
    const entry = page.getByRole('article').filter({ hasText: 'NEW-1' });
    await entry.waitFor();
    expect(await onHand('pork-belly')).toBe(50_000);
    await entry.getByRole('button', { name: 'Yes, Braised pork rice' }).click();
    await soon(() => onHand('pork-belly')).toBe(48_800);
    await entry.waitFor({ state: 'detached' });
    await page.getByText('Mapped; the waiting sales now leave stock').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('finds a recipe for a dish that looks like none', async () => {
    await sell({ id: 'e2e-5', items: [{ sku: 'ZZZ-9', qty: 1 }] });
    const entry = page.getByRole('article').filter({ hasText: 'ZZZ-9' });
    await entry.getByRole('button', { name: /^Choose/ }).click();
    await entry.getByRole('searchbox').fill('红烧肉盖饭');
    await entry
      .getByRole('button', { name: /Braised pork rice/ })
      .first()
      .click();
    await soon(() => onHand('pork-belly')).toBe(49_600);
  });

  it('shows a message that nobody understood, and lets it be dismissed', async () => {
    await pos.publishAsync('larder/v1/demo/pos/T1/event', '{"id":"e2e-6", "items', { qos: 1 });
    const entry = page.getByRole('article').filter({ hasText: 'not understood' });
    await entry.getByRole('button', { name: 'Show the message' }).click();
    await entry.getByText('{"id":"e2e-6", "items').waitFor();
    await entry.getByRole('button', { name: 'Dismiss' }).click();
    await entry.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });
});

describe('the frame', () => {
  it('speaks the language of the browser first, and remembers the one chosen', async () => {
    const heading = (name: string) => page.getByRole('heading', { level: 2, name }).first();
    await heading('Stock 库存').waitFor();
    await page.getByRole('button', { name: '中文' }).click();
    await heading('库存 Stock').waitFor();
    expect(await tile('pork-belly').innerText()).toMatch(/^五花肉\s+Pork belly/);
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    await page.reload();
    await heading('库存 Stock').waitFor();
  });

  it('takes the token out of the address and keeps it for the next visit', async () => {
    expect(page.url()).not.toContain(box.token);
    await page.goto(box.url);
    await tile('pork-belly').waitFor();
  });

  it('asks for a token when there is none, and says so when it is wrong', async () => {
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    const field = page.getByLabel('Token', { exact: true });
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Open the board' }).click();
    await page.getByText('does not accept this token').waitFor();
    await field.fill(box.token);
    await page.getByRole('button', { name: 'Open the board' }).click();
    await tile('pork-belly').waitFor();
  });

  it('filters by category and finds by either name', async () => {
    const search = page.getByRole('searchbox', { name: /^Search: / });
    await search.fill('小排');
    await soon(() => page.locator('[data-item]').count()).toBe(1);
    await search.fill('PORK SPARE');
    await soon(() => page.locator('[data-item]').count()).toBe(1);
    await search.fill('');
    await page.getByRole('button', { name: 'Meat', exact: true }).click();
    await soon(() => page.locator('[data-item]').count()).toBe(16);
  });

  it('says that the numbers are old while the box is away, and catches up afterwards', async () => {
    await page.getByText('Live', { exact: true }).waitFor();
    await page.context().setOffline(true);
    await page.getByText(/Lost the box, reconnecting. Numbers as of \d\d:\d\d/).waitFor();
    await page.getByText('Reconnecting', { exact: true }).waitFor();
    await box.send({ id: 'e2e-7', items: [{ sku: 'M-1001', qty: 1 }] });
    expect(await onHand('pork-belly')).toBe(50_000);
    await page.context().setOffline(false);
    await page.getByText('Live', { exact: true }).waitFor();
    await soon(() => onHand('pork-belly')).toBe(49_600);
    await sale('e2e-7').waitFor();
  });

  it.each([
    { width: 1280, height: 800 },
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
  ])('never scrolls sideways at $width × $height, and no button is small', async (size) => {
    for (const lang of ['中文', 'EN']) {
      await page.setViewportSize(size);
      await page.getByRole('button', { name: lang, exact: true }).click();
      const found = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        small: [...document.querySelectorAll('button')]
          .filter((button) => button.offsetParent !== null)
          .filter((button) => button.offsetHeight < 44 || button.offsetWidth < 44)
          .map((button) => button.outerHTML),
      }));
      expect(found).toEqual({ wide: 0, small: [] });
    }
  });
});
