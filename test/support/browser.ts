/** A real Chromium for the tests of the pages, and how a page of a box is opened in it. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const CHROMIUM = [
  process.env['LARDER_CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path));

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Says loudly what is missing: a test that hides is worse than one that fails. */
export function chromiumMissing(): boolean {
  if (CHROMIUM !== undefined) return false;
  console.warn(
    'SKIPPED: no Chromium found. Install it (apt-get install chromium) or set LARDER_CHROMIUM.',
  );
  return true;
}

/** @throws when there is no Chromium: ask `chromiumMissing` first */
export function launchChromium(): Promise<Browser> {
  if (CHROMIUM === undefined) throw new Error('no Chromium found');
  return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

export type TabletOptions = {
  readonly lang?: 'zh' | 'en';
  readonly theme?: 'dark' | 'light';
  readonly width?: number;
  readonly height?: number;
  /** Milliseconds by which this tablet's clock goes ahead. */
  readonly clockAhead?: number;
};

export type Tablet = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about on its console. */
  readonly complaints: string[];
};

/** A tablet of its own (storage included), signed in to the box. */
export async function openTablet(
  browser: Browser,
  box: { readonly url: string; readonly token: string },
  screen: string,
  options: TabletOptions = {},
): Promise<Tablet> {
  const { lang = 'en', theme = 'dark', width = 1280, height = 800, clockAhead = 0 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: lang === 'zh' ? 'zh-CN' : 'en-US',
  });
  await context.addInitScript(
    ([token, language, light]) => {
      localStorage.setItem('larder.token', token);
      if (localStorage.getItem('larder.lang') === null)
        localStorage.setItem('larder.lang', language);
      if (localStorage.getItem('larder.theme') === null)
        localStorage.setItem('larder.theme', light);
    },
    [box.token, lang, theme] as const,
  );
  if (clockAhead !== 0) await context.addInitScript(shiftClock, clockAhead);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${box.url}/#/${screen}`);
  await page.locator(`[data-screen="${screen}"]`).waitFor();
  return { context, page, complaints };
}

/** The page hears its box, or its head office. */
export async function isLive(page: Page): Promise<void> {
  await page
    .getByText(/^(Live|实时)$/)
    .first()
    .waitFor({ state: 'attached' });
}

/** A finger whose taps are counted. */
export function finger(page: Page) {
  let taps = 0;
  return {
    async tap(selector: string): Promise<void> {
      taps += 1;
      await page.locator(selector).first().click();
    },
    taps: () => taps,
  };
}

/** Types a PIN as a finger does; the pad takes two touches within a moment for one. */
export async function enterPin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) {
    await page.locator(`[data-action="pin-pad"] [data-key="${digit}"]`).click();
    await page.waitForTimeout(90);
  }
  await page.locator('[data-key="enter"]').click();
}

/** A tablet of the kitchen: paired, so what a manager must do asks for a PIN. */
export async function openPaired(
  browser: Browser,
  box: {
    readonly url: string;
    readonly token: string;
    api<T>(method: string, path: string, body?: unknown): Promise<T>;
  },
  screen: string,
  options: TabletOptions = {},
): Promise<Tablet> {
  const { code } = await box.api<{ code: string }>('POST', '/pairings', {
    name: `T${Math.random()}`,
  });
  const answer = await fetch(`${box.url}/api/v1/pair`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  });
  const given = (await answer.json()) as { token: string; device: string; name: string };
  const paired = { url: box.url, token: given.token };
  const tablet = await openTablet(browser, paired, 'board', options);
  const said = JSON.stringify({ device: given.device, name: given.name, station: '' });
  await tablet.page.evaluate((text) => localStorage.setItem('larder.device', text), said);
  await tablet.page.goto(`${box.url}/#/${screen}`);
  await tablet.page.reload();
  await tablet.page.locator(`[data-screen="${screen}"]`).waitFor();
  return tablet;
}

/** Runs in the page: a clock that is wrong by `ahead`, and by what a test adds in `__clock` later. */
function shiftClock(ahead: number): void {
  const Real = Date;
  const shift = () => ahead + Number(sessionStorage.getItem('__clock') ?? 0);
  class Shifted extends Real {
    constructor(...given: ConstructorParameters<typeof Date> | []) {
      if (given.length === 0) super(Real.now() + shift());
      else super(...(given as ConstructorParameters<typeof Date>));
    }
    static override now(): number {
      return Real.now() + shift();
    }
  }
  globalThis.Date = Shifted as DateConstructor;
}
