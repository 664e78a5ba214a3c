// Goods between stores on the tablet, in a real Chromium against a real box: as sent in two taps, line by
// line, from the paper; sending, asking, shipping, outside work. Head office is played by the test.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PLACES } from '#recipes/ledger/place.ts';
import { give, headOffice } from '../edge/catalog/head-office.ts';
import { askedNotesOf, inPlace, must, notesOf } from '../edge/transfers/two-stores.ts';
import { chromiumMissing, launchChromium, openTablet } from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

/** Pictures for the eye: LARDER_SHOTS=folder keeps them; they never go into git. */
const SHOTS = process.env['LARDER_SHOTS'];
const GOODS = [
  { item: 'pork-belly', qty: '4000', unit: 'g', lot: 'CK-1', expiresAt: '2030-01-02T10:00:00Z' },
  { item: 'pork-belly', qty: '2000', unit: 'g', lot: 'CK-2', expiresAt: '2030-01-03T10:00:00Z' },
  { item: 'scallion', qty: '800', unit: 'g', lot: 'CK-3', expiresAt: null },
];

let browser: Browser;
let box: TestBox;
beforeAll(async () => {
  if (!chromiumMissing()) browser = await launchChromium();
});
afterAll(async () => browser?.close());
beforeEach(async () => {
  if (chromiumMissing()) return;
  box = await startBox({ demoBook: true });
  const lines = Object.keys(await box.stock()).map((item) => ({
    item,
    qty: '20000',
    price: '0.02',
  }));
  await must(box, 'delivery.receive', { lines });
});
afterEach(async () => {
  await Promise.all(browser?.contexts().map((context) => context.close()) ?? []);
  await box?.stop();
});

const hq = headOffice();
const action = (page: Page, name: string) => page.locator(`[data-action="${name}"]`).first();

/** Through the box's own door: its tablets hear of it. */
async function hear(kind: 'transfer' | 'requisition', payload: object): Promise<void> {
  expect(await give(box, hq.sign({ kind, payload }))).toMatchObject({ state: 'taken' });
}

function announce(transfer: string, requisition?: string) {
  const lines = GOODS.map((line) => ({
    ...line,
    producedAt: null,
    expiresAt: line.expiresAt === null ? null : Date.parse(line.expiresAt),
    cost: 10_000,
  }));
  const said = {
    what: 'announce',
    transfer,
    from: 'ck1',
    to: 'demo',
    sentAt: Date.now() - 7_200_000,
  };
  return hear('transfer', { ...said, requisition, lines });
}

function ask(requisition: string, from: string, deliverOn: number) {
  const lines = [
    { item: 'pork-belly', qty: '15000', unit: 'g' },
    { item: 'scallion', qty: '2500', unit: 'g' },
  ];
  return hear('requisition', { requisition, from, to: 'demo', deliverOn, at: Date.now(), lines });
}

/** A tablet on a page below the screen. */
async function visit(path: string): Promise<Page> {
  const { page } = await openTablet(browser, box, 'transfers');
  await page.goto(`${box.url}/#/${path}`);
  return page;
}

async function type(page: Page, digits: string) {
  for (const key of digits) {
    await page.locator(`[data-action="number-pad"] [data-key="${key}"]`).click();
    await page.waitForTimeout(90);
  }
}

async function picture(page: Page, name: string) {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}

describe.skipIf(chromiumMissing())('goods between stores', () => {
  it('come in as they were sent with two taps', async () => {
    await announce('TR-ck1-20261123-001');
    const { page, complaints } = await openTablet(browser, box, 'transfers');
    await page.locator('[data-transfer="TR-ck1-20261123-001"]').click();
    await action(page, 'as-sent').click();
    await soon(async () => (await box.stock())['pork-belly']).toBe('26000');
    await page.locator('[data-transfer="TR-ck1-20261123-001"][data-state="received"]').waitFor();
    expect(inPlace(box, 'pork-belly', PLACES.transit)).toBe(-6_000_000_000);
    expect(complaints).toEqual([]);
  });

  it('are received line by line where they differ, also while the box is away', async () => {
    await announce('TR-ck1-20261123-002');
    const { page, context } = await openTablet(browser, box, 'transfers');
    await page.locator('[data-transfer="TR-ck1-20261123-002"]').click();
    await page.locator('[data-line="pork-belly"][data-lot="CK-1"]').click();
    await type(page, '3.5');
    await action(page, 'pad-done').click();
    await context.setOffline(true);
    await action(page, 'as-counted').click();
    await page.locator('[data-transfer="TR-ck1-20261123-002"] .here').waitFor();
    expect((await box.stock())['pork-belly']).toBe('20000');
    await context.setOffline(false);
    await soon(async () => (await box.stock())['pork-belly']).toBe('25500');
    expect(inPlace(box, 'pork-belly', PLACES.adjust)).toBe(500_000_000);
    const [note] = notesOf(box);
    expect(note).toMatchObject({ lines: [{ qty: '3500', problem: 'short' }, {}, {}] });
  });

  it('come in from their paper before anybody announced them', async () => {
    const { page } = await openTablet(browser, box, 'transfers');
    await action(page, 'paper').click();
    await page.locator('[data-field="transfer"]').fill('TR-ck1-20261123-003');
    await action(page, 'add-item').click();
    await page.locator('[data-action="item-picker"] [data-item="pork-belly"]').click();
    await type(page, '6');
    await action(page, 'pad-done').click();
    await action(page, 'receive-paper').click();
    await soon(async () => (await box.stock())['pork-belly']).toBe('26000');
    await announce('TR-ck1-20261123-003');
    await page.locator('[data-transfer="TR-ck1-20261123-003"]').click();
    await page.locator('.warn').filter({ hasText: 'short' }).waitFor();
  });

  it('go to another store, with the lot that is chosen, and can be called off', async () => {
    const page = await visit('transfers/sent');
    await action(page, 'send').click();
    await page.locator('[data-field="to"]').fill('s2');
    await action(page, 'add-item').click();
    await page.locator('[data-action="item-picker"] [data-item="pork-belly"]').click();
    await type(page, '2.5');
    await action(page, 'pad-done').click();
    await action(page, 'send-now').click();
    await page.locator('article[data-state="sent"]').waitFor();
    expect((await box.stock())['pork-belly']).toBe('17500');
    await action(page, 'call-off').click();
    await soon(async () => (await box.stock())['pork-belly']).toBe('20000');
    await page.locator('[data-transfer][data-state="cancelled"]').first().click();
    await action(page, 'restore').click();
    await soon(async () => (await box.stock())['pork-belly']).toBe('17500');
  });

  it('are shipped with two taps when a store asks, with the sums of the day above', async () => {
    await ask('RQ-s2-20261123-001', 's2', 20_261_124);
    await ask('RQ-s3-20261123-001', 's3', 20_261_124);
    const page = await visit('transfers/asked');
    const sum = page.locator('[data-demand="2026-11-24"] [data-item="pork-belly"]');
    expect(await sum.getAttribute('data-total')).toBe('30000');
    expect(await sum.textContent()).toContain('10\u00a0kg');
    await page.locator('[data-requisition="RQ-s2-20261123-001"] [data-action="ship"]').click();
    await action(page, 'send-now').click();
    await page.locator('article[data-state="sent"]').waitFor();
    expect((await box.stock())['pork-belly']).toBe('5000');
    expect(notesOf(box)).toMatchObject([
      { what: 'send', to: 's2', requisition: 'RQ-s2-20261123-001' },
    ]);
    await page.goto(`${box.url}/#/transfers/asked`);
    await page.locator('[data-requisition="RQ-s3-20261123-001"] [data-action="decline"]').click();
    await page.locator('[data-requisition="RQ-s3-20261123-001"][data-state="declined"]').waitFor();
  });

  it('are asked for, for a day', async () => {
    const page = await visit('transfers/ask');
    await page.locator('[data-field="to"]').fill('ck1');
    await page.locator('[data-choice="when"] [data-option="soon"]').click();
    await action(page, 'add-item').click();
    await page.locator('[data-action="item-picker"] [data-item="pork-belly"]').click();
    await type(page, '8');
    await action(page, 'pad-done').click();
    await action(page, 'ask-now').click();
    await page.locator('[data-requisition][data-state="sent"]').waitFor();
    expect(askedNotesOf(box)).toMatchObject([
      { what: 'send', to: 'ck1', deliverOn: null, lines: [{ item: 'pork-belly', qty: '8000' }] },
    ]);
  });

  it('go out for processing and come back with the fee', async () => {
    const page = await visit('transfers/out');
    await page.locator('[data-field="processor"]').fill('Lin');
    await action(page, 'add-item').click();
    await page.locator('[data-action="item-picker"] [data-item="pork-belly"]').click();
    await type(page, '5');
    await action(page, 'pad-done').click();
    await action(page, 'out-now').click();
    await page.locator('[data-job][data-state="out"] [data-action="come-back"]').click();
    await page.locator('[data-part="products"] [data-action="add-item"]').click();
    await page.locator('[data-action="item-picker"] input').fill('scallion');
    await page.locator('[data-action="item-picker"] [data-item="scallion"]').click();
    await type(page, '3');
    await action(page, 'pad-done').click();
    await page.locator('[data-field="fee"]').fill('20.00');
    await action(page, 'back-now').click();
    await page.locator('[data-job][data-state="done"]').waitFor();
    expect(await box.stock()).toMatchObject({ 'pork-belly': '15000', scallion: '23000' });
  });
});

const SIZES = [
  { width: 1180, height: 820 },
  { width: 360, height: 740 },
];

describe.skipIf(chromiumMissing()).each(['zh', 'en'] as const)('the pages in %s', (lang) => {
  it.each(SIZES)(
    'fit $width × $height, and axe finds nothing',
    { timeout: 120_000 },
    async (size) => {
      await announce('TR-ck1-20261123-001');
      await ask('RQ-s2-20261123-001', 's2', 20_261_124);
      const pork = [{ item: 'pork-belly', qty: '5 kg' }];
      const scallion = [{ item: 'scallion', qty: '3 kg' }];
      const out = await must(box, 'outsource.send', { processor: '林记豆腐', lines: pork });
      await must(box, 'transfer.send', { to: 's2', lines: pork });
      await must(box, 'requisition.send', { to: 'ck1', deliverOn: '2026-11-25', lines: scallion });
      const screens = [
        '',
        'one/TR-ck1-20261123-001',
        'sent',
        'send?requisition=RQ-s2-20261123-001',
        'asked',
        'ask',
        'outside',
        'out',
        'paper',
        `back/${out.data['job']}`,
      ];
      const { page, complaints } = await openTablet(browser, box, 'transfers', { lang, ...size });
      for (const screen of screens) {
        await page.goto(`${box.url}/#/transfers/${screen}`);
        await page.waitForTimeout(400);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([screen, wide]).toEqual([screen, size.width]);
        await picture(page, `${screen.split(/[/?]/)[0] || 'incoming'}-${lang}-${size.width}`);
        const { violations } = await new AxeBuilder({ page }).include('[data-screen]').analyze();
        const found = violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
        expect([screen, found]).toEqual([screen, []]);
      }
      expect(complaints).toEqual([]);
    },
  );
});
