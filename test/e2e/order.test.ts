/** Tonight's order by finger, in a real browser on a real box, with its paper: taps are counted. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import iconv from 'iconv-lite';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  chromiumMissing,
  enterPin,
  finger,
  launchChromium,
  openPaired,
  openTablet,
  type Tablet,
} from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

const blind = chromiumMissing();
const DAY_MS = 86_400_000;
const PIN = '4711';
let browser: Browser;
let box: TestBox;
let tablets: Tablet[] = [];

type Line = { item: string; packs: number; quantity: string; need: string; unit: string };
type Supplier = { supplier: string; lines: Line[]; orders: { order: string; state: string }[] };
type Suggested = { for: string; suppliers: Supplier[] };
type Order = {
  order: string;
  supplier: string;
  state: string;
  total: string;
  lines: { item: string; ordered: string; amount: string; packs: string }[];
};

beforeAll(async () => {
  if (!blind) browser = await launchChromium();
});
afterAll(async () => browser?.close());

beforeEach(async (context) => {
  if (blind) return context.skip();
  tablets = [];
  box = await startBox({ demoBook: true });
  await box.command('user.add', { user: 'li', name: '李店长', role: 'manager', pin: PIN });
  await box.api('PUT', '/printers/kitchen', { url: 'virtual:kitchen', columns: 48 });
  await someWeeks(box);
});

afterEach(async () => {
  for (const { context } of tablets) await context.close();
  await box?.stop();
  const said = tablets.flatMap(({ complaints }) => complaints);
  expect(said.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
});

/** Eight weeks of use of a few items of two suppliers, and a little stock: something must be ordered. */
async function someWeeks(shop: TestBox): Promise<void> {
  const { day } = await shop.api<{ day: string }>('GET', '/suggestions');
  const used = [
    ['pork-belly', 6_000, 'g'],
    ['chicken-thigh', 4_000, 'g'],
    ['egg', 200, 'ea'],
    ['scallion', 900, 'g'],
    ['potato', 3_000, 'g'],
  ] as const;
  const items = used.map(([item, level, unit], k) => {
    const days: Record<string, string> = {};
    for (let back = 1; back <= 56; back++) {
      const at = Date.parse(`${day}T12:00:00Z`) - back * DAY_MS;
      const weekend = [0, 6].includes(new Date(at).getUTCDay()) ? 1.3 : 1;
      const wave = 1 + 0.08 * Math.sin(back * 2.4 + k);
      const amount = Math.round(level * weekend * wave);
      days[new Date(at).toISOString().slice(0, 10)] = `${amount} ${unit}`;
    }
    return { item, days };
  });
  expect(await shop.command('usage.import', { items })).toMatchObject({ status: 'applied' });
  const lines = [
    { item: 'pork-belly', qty: '4200 g' },
    { item: 'egg', qty: '38 ea' },
  ];
  expect(await shop.command('delivery.receive', { lines })).toMatchObject({ status: 'applied' });
}

const suggested = () => box.api<Suggested>('GET', '/suggestions');
const orders = async () => (await box.api<{ orders: Order[] }>('GET', '/orders')).orders;
const act = (name: string) => `[data-action="${name}"]`;

async function paired(screen: string, lang: 'zh' | 'en' = 'zh'): Promise<Page> {
  const tablet = await openPaired(browser, box, screen, { lang, width: 1024, height: 768 });
  tablets.push(tablet);
  return tablet.page;
}

const tight = (text: string) => text.replaceAll(/[\s,]/g, '');

/** What the screen says is ordered: names, quantities, money, in its own words. */
function shownLines(page: Page) {
  return page.locator('[data-supplier] [data-line]').evaluateAll((rows) =>
    rows
      .filter((row) => row.getAttribute('data-packs') !== '0')
      .map((row) => ({
        supplier: row.closest('[data-supplier]')?.getAttribute('data-supplier') ?? '',
        name: row.querySelector('.names strong')?.textContent?.trim() ?? '',
        quantity: row.querySelector('[data-shown-quantity]')?.textContent?.trim() ?? '',
        amount: row.querySelector('[data-shown-amount]')?.textContent?.trim() ?? '',
        packs: row.getAttribute('data-packs') ?? '',
      })),
  );
}

/** The papers that came out of the virtual printer: the bytes as a printer for Chinese reads them. */
function papers(): string[] {
  const folder = join(box.data, 'printers', 'kitchen');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.bin'))
    .sort()
    .map((name) => iconv.decode(readFileSync(join(folder, name)), 'gb18030'));
}

describe('from the board', () => {
  it('two taps and a PIN approve the order, and the paper says what the screen said', async () => {
    const page = await paired('board');
    const hand = finger(page);
    await hand.tap(act('open-order'));
    await page.locator('[data-screen="order"] [data-line]').first().waitFor();
    const shown = await shownLines(page);
    const subtotals = await page
      .locator('[data-subtotal]')
      .evaluateAll((nodes) => nodes.map((node) => node.getAttribute('data-subtotal') ?? ''));
    expect(shown.length).toBeGreaterThan(3);
    await hand.tap(act('approve'));
    await enterPin(page, PIN);
    expect(hand.taps()).toBe(2);

    const suppliers = new Set(shown.map(({ supplier }) => supplier));
    await soon(async () => (await orders()).map(({ state }) => state)).toEqual(
      [...suppliers].map(() => 'sent'),
    );
    await soon(() => page.locator('[data-print="printed"]').count()).toBe(suppliers.size);
    const slips = papers();
    expect(slips).toHaveLength(suppliers.size);
    for (const order of await orders()) {
      const slip = slips.find((text) => text.includes(order.order)) ?? '';
      const rows = slip.split('\n').map(tight);
      const lines = shown.filter(({ supplier }) => supplier === order.supplier);
      for (const { name, quantity, amount, packs } of lines) {
        // A long name stands on the row above its figures.
        const at = rows.findIndex(
          (text, i) =>
            `${rows[i - 1]}${text}`.includes(tight(name)) && text.includes(tight(`=${quantity}`)),
        );
        expect(at, `${name} ${quantity} on ${slip}`).toBeGreaterThan(0);
        expect(rows[at], name).toMatch(new RegExp(`${packs}\\D{1,4}=`));
        expect(rows[at], name).toMatch(new RegExp(`${tight(amount.replace(/^\D+/, ''))}$`));
      }
      // Nothing more is on the paper than was on the screen, and it comes to the same.
      expect(rows.filter((text) => /=[\d.]+(kg|g|L|ml|个)/.test(text))).toHaveLength(lines.length);
      expect(subtotals.map(Number)).toContain(Number(order.total));
      expect(tight(slip)).toContain(tight(Number(order.total).toFixed(2)));
    }
    expect(await page.locator('dialog').count()).toBe(0);
  });

  it('changing one quantity is two taps, and a typed one its digits', async () => {
    const page = await paired('board');
    const hand = finger(page);
    const [supplier] = (await suggested()).suppliers.filter(({ lines }) =>
      lines.some(({ packs }) => packs > 0),
    );
    const line = supplier?.lines.find(({ packs }) => packs > 0);
    const row = `[data-line="${line?.item}"]`;
    await hand.tap(act('open-order'));
    await hand.tap(`${row} ${act('more')}`);
    expect(hand.taps()).toBe(2);
    await soon(() => page.locator(row).getAttribute('data-packs')).toBe(
      String((line?.packs ?? 0) + 1),
    );
    // The way back is a tap, too; then by digits.
    await page.waitForTimeout(300);
    await page.locator(`${row} ${act('less')}`).click();
    await soon(() => page.locator(row).getAttribute('data-packs')).toBe(String(line?.packs));
    await page.locator(`${row} ${act('type')}`).click();
    for (const key of ['9', '9']) {
      await page.locator(`${act('quantity-pad')} [data-key="${key}"]`).click();
      await page.waitForTimeout(100);
    }
    await page.locator(act('quantity-done')).click();
    await soon(() => page.locator(`${row} .changed`).count()).toBe(1);
    await page.reload();
    // What was typed is kept on this tablet.
    await soon(() => page.locator(`${row} .changed`).count()).toBe(1);
  });
});

describe('the order', () => {
  it('shows the whole sum of every line, and it recomputes', async () => {
    const page = await paired('order', 'en');
    for (const row of await page.locator('[data-line]').all()) {
      await row.locator(act('why')).click();
      await page.locator('[data-sum][data-agrees="true"]').waitFor();
      await page.keyboard.press('Escape');
    }
    const first = page.locator('[data-line="pork-belly"]');
    await first.locator(act('why')).click();
    const line = (await suggested()).suppliers
      .flatMap(({ lines }) => lines)
      .find(({ item }) => item === 'pork-belly');
    const kilos = `${Number(line?.quantity) / 1000}kg`;
    await soon(async () =>
      tight((await page.locator('[data-sum-row="quantity"] td').textContent()) ?? ''),
    ).toBe(kilos);
  });

  it('is shared as a draft, edited by two tablets, then approved as it stands', async () => {
    const [one, two] = [await paired('order'), await paired('order')];
    const row = '[data-line="pork-belly"]';
    const packs = async (page: Page) => Number(await page.locator(row).getAttribute('data-packs'));
    const before = await packs(one);
    await one.locator(`${row} ${act('more')}`).click();
    await one.locator(act('save-draft')).click();
    await soon(() => packs(two)).toBe(before + 1);
    await two.locator(`${row} ${act('more')}`).click();
    await soon(() => packs(one)).toBe(before + 2);
    expect((await orders()).every(({ state }) => state === 'draft')).toBe(true);
    const count = (await orders()).length;
    await one.locator(act('approve')).click();
    await enterPin(one, PIN);
    await soon(async () => (await orders()).map(({ state }) => state)).toEqual(
      Array(count).fill('sent'),
    );
    const belly = (await orders())
      .flatMap(({ lines }) => lines)
      .find(({ item }) => item === 'pork-belly');
    expect(Number(belly?.packs)).toBe(before + 2);
  });

  it('can be taken back, and warns of a second one for the same day', async () => {
    const page = await paired('order', 'en');
    await page.locator(act('approve')).click();
    await enterPin(page, PIN);
    await page.locator('[data-exists]').first().waitFor();
    await soon(() => page.locator(act('approve')).isDisabled()).toBe(true);
    const [first] = await orders();
    // What is on its way counts: a second order is what somebody puts on it.
    await page.locator(act('order-again')).first().click();
    await page
      .locator(`[data-line] ${act('more')}`)
      .first()
      .click();
    await soon(() => page.locator(act('approve')).textContent()).toContain('1');
    await page.locator(act('undo-approval')).click();
    await soon(async () => (await orders()).every(({ state }) => state === 'cancelled')).toBe(true);
    await soon(() => page.locator('[data-exists]').count()).toBe(0);
    await page.goto(`${box.url}/#/orders/${first?.order}`);
    await page.locator('[data-step="cancelled"]').waitFor();
    expect(await page.locator('[data-step="approved"]').textContent()).toContain('李店长');
  });

  it('takes an event in three taps, apart from the baseline', async () => {
    const before = (await suggested()).suppliers
      .flatMap(({ lines }) => lines)
      .find(({ item }) => item === 'pork-belly');
    const page = await paired('order');
    const hand = finger(page);
    await hand.tap(act('know-more'));
    await hand.tap('[data-percent="20"]');
    await hand.tap('[data-reason="party"]');
    expect(hand.taps()).toBe(3);
    await page.locator('[data-note]').first().waitFor();
    const after = (await suggested()).suppliers
      .flatMap(({ lines }) => lines)
      .find(({ item }) => item === 'pork-belly');
    expect(Number(after?.need)).toBeGreaterThan(Number(before?.need));
    await page.locator(act('know-more')).first().click();
    await page.locator(act('forget-note')).click();
    await soon(() => page.locator('[data-note]').count()).toBe(0);
  });

  it('is read and edited without the box; approving says what it needs', async () => {
    const page = await paired('order', 'en');
    const row = page.locator('[data-line="pork-belly"]');
    const before = Number(await row.getAttribute('data-packs'));
    await tablets[0]?.context.setOffline(true);
    await soon(() => page.locator(act('approve')).isDisabled()).toBe(true);
    await row.locator(act('more')).click();
    expect(await row.getAttribute('data-packs')).toBe(String(before + 1));
    await page.getByText('Approving needs the box').waitFor();
    await page.locator(act('save-draft')).click();
    await tablets[0]?.context.setOffline(false);
    await soon(
      async () =>
        (await orders()).flatMap(({ lines }) => lines).find(({ item }) => item === 'pork-belly')
          ?.packs,
    ).toBe(String(before + 1));
  });
});

describe('everybody', () => {
  it('reads the sheets, the approved order and its page (axe)', async () => {
    const page = await paired('order', 'en');
    const clean = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(({ id, nodes }) => [id, nodes.map((n) => n.html).slice(0, 2)]);
      expect([what, found]).toEqual([what, []]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect([what, wide]).toEqual([what, 0]);
    };
    for (const opens of ['why', 'type', 'know-more']) {
      await page.locator(act(opens)).first().click();
      await page.locator('dialog').waitFor();
      await page.waitForTimeout(300);
      await clean(opens);
      await page.keyboard.press('Escape');
    }
    await page.locator(act('approve')).click();
    await enterPin(page, PIN);
    await page.locator('[data-print="printed"]').first().waitFor();
    await clean('approved');
    await page.locator('[data-print] a').first().click();
    await page.locator('[data-step="approved"]').waitFor();
    await clean('one order');
  });
});

it('approves what waits in the inbox, with a PIN', async () => {
  const lines = [{ item: 'pork-belly', qty: '2 pack' }];
  await box.command('order.create', { order: 'PO-W', supplier: 'jinluo', lines });
  await box.command('order.submit', { order: 'PO-W' });
  const page = await paired('inbox', 'en');
  await page.locator(act('order.approve')).click();
  await enterPin(page, PIN);
  await soon(async () => (await orders())[0]?.state).toBe('approved');
});

describe('paper', () => {
  it('prints the list with one tap', async () => {
    const page = await paired('order');
    const name =
      (await page.locator('[data-line="pork-belly"] .names strong').textContent()) ?? '?';
    await page.locator(act('print-list')).click();
    await soon(() => papers().length).toBe(1);
    expect(papers()[0]).toContain(name.trim());
    await page.goto(`${box.url}/#/printers/papers/kitchen`);
    await page.locator('[data-paper] img').waitFor();
  });

  it('moves what a dead printer holds to another one', async () => {
    await box.api('PUT', '/printers/bar', {
      url: 'tcp://127.0.0.1:19109',
      columns: 32,
      uses: ['slip'],
    });
    await box.api('POST', '/print', { what: 'self-test', printer: 'bar' });
    const { page } = await openTablet(browser, box, 'printers', { lang: 'en' });
    await page.locator('[data-job]').waitFor();
    await page.locator(`[data-job] ${act('move')}`).click();
    await soon(() => papers().length).toBe(1);
    await soon(() => page.locator('[data-printer="bar"]').getAttribute('data-state')).toBe(
      'offline',
    );
    await page.context().close();
  });
});
