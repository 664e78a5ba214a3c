// What a manager does, in a real Chromium against a real box: an unknown dish, the first hour of a box,
// tablets and people, recipes, a book from a file.
import { fileURLToPath } from 'node:url';
import mqtt from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeLabelCode } from '#recipes/scan/label-code.ts';
import { csvText } from '../../edge/recipe-book/export-cells.ts';
import { chromiumMissing, enterPin, launchChromium, openTablet } from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

const SAMPLE = fileURLToPath(new URL('../../recipes/samples/red-braise.yaml', import.meta.url));

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

const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).first();

async function stockedBox(): Promise<TestBox> {
  const shop = await startBox({ demoBook: true });
  const lines = Object.keys(await shop.stock()).map((item) => ({ item, qty: '50000' }));
  expect((await shop.command('delivery.receive', { lines })).status).toBe('applied');
  return shop;
}

describe.skipIf(chromiumMissing())('the inbox', () => {
  it('says what mapping a dish will take before it is pressed, and then it takes just that', async () => {
    box = await stockedBox();
    await box.send([{ id: 'm-1', items: [{ sku: 'NEW-1', name: 'Braised pork rice', qty: 3 }] }]);
    const { page, complaints } = await openTablet(browser, box, 'inbox');
    const entry = page.locator('[data-inbox="sku:NEW-1"]');
    // 348 g net at a yield of 0.87 are 400 g, three times.
    await soon(() => entry.locator('[data-effect]').textContent()).toMatch(
      /the sold lines \(1\) take/,
    );
    await soon(() => entry.locator('[data-effect-item="pork-belly"]').textContent()).toContain(
      '−1.2\u00a0kg',
    );
    expect((await box.stock())['pork-belly']).toBe('50000');
    await entry.locator('[data-action="map"]').click();
    await entry.waitFor({ state: 'detached' });
    await soon(async () => (await box.stock())['pork-belly']).toBe('48800');
    expect(complaints).toEqual([]);
  });

  it('is all clear when nothing waits', async () => {
    // In the last hour before a supplier's cut-off an order would wait.
    box = await startBox({ demoBook: true, at: '2026-11-24T10:00:00+08:00' });
    const { page } = await openTablet(browser, box, 'inbox');
    await action(page, 'all-clear').waitFor();
  });

  it('wastes an expired lot with one tap, and takes it back with another', async () => {
    box = await stockedBox();
    const expiresAt = new Date(Date.now() - 3_600_000).toISOString();
    const lines = [{ item: 'tofu-dried', qty: '2000', lot: 'OLD-1', expiresAt }];
    await box.command('delivery.receive', { lines });
    const { page } = await openTablet(browser, box, 'board');
    const entry = page.locator('[data-kind="expiring"]').filter({ hasText: 'expired' });
    await soon(() => entry.locator('[data-effect]').textContent()).toContain('−2\u00a0kg');
    await entry.locator('[data-action="waste.log"]').click();
    await soon(async () => (await box.stock())['tofu-dried']).toBe('50000');
    await entry.waitFor({ state: 'detached' });
    await action(page, 'undo').click();
    await soon(async () => (await box.stock())['tofu-dried']).toBe('52000');
    await entry.waitFor();
  });

  it('shows both texts of a conflict side by side', async () => {
    box = await stockedBox();
    await box.send([{ id: 'c-1', items: [{ sku: 'M-1001', qty: 1 }] }]);
    await box.send([{ id: 'c-1', items: [{ sku: 'M-1001', qty: 7 }] }]);
    const { page } = await openTablet(browser, box, 'inbox');
    const entry = page.locator('[data-kind="conflict"]');
    await entry.locator('[data-action="open-raw"]').click();
    await soon(() => entry.locator('pre').count()).toBe(2);
    const [first, second] = await entry.locator('pre').allTextContents();
    expect(first).toMatch(/"qty": ?1\b/);
    expect(second).toMatch(/"qty": ?7\b/);
    await entry.locator('[data-action="quarantine.dismiss"]').click();
    await entry.waitFor({ state: 'detached' });
  });
});

/** On to the next step of the set-up. A second tap within 250 ms is taken for a drip. */
async function next(page: Page, step: string) {
  await page.waitForTimeout(300);
  await action(page, 'setup-next').click();
  await page.locator(`[data-setup="${step}"]`).waitFor();
}

describe.skipIf(chromiumMissing())('the first set-up', () => {
  it('leads from an empty box to the first sale that is seen and taken', async () => {
    box = await startBox();
    const { page, complaints } = await openTablet(browser, box, 'more');
    await page.goto(`${box.url}/#/board`);
    await page.locator('[data-setup="language"]').waitFor();
    await page.locator('[data-language="en"]').click();
    await next(page, 'start');
    await page.locator('[data-start="new"]').click();

    await page.locator('[data-pos-wait="false"]').waitFor();
    await action(page, 'show-password').click();
    const said = async (key: string) =>
      (await page.locator(`[data-pos="${key}"] dd`).textContent()) ?? '';
    const pos = await mqtt.connectAsync(await said('url'), {
      username: await said('username'),
      password: await said('password'),
    });
    const sale = { id: 'first', items: [{ sku: 'M-1001', name: 'Braised pork rice', qty: 2 }] };
    await pos.publishAsync(await said('topic'), JSON.stringify(sale), { qos: 1 });
    await page.locator('[data-pos-wait="true"]').waitFor({ timeout: 20_000 });
    expect(await page.locator('[data-pos-wait]').textContent()).toContain(
      '1 lines are not known yet',
    );
    await pos.endAsync();

    await next(page, 'menu');
    await page.locator('input[type="file"]').setInputFiles(SAMPLE);
    const recipes = page.locator('[data-part="recipes"] [data-count="added"]');
    await soon(async () => Number(await recipes.textContent())).toBeGreaterThan(40);
    expect(Object.keys(await box.stock())).toEqual([]);
    await action(page, 'apply').click();
    await page.locator('[data-import="done"]').waitFor();
    // The sale that waited has left stock by itself.
    await soon(async () => (await box.stock())['pork-belly']).toBe('-800');

    await next(page, 'printer');
    await next(page, 'people');
    await action(page, 'add-person').click();
    await page.locator('[data-field="name"]').fill('Wang');
    await page.locator('[data-option="manager"]').click();
    await page.locator('[data-field="pin"]').fill('4711');
    await action(page, 'save-person').click();
    await page.getByText('Manager · PIN set').waitFor();
    await next(page, 'done');
    await page.locator('[data-setup="done"]').getByText('T1 has sent messages').waitFor();
    await action(page, 'setup-finish').click();
    await page.locator('[data-screen="board"] [data-sale="first"]').waitFor();
    await page.reload();
    await page.locator('[data-screen="board"] [data-sale="first"]').waitFor();
    expect(complaints).toEqual([]);
  });

  it('loads the sample restaurant with one tap', async () => {
    box = await startBox();
    const { page } = await openTablet(browser, box, 'setup');
    await page.goto(`${box.url}/#/setup/start`);
    await page.locator('[data-start="demo"]').click();
    await page.locator('[data-book]').waitFor({ timeout: 20_000 });
    expect(Number((await box.stock())['pork-belly'])).toBeGreaterThan(0);
  });
});

describe.skipIf(chromiumMissing())('tablets and people', () => {
  it('pairs a tablet by the address of the QR, and locks it out again', async () => {
    box = await stockedBox();
    const { page, complaints } = await openTablet(browser, box, 'settings');
    await page.goto(`${box.url}/#/settings/devices`);
    await action(page, 'pair-tablet').click();
    await page.locator('[data-field="device-name"]').fill('Stove');
    await page.locator('[data-field="device-station"]').fill('wok');
    await action(page, 'make-code').click();
    const address = await page.locator('[data-qr]').getAttribute('data-qr');
    expect(address).toContain('#pair=');

    const other = await browser.newContext({ locale: 'en-US' });
    const tablet = await other.newPage();
    await tablet.goto(address ?? '');
    await tablet.locator('[data-screen="board"] [data-item]').first().waitFor();
    await page.locator('[data-pairing="paired"]').getByText('Stove is paired').waitFor();
    await action(page, 'pair-close').click();
    const row = page.locator('[data-device]').filter({ hasText: 'Stove' });
    expect(await row.textContent()).toContain('wok');
    await row.locator('[data-action="revoke"]').click();
    await row.getByText('Locked out').waitFor();
    await tablet.getByLabel('Token', { exact: true }).waitFor({ timeout: 30_000 });
    expect(complaints).toEqual([]);
  });

  it('asks a manager on a paired tablet before a setting changes', async () => {
    box = await stockedBox();
    await box.command('user.add', { user: 'wang', name: 'Wang', role: 'manager', pin: '4711' });
    const { code } = await box.api<{ code: string }>('POST', '/pairings', { name: 'Fridge' });
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(`${box.url}/#pair=${code}`);
    await page.locator('[data-screen="board"]').waitFor();
    await page.goto(`${box.url}/#/settings/store`);
    await page.locator('[data-choice="blindCounts"] [data-option="off"]').click();
    await enterPin(page, '4711');
    await page.locator('[data-outcome="true"]').waitFor();
    await page.locator('[data-choice="blindCounts"][data-value="off"]').waitFor();
    // Only the admin is told how a POS signs in.
    await page.goto(`${box.url}/#/settings/pos`);
    await page.getByText('Only the admin sees how to connect').waitFor();
  });

  it('shows a setting that the file decides as locked', async () => {
    const decided = { madeAfterS: 'larder.yaml voidRule.madeAfter' };
    box = await startBox({ demoBook: true, config: { madeAfterS: 240, decided } });
    const { page } = await openTablet(browser, box, 'settings');
    const locked = page.locator('[data-locked="larder.yaml voidRule.madeAfter"]');
    await soon(() => locked.textContent()).toContain('4 minutes');
    expect(await page.locator('[data-field="madeAfter"]').count()).toBe(0);
  });
});

describe.skipIf(chromiumMissing())('recipes', () => {
  it('simulates just what a sale then takes', async () => {
    box = await stockedBox();
    const { page } = await openTablet(browser, box, 'recipes');
    await page.locator('[data-recipe="braised-pork-rice"]').click();
    await page.locator('[data-recipe-open] details summary').click();
    await page.locator('[data-modifier="M7"]').click();
    await page.locator('[data-modifier="M9"]').click();
    await page.locator('[data-channel="takeaway"]').click();
    await page.getByRole('button', { name: 'One more' }).click();
    await action(page, 'simulate').click();
    const rows = page.locator('[data-simulation] [data-take]');
    await rows.first().waitFor();
    const said = await rows.evaluateAll((nodes) =>
      nodes.map(
        (node) => [node.getAttribute('data-take'), node.getAttribute('data-after')] as const,
      ),
    );
    expect(said.map(([item]) => item)).toContain('pork-belly');
    expect(said.map(([item]) => item)).not.toContain('scallion');
    expect((await box.stock())['pork-belly']).toBe('50000');

    const modifiers = [{ sku: 'M7', qty: 1 }, { sku: 'M9' }];
    await box.send([
      { id: 's-1', channel: 'takeaway', items: [{ sku: 'M-1001', qty: 2, modifiers }] },
    ]);
    const after = await box.stock();
    for (const [item, left] of said) expect(after[item ?? ''], item ?? '').toBe(left);
  });

  it('names every mistake of a table with row and column, then takes the corrected one', async () => {
    box = await stockedBox();
    const { page } = await openTablet(browser, box, 'recipes');
    await action(page, 'open-import').click();
    const file = (rows: string[][]) => ({
      name: 'items.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csvText(rows, true)),
    });
    const head = ['id', 'name_zh', 'unit', 'yield'];
    const input = page.locator('input[type="file"]');
    await input.setInputFiles(
      file([head, ['leek', '大葱', 'stone', '0.9'], ['kale', '羽衣甘蓝', 'g', '1.9']]),
    );
    await page.locator('[data-problems="2"]').waitFor();
    const rows = page.locator('[data-problem]');
    expect(await rows.nth(0).getAttribute('data-row')).toBe('2');
    expect(await rows.nth(1).getAttribute('data-column')).toBe('yield');
    await action(page, 'again').click();
    await input.setInputFiles(file([head, ['kale', '羽衣甘蓝', 'g', '0.9']]));
    await soon(() => page.locator('[data-part="items"] [data-count="added"]').textContent()).toBe(
      '1',
    );
    await action(page, 'apply').click();
    await page.locator('[data-import="done"]').waitFor();
    expect(Object.keys(await box.stock())).toContain('kale');
  });
});

/** Runs in the page: keys as fast as a scanner sends them, however busy the machine of the test is. */
function scan(text: string): void {
  for (const key of [...text, 'Enter']) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }
}

describe.skipIf(chromiumMissing())('the board', () => {
  it('names modifiers as the reader speaks, not as the till does', async () => {
    box = await stockedBox();
    const modifiers = [
      { sku: 'M7', name: '加蛋' },
      { sku: 'ODD', name: '少油' },
    ];
    await box.send([
      { id: 'b-1', items: [{ sku: 'M-1001', name: '红烧肉盖饭', qty: 1, modifiers }] },
    ]);
    const { page } = await openTablet(browser, box, 'board');
    await soon(() => page.locator('[data-sale="b-1"]').textContent()).toContain(
      'Braised pork rice (Add marinated egg, 少油)',
    );
    await soon(() => page.locator('[data-today="sales"]').textContent()).toMatch(/Sales\s*1/);
  });

  it('opens the item whose label was scanned', async () => {
    box = await stockedBox();
    const { page } = await openTablet(browser, box, 'board');
    await page.locator('[data-item="pork-belly"]').waitFor();
    await page.evaluate(scan, makeLabelCode('pork-belly', 'L-7'));
    await page.getByRole('heading', { name: 'Pork belly', level: 2 }).waitFor();
  });
});
