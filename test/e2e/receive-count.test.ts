/** Deliveries and counts by finger and scanner, in a real browser, with the effect checked in the box. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  chromiumMissing,
  enterPin,
  finger,
  isLive,
  launchChromium,
  openPaired,
  openTablet,
  type Tablet,
} from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { sampleBook, startBox, type TestBox } from '../support/start-box.ts';

const blind = chromiumMissing();
let browser: Browser;
let box: TestBox;
let tablets: Tablet[] = [];
beforeAll(async () => {
  if (!blind) browser = await launchChromium();
});
afterAll(async () => browser?.close());

beforeEach(async (context) => {
  if (blind) return context.skip();
  tablets = [];
  box = await startBox({ book: coldBook() });
});

afterEach(async () => {
  for (const { context } of tablets) await context.close();
  await box?.stop();
  const said = tablets.flatMap(({ complaints }) => complaints);
  expect(said.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});

/** The sample restaurant, whose milk must come cold. */
function coldBook(): unknown {
  const book = sampleBook() as { items: { id: string; maxTemperature?: number }[] };
  for (const item of book.items) if (item.id === 'milk') item.maxTemperature = 4;
  return book;
}

type Open = typeof openPaired;

/** A tablet with somebody at it; a dialog of the browser fails the test. */
async function tablet(path: string, who?: string, open: Open = openTablet): Promise<Page> {
  const opened = await open(browser, box, 'receive', { width: 1024, height: 768 });
  tablets.push(opened);
  const { page, complaints } = opened;
  page.on('dialog', (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  if (who !== undefined) {
    const said = JSON.stringify({ user: who, name: who });
    await page.evaluate((text) => localStorage.setItem('larder.who', text), said);
    await page.reload();
  }
  await page.goto(`${box.url}/#/${path}`);
  return page;
}

const offline = (is: boolean) => tablets[0]?.context.setOffline(is);

/**
 * What a scanner does: a code as fast keys to whatever has the focus, then Enter. Fired inside the
 * page, because on a busy machine keys from outside come slower than any scanner types.
 */
async function scan(page: Page, code: string): Promise<void> {
  await page.evaluate((text) => {
    const target = document.activeElement ?? document.body;
    for (const key of [...text, 'Enter']) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      const typed = target.dispatchEvent(event);
      if (!typed || key === 'Enter' || !(target instanceof HTMLInputElement)) continue;
      target.value += key;
      target.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }, code);
}

const act = (name: string) => `[data-action="${name}"]`;
const onHand = async (item: string) => Number((await box.stock())[item]);

type OrderState = { state: string; lines: { item: string; received: string }[] };
const orderNow = (order: string) => box.api<OrderState>('GET', `/orders/${order}`);
const barcodesOf = async (item: string) =>
  (await box.api<{ barcodes: string[] }>('GET', `/stock/${item}`)).barcodes;

async function order(id: string, lines: { item: string; qty: string }[], supplier = 'jinluo') {
  const created = await box.command('order.create', { order: id, supplier, lines });
  expect(created).toMatchObject({ status: 'applied' });
  expect(await box.command('order.send', { order: id })).toMatchObject({ status: 'applied' });
}

const BELLY_AND_THIGH = [
  { item: 'pork-belly', qty: '4 pack' },
  { item: 'chicken-thigh', qty: '8 kg' },
];

describe('a delivery', () => {
  it('that is clean takes three taps', async () => {
    await order('PO-014', BELLY_AND_THIGH);
    const page = await tablet('receive');
    const hand = finger(page);
    await hand.tap('[data-order="PO-014"]');
    await hand.tap(act('all-as-ordered'));
    await hand.tap(act('confirm'));
    expect(hand.taps()).toBe(3);
    await soon(() => onHand('pork-belly')).toBe(8_000);
    expect(await onHand('chicken-thigh')).toBe(8_000);
    expect(await orderNow('PO-014')).toMatchObject({ state: 'done' });
    await page.locator('[data-order="PO-014"]').waitFor({ state: 'detached' });
    expect(await page.locator('dialog').count()).toBe(0);

    await page.locator(act('undo')).click();
    await soon(() => onHand('pork-belly')).toBe(0);
    await soon(async () => (await orderNow('PO-014')).state).toBe('sent');
  });

  it('says what is short and dearer, what that does to dishes, and closes the order', async () => {
    await order('PO-015', BELLY_AND_THIGH);
    await box.command('delivery.receive', {
      supplier: 'jinluo',
      lines: [{ item: 'chicken-thigh', qty: '1 kg', price: '21' }],
    });
    const page = await tablet('receive/order/PO-015');
    const hand = finger(page);
    await page.locator(act('all-as-ordered')).click();
    await hand.tap('[data-line] [data-action="open-line"] >> nth=0');
    await hand.tap('[data-key="3"]');
    await hand.tap(act('done'));
    expect(hand.taps() - 1, 'an exception is two taps and its digits').toBe(2);
    const thigh = page.locator('[data-line][data-item="chicken-thigh"]');
    await thigh.locator(act('open-line')).click();
    await page.locator('[data-field="price"]').click();
    for (const key of ['2', '3']) await page.locator(`[data-key="${key}"]`).click();
    await page.locator(act('done')).click();
    await soon(() => thigh.textContent()).toContain('price up 10%');
    // By a dry run at the box: nothing of it has happened.
    await soon(() => thigh.locator('[data-effect]').textContent()).toMatch(/Affects: .*\+CNY/);
    expect(await onHand('chicken-thigh')).toBe(1_000);

    await page.locator(act('close-order')).click();
    await page.locator(act('confirm')).click();
    await soon(() => onHand('pork-belly')).toBe(6_000);
    expect(await orderNow('PO-015')).toMatchObject({ state: 'done' });
  });

  it('reads the case: item, lot, dates, catch weight, and a weight of the own scale apart', async () => {
    await order('PO-016', BELLY_AND_THIGH);
    const learn = { barcode: '06901234567892', item: 'pork-belly', unit: 'pack' };
    await box.command('barcode.learn', learn);
    await box.command('barcode.learn', { barcode: '2212345', item: 'chicken-thigh' });
    const page = await tablet('receive/order/PO-016');
    await page.locator('[data-line]').first().waitFor();
    const belly = page.locator('[data-line][data-item="pork-belly"]');
    await scan(page, '(01)06901234567892(17)261125(10)A7(3103)002030');
    await soon(() => belly.textContent()).toContain('A7');
    await scan(page, '(01)06901234567892(17)261125(10)A7(3103)001990');
    await soon(() => belly.textContent()).toContain('4.02');
    await scan(page, '2212345015009');
    const thigh = page.locator('[data-line][data-item="chicken-thigh"]');
    await soon(() => thigh.locator('[data-received]').getAttribute('data-received')).toBe('1.5');
    await page.locator(act('confirm')).click();
    await soon(() => onHand('pork-belly')).toBe(4_020);
    expect(await onHand('chicken-thigh')).toBe(1_500);
    type Lots = { lots: { lot: string; expiresAt: string }[] };
    const { lots } = await box.api<Lots>('GET', '/stock/pork-belly');
    expect(lots).toMatchObject([{ lot: 'A7' }]);
    expect(lots[0]?.expiresAt.slice(0, 10)).toBe('2026-11-25');
    expect((await orderNow('PO-016')).state).toBe('partly_received');
  });

  it('learns a barcode once, without an order, and scans do not type into fields', async () => {
    const page = await tablet('receive');
    await page.locator(act('without')).click();
    await page.locator('[data-supplier="jinluo"] button').click();
    await page.locator(act('add-item')).waitFor();
    await scan(page, '6901234567892');
    await page.locator('[data-item="pork-loin"]').click();
    await page.locator('[data-unit-choice="pack"]').click();
    const loin = page.locator('[data-line][data-item="pork-loin"]');
    await soon(() => loin.locator('[data-received]').getAttribute('data-received')).toBe('1');
    // While a number or a text is written, a scan is still a scan and adds up.
    for (const [field, sum] of [
      ['qty', '2'],
      ['lot', '3'],
    ]) {
      await loin.locator(act('open-line')).click();
      await page.locator(`[data-field="${field}"]`).click();
      await scan(page, '6901234567892');
      await soon(() => loin.locator('[data-received]').getAttribute('data-received')).toBe(sum);
    }
    await page.locator(act('confirm')).click();
    await soon(() => onHand('pork-loin')).toBe(6_000);
    expect(await barcodesOf('pork-loin')).toContain('06901234567892');
    expect(await box.api('GET', '/stock/pork-loin')).toMatchObject({ value: '180.00' });
  });

  it('does not let warm milk in: measure, then refuse, or a manager with a PIN', async () => {
    await box.command('user.add', { user: 'boss', name: 'Boss', role: 'manager', pin: '4711' });
    await order('PO-017', [{ item: 'milk', qty: '6 carton' }], supplierOf('milk'));
    const page = await tablet('receive/order/PO-017', 'cook', openPaired);
    // Only a paired tablet that hears its box asks for the PIN at once.
    await isLive(page);
    await page.locator(act('all-as-ordered')).click();
    await page.locator(act('confirm')).click();
    for (const key of ['7', '.', '8']) await page.locator(`[data-key="${key}"]`).click();
    await page.locator(act('done')).click();
    const milk = page.locator('[data-line][data-item="milk"]');
    await soon(() => milk.textContent()).toContain('7.8');
    await page.locator(act('confirm')).click();
    expect(await onHand('milk')).toBe(0);
    await milk.locator(act('release')).click();
    await enterPin(page, '4711');
    await soon(() => milk.textContent()).toContain('Released by a manager');
    await page.locator(act('confirm')).click();
    await soon(() => onHand('milk')).toBe(6_000);
    expect(await page.locator('dialog').count()).toBe(0);
  });

  it('goes on without the box, from the orders it knew, and tells it later', async () => {
    await order('PO-018', BELLY_AND_THIGH);
    const page = await tablet('receive');
    await page.locator('[data-order="PO-018"]').waitFor();
    await offline(true);
    await page.locator('[data-order="PO-018"]').click();
    await page.locator(act('all-as-ordered')).click();
    await page.locator(act('confirm')).click();
    await soon(() => page.locator('[data-order="PO-018"]').textContent()).toContain('to upload');
    expect(await onHand('pork-belly')).toBe(0);
    await offline(false);
    await soon(() => onHand('pork-belly')).toBe(8_000);
  });
});

function supplierOf(item: string): string {
  const book = sampleBook() as { suppliers: { id: string; items: { item: string }[] }[] };
  return book.suppliers.find(({ items }) => items.some((one) => one.item === item))?.id ?? '';
}

describe('a count', () => {
  type Count = {
    state: string;
    lines: Record<string, unknown>[];
    items: Record<string, unknown>[];
  };
  const counts = async () =>
    (await box.api<{ counts: { count: string; items: number }[] }>('GET', '/counts')).counts;
  const counted = async () => {
    return box.api<Count>('GET', `/counts/${(await counts())[0]?.count}`);
  };
  const itemOf = (page: Page) => page.locator('.walk[data-item]').getAttribute('data-item');

  beforeEach(async () => {
    const lines = ['sea-bass', 'tofu-firm', 'milk'].map((item) => ({
      item,
      qty: item === 'sea-bass' ? '10' : '5000',
      price: '0.02',
      temperature: '3',
    }));
    expect((await box.command('delivery.receive', { lines })).status).toBe('applied');
  });

  it('takes a tap and the digits for each item; none is not skip; a pause keeps all', async () => {
    const page = await tablet('count');
    await page.locator('[data-place="fridge-3"]').click();
    const seen: Record<string, string> = {};
    for (const digits of ['8', '1.05', '12']) {
      const item = (await itemOf(page)) ?? '';
      seen[item] = digits;
      const hand = finger(page);
      for (const key of digits) await hand.tap(`[data-key="${key}"]`);
      await hand.tap(act('next'));
      expect(hand.taps() - digits.length, item).toBe(1);
      await soon(() => itemOf(page)).not.toBe(item);
    }
    await page.locator(act('next')).click();
    expect(await page.locator('[role="alert"]').textContent()).toContain('None = 0');
    const none = (await itemOf(page)) ?? '';
    await page.locator(act('none')).click();
    await soon(() => itemOf(page)).not.toBe(none);
    const skipped = (await itemOf(page)) ?? '';
    await page.locator(act('skip')).click();
    await soon(() => itemOf(page)).not.toBe(skipped);

    await page.locator(act('pause')).click();
    await soon(() => page.locator('[data-place="fridge-3"]').textContent()).toContain('Go on 5/8');
    await page.reload();
    await page.locator('[data-place="fridge-3"]').click();
    expect(await page.locator('[data-progress]').textContent()).toBe('6/8');

    await soon(async () => (await counts())[0]?.items).toBe(4);
    const { items } = await counted();
    expect(items).toContainEqual(expect.objectContaining({ item: none, counted: '0' }));
    expect(items.map(({ item }) => item)).not.toContain(skipped);
    expect(items).toContainEqual(
      expect.objectContaining({ item: 'sea-bass', counted: seen['sea-bass'] }),
    );
  });

  it('of two tablets keeps both, shows the difference, and is posted at the counted moment', async () => {
    const li = await tablet('count', 'li');
    const wang = await tablet('count', 'wang');
    await li.locator('[data-place="fridge-3"]').click();
    await li.locator('.walk[data-item]').waitFor();
    const first = (await itemOf(li)) ?? '';
    const bass = 'sea-bass';
    await skipTo(li, bass);
    await li.locator('[data-key="8"]').click();
    await li.locator(act('next')).click();
    await soon(async () => (await counts())[0]?.items).toBe(1);

    await soon(() => wang.locator('[data-place="fridge-3"]').textContent()).toContain(
      'li is counting',
    );
    await wang.locator('[data-place="fridge-3"]').click();
    await soon(() => wang.locator('[data-others]').textContent()).toContain(
      'li is counting this shelf',
    );
    await wang.locator(act('together')).click();
    expect(await itemOf(wang)).toBe(first);
    await skipTo(wang, bass);
    await wang.locator('[data-key="9"]').click();
    await wang.locator(act('next')).click();
    await soon(async () => (await counted()).lines[0]).toMatchObject({
      item: bass,
      qty: '9',
      actor: 'wang',
      kept: [{ qty: '8', actor: 'li' }],
      disagreement: '1',
    });
    expect(await counts()).toHaveLength(1);

    // What happens after the look stays as it is.
    await box.command('waste.log', { item: bass, qty: '2', reason: 'dropped' });
    await skipTo(wang, null);
    await wang.locator(act('finish')).click();
    expect(await wang.locator('[role="alert"]').textContent()).toContain(
      '7 items were not counted',
    );
    // A second tap within a quarter of a second is a drip.
    await wang.waitForTimeout(300);
    await wang.locator(act('finish')).click();
    const row = wang.locator(`tr[data-item="${bass}"]`);
    await soon(() => row.getAttribute('data-variance')).toBe('-1');
    expect(await row.locator('[data-kept]').getAttribute('data-kept')).toBe('2');
    expect(await row.locator('[data-disagreement]').getAttribute('data-disagreement')).toBe('1');
    expect(await wang.locator('[data-untouched]').getAttribute('data-untouched')).toBe('7');
    await wang.locator(act('post')).click();
    await soon(() => wang.locator('[data-notice]').textContent()).toContain(
      'Posted, adjustments: 1',
    );
    expect(await onHand(bass)).toBe(7);
    expect(await wang.locator('dialog').count()).toBe(0);
  });

  it('without the box keeps each look with its own moment', async () => {
    const page = await tablet('count/at/fridge-3');
    await page.locator('.walk[data-item]').waitFor();
    await offline(true);
    await skipTo(page, 'sea-bass');
    const before = Date.now();
    await page.locator('[data-key="6"]').click();
    await page.locator(act('next')).click();
    await soon(() => itemOf(page)).not.toBe('sea-bass');
    const after = Date.now();
    await page.waitForTimeout(1_500);
    expect(await counts()).toHaveLength(0);
    await offline(false);
    await soon(async () => (await counts()).length).toBe(1);
    const at = Date.parse(String((await counted()).lines[0]?.['at']));
    expect(at).toBeGreaterThanOrEqual(before - 1_000);
    expect(at).toBeLessThanOrEqual(after + 1_000);
  });

  /** Skips until the item is in front; null: to the end of the walk. */
  async function skipTo(page: Page, item: string | null): Promise<void> {
    for (let i = 0; i < 20; i++) {
      if (item === null && (await page.locator(act('walk-end')).count()) > 0) return;
      const now = await itemOf(page);
      if (now === item) return;
      await page.locator(act('skip')).click();
      await soon(async () =>
        (await page.locator(act('walk-end')).count()) > 0 ? '' : itemOf(page),
      ).not.toBe(now);
    }
    throw new Error(`${item} is not on the walk`);
  }
});
