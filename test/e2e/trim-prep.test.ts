/** Trim, prep, opened packs and their labels in a real Chromium, with the taps counted by the page itself. */
import jsqr from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routeScan } from '#recipes/scan/route-scan.ts';
import { chromiumMissing, launchChromium, openTablet, type Tablet } from '../support/browser.ts';
import { soon } from '../support/soon.ts';
import { startBox, type TestBox } from '../support/start-box.ts';

type Lot = { lot: string; onHand: string; expiresAt: string | null; opened: boolean };

let browser: Browser;
let box: TestBox;
let tablet: Tablet;
let page: Page;
let dialogs: number;

beforeAll(async () => {
  if (!chromiumMissing()) browser = await launchChromium();
});
afterAll(async () => browser?.close());

beforeEach(async (context) => {
  if (chromiumMissing()) return context.skip();
  box = await startBox({ demoBook: true });
  // Plenty of everything but of the sauce, which the list then asks for.
  const lines = Object.keys(await box.stock())
    .filter((item) => item !== 'braising-sauce')
    .map((item) => ({ item, qty: '50000', price: '0.03' }));
  expect((await box.command('delivery.receive', { lines })).status).toBe('applied');
});

afterEach(async () => {
  await tablet?.context.close();
  await box?.stop();
});

async function open(screen: string): Promise<void> {
  tablet = await openTablet(browser, box, screen);
  page = tablet.page;
  dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    void dialog.dismiss();
  });
  await page.evaluate(watch);
  await page.getByText('Live', { exact: true }).waitFor();
}

/** Runs in the page: counts what a finger does, and keeps what would come out of the printer. */
function watch(): void {
  const seen = window as unknown as { taps: number; sheets: string[][] };
  seen.taps = 0;
  seen.sheets = [];
  addEventListener(
    'click',
    (event) => {
      if (event.isTrusted) seen.taps += 1;
    },
    { capture: true },
  );
  window.print = () => {
    const codes = [...document.querySelectorAll('.sheets [data-code]')];
    seen.sheets.push(codes.map((one) => one.getAttribute('data-code') ?? ''));
  };
}

/** Runs in the page: keys as fast as a scanner sends them. */
function scan(text: string): void {
  for (const key of [...text, 'Enter']) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }
}

const taps = () => page.evaluate(() => (window as unknown as { taps: number }).taps);
const sheets = () => page.evaluate(() => (window as unknown as { sheets: string[][] }).sheets);
const onHand = async (item: string) => Number((await box.stock())[item]);
const item = (id: string) => page.locator(`main [data-item="${id}"]`).first();
const dest = (to: string) => page.locator(`[data-dest="${to}"]`);
const action = (name: string) => page.locator(`[data-action="${name}"]`);
const card = (recipe: string) => page.locator(`article[data-recipe="${recipe}"]`);
const lotsOf = async (id: string) => (await box.api<{ lots: Lot[] }>('GET', `/stock/${id}`)).lots;
async function weigh(grams: string): Promise<void> {
  await box.api('POST', '/scale', { scale: '1', grams, stable: true });
  const kg = String(Number(grams) / 1000);
  const shown = Number(grams) >= 1000 ? `${kg}\u00a0kg` : `${grams}\u00a0g`;
  await soon(() => action('scale').textContent()).toContain(shown);
}
const type = async (text: string) => {
  for (const key of text) {
    await page.locator(`[data-key="${key}"]`).click();
    await page.waitForTimeout(90);
  }
};

/** What a phone would read from a picture of the label. */
async function readBack(picture: Buffer): Promise<string | undefined> {
  const blank = await browser.newPage();
  const { pixels, width, height } = await blank.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const brush = canvas.getContext('2d');
    brush?.drawImage(image, 0, 0);
    const data = brush?.getImageData(0, 0, image.width, image.height).data ?? [];
    let text = '';
    for (const value of data) text += String.fromCharCode(value);
    return { pixels: btoa(text), width: image.width, height: image.height };
  }, picture.toString('base64'));
  await blank.close();
  const read = (jsqr as unknown as { default?: typeof jsqr }).default ?? jsqr;
  return read(new Uint8ClampedArray(Buffer.from(pixels, 'base64')), width, height)?.data;
}

describe('trim', () => {
  it('takes four taps with a scale, weighs the remainder out, and is undone as one', async () => {
    await open('trim');
    await weigh('6100');
    await item('pork-belly').click();
    await soon(() => page.locator('[data-in="6100"]').count()).toBe(1);
    await weigh('4860');
    await dest('usable').click();
    await soon(() => dest('usable').getAttribute('data-amount')).toBe('4860');
    await weigh('520');
    await dest('reuse').click();
    await soon(() => dest('reuse').getAttribute('data-amount')).toBe('520');
    expect(await dest('bin').getAttribute('data-amount')).toBe('720');
    const said = page.locator('[data-screen="trim"]');
    expect(await said.textContent()).toMatch(/79\.7%.*standard 87%.*7\.3 points below/s);
    expect(await said.textContent()).toContain('726.2\u00a0g of it is in the yield already');
    await action('save').click();

    expect(await taps()).toBe(4);
    // 4860 / 0.87 of the belly stay, as bought; the offcut is a lot of its own.
    await soon(() => onHand('pork-belly')).toBeCloseTo(50_000 - 6100 + 4860 / 0.87, 4);
    expect(await onHand('pork-trimmings')).toBe(50_520);
    await page.getByText('Just saved: yield 79.7%, re-use CNY').waitFor();
    expect(dialogs).toBe(0);
    expect(tablet.complaints).toEqual([]);

    await action('undo').click();
    await soon(() => onHand('pork-belly')).toBe(50_000);
    expect(await onHand('pork-trimmings')).toBe(50_000);
  });

  it('shows the label of the offcut; its code is read back to the same lot', async () => {
    await open('trim');
    await weigh('1000');
    await item('pork-belly').click();
    await soon(() => page.locator('[data-in="1000"]').count()).toBe(1);
    await weigh('200');
    await dest('reuse').click();
    await soon(() => dest('usable').getAttribute('data-amount')).toBe('800');
    await action('save').click();
    await page.locator('[data-labels-ready="1"]').waitFor();
    const preview = page.locator('[data-form="58"] svg.label');
    const code = await preview.getAttribute('data-code');
    // As large as a phone sees it.
    await preview.evaluate((svg: SVGElement) => {
      svg.style.cssText = 'position: fixed; inset: 0 auto auto 0; z-index: 9; height: 480px';
    });
    const scanned = routeScan((await readBack(await preview.screenshot())) ?? '');
    const newest = (await lotsOf('pork-trimmings')).at(-1)?.lot;
    expect(scanned).toEqual({ kind: 'label', item: 'pork-trimmings', lot: newest });
    expect(code).toBe(`LR1|pork-trimmings|${newest}`);
    await preview.evaluate((svg: SVGElement) => svg.removeAttribute('style'));
    await action('labels-print').click();
    await soon(sheets).toEqual([[code]]);
  });

  it('works with the pad where there is no scale, and says when more came out', async () => {
    await open('trim');
    await item('pork-loin').click();
    await action('edit-in').click();
    await type('2');
    await action('pad-done').click();
    await dest('usable').click();
    await type('2.1');
    await action('pad-done').click();
    await page.getByText('more came out than went in').waitFor();
    expect(await action('save').isDisabled()).toBe(true);
    await action('take-sum').click();
    await action('save').click();
    // 2.1 kg usable is 2.1 / 0.95 as bought: never more comes back than went in.
    await soon(() => onHand('pork-loin')).toBeCloseTo(50_000 - 2100 + 2100 / 0.95, 4);
  });

  it('puts an offcut to its use in two taps', async () => {
    await open('trim');
    await action('tab-offcuts').click();
    const before = await taps();
    await item('chicken-trimmings').click();
    await page.locator('[data-recipe="lu-pork"] button').click();
    expect((await taps()) - before).toBe(2);
    await soon(() => onHand('chicken-trimmings')).toBe(0);
    expect((await box.places('chicken-trimmings'))['production']).toBe(50_000);
  });
});

describe('prep', () => {
  it('makes the suggested batch in two taps, with its lots shown before and its label after', async () => {
    await open('prep');
    await card('braising-sauce').getByRole('button').click();
    await page.locator('[data-exact="true"]').waitFor();
    const shown = page.locator('[data-takes="rock-sugar"]');
    const takes = Number(await shown.getAttribute('data-amount'));
    const qty = Number(await page.locator('[data-batch]').getAttribute('data-qty'));
    await action('done').click();

    expect(await taps()).toBe(2);
    await soon(() => onHand('braising-sauce')).toBe(qty);
    expect(await onHand('rock-sugar')).toBeCloseTo(50_000 - takes, 6);
    const lot = (await lotsOf('braising-sauce'))[0]?.lot;
    await soon(sheets).toEqual([[`LR1|braising-sauce|${lot}`]]);
    await card('braising-sauce').getByText('Done').waitFor();
    expect(dialogs).toBe(0);
    expect(tablet.complaints).toEqual([]);

    await card('braising-sauce').getByRole('button', { name: 'Reprint' }).click();
    await soon(async () => (await sheets()).length).toBe(2);
  });

  it('prints one label per page in the size of the label', async () => {
    await open('prep');
    await card('braising-sauce').getByRole('button').click();
    const more = page.locator('[data-batch] [data-key="more"]').last();
    await more.click();
    await page.waitForTimeout(300);
    await more.click();
    await action('done').click();
    await soon(async () => (await sheets())[0]?.length).toBe(3);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const boxes = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map(([, size = '']) =>
      size.trim().split(/\s+/).slice(2).map(Number),
    );
    expect(boxes).toHaveLength(3);
    for (const [width = 0, height = 0] of boxes) {
      expect((width / 72) * 25.4).toBeCloseTo(58, 0);
      expect((height / 72) * 25.4).toBeCloseTo(72, 0);
    }
  });

  it('says what is short and makes it anyway, with the amount that came out', async () => {
    expect(
      (await box.command('waste.log', { item: 'star-anise', qty: '50000', reason: 'other' }))
        .status,
    ).toBe('applied');
    await open('prep');
    await card('braising-sauce').getByText('Star anise short by').waitFor();
    await card('braising-sauce').getByRole('button').click();
    await page.getByText('Make anyway').waitFor();
    await action('edit-actual').click();
    await type('9');
    await action('pad-done').click();
    await action('done').click();
    await soon(() => onHand('braising-sauce')).toBe(9000);
    expect(await onHand('star-anise')).toBeLessThan(0);
  });

  it('keeps the labels while the box is away, and prints them when it is back', async () => {
    await open('prep');
    await card('braising-sauce').waitFor();
    await tablet.context.setOffline(true);
    await card('braising-sauce').getByRole('button').click();
    await page.locator('[data-exact="false"]').waitFor();
    await action('done').click();
    await page.getByText('Labels waiting for the box: 1').waitFor();
    await card('braising-sauce').getByText('recorded here, to upload').waitFor();
    expect(await onHand('braising-sauce')).toBe(0);
    // Nobody stands there waiting for paper any more: it does not come out by itself.
    await page.waitForTimeout(4_500);
    await tablet.context.setOffline(false);
    await page.locator('[data-labels-ready="1"]').waitFor({ timeout: 40_000 });
    await action('labels-print').click();
    const lot = (await lotsOf('braising-sauce'))[0]?.lot;
    await soon(sheets).toEqual([[`LR1|braising-sauce|${lot}`]]);
    await page.locator('[data-labels-ready]').waitFor({ state: 'detached' });
  });

  it('makes any recipe ad hoc', async () => {
    await open('prep');
    await action('ad-hoc').click();
    await item('chilli-oil').click();
    await action('done').click();
    await soon(() => onHand('chilli-oil')).toBe(54_400);
  });
});

describe('opened packs', () => {
  it('is a scan and one tap: another life, the same amount, a label', async () => {
    const [before] = await lotsOf('prawn-peeled');
    await open('prep');
    await card('braising-sauce').waitFor();
    await page.evaluate(scan, `LR1|prawn-peeled|${before?.lot}`);
    await action('open-thawed').click();
    expect(await taps()).toBe(1);
    await soon(async () => (await lotsOf('prawn-peeled'))[0]?.opened).toBe(true);
    const [after] = await lotsOf('prawn-peeled');
    expect(after).toMatchObject({ lot: before?.lot, onHand: '50000' });
    const life = Date.parse(after?.expiresAt ?? '') - Date.now();
    expect(life / 3_600_000).toBeCloseTo(24, 0);
    await soon(sheets).toEqual([[`LR1|prawn-peeled|${before?.lot}`]]);
    expect(dialogs).toBe(0);
  });

  it('says when a label is of a lot that is gone, or of nothing known', async () => {
    await open('prep');
    await card('braising-sauce').waitFor();
    await page.evaluate(scan, 'LR1|prawn-peeled|GONE-1');
    await page.getByRole('alert').getByText('Nothing is left of this lot: GONE-1').waitFor();
    await page.evaluate(scan, 'LR1|nothing|GONE-1');
    await page.getByRole('alert').getByText('Unknown code').waitFor();
  });
});

describe.each([
  { width: 1024, height: 768 },
  { width: 1180, height: 820 },
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
])('at $width × $height', (size) => {
  it('nothing runs over the edge in the middle of the work, and nothing is small', async () => {
    await open('trim');
    await page.setViewportSize(size);
    for (const lang of ['中文', 'EN']) {
      await page.getByRole('button', { name: lang, exact: true }).click();
      await page.evaluate(() => {
        location.hash = '#/trim';
      });
      await item('pork-belly').click();
      await dest('usable').waitFor();
      expect(await misfits()).toEqual({ wide: 0, small: [] });
      await action('edit-usable').click();
      expect(await misfits()).toEqual({ wide: 0, small: [] });
      await page.evaluate(() => {
        location.hash = '#/prep';
      });
      await card('braising-sauce').getByRole('button').click();
      await action('done').waitFor();
      expect(await misfits()).toEqual({ wide: 0, small: [] });
      await action('cancel').click();
      await action('open').click();
      await item('prawn-peeled').click();
      await action('open-thawed').waitFor();
      expect(await misfits()).toEqual({ wide: 0, small: [] });
    }
  });
});

const misfits = () =>
  page.evaluate(() => {
    const main = document.querySelector('main');
    const buttons = [...document.querySelectorAll<HTMLElement>('main button')];
    return {
      wide: Math.max(
        document.documentElement.scrollWidth - document.documentElement.clientWidth,
        (main?.scrollWidth ?? 0) - (main?.clientWidth ?? 0),
      ),
      small: buttons
        .filter((one) => one.offsetParent !== null)
        .filter((one) => one.offsetHeight < 72 || one.offsetWidth < 72)
        .map((one) => one.outerHTML.slice(0, 120)),
    };
  });
