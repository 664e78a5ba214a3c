/** A chain for tests of its board: a real head office, real boxes with their bridges, and stores whose stories are told. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { startBridge } from '../hq/bridge.ts';
import { StoryBox } from '../hq/story-box.ts';
import { startTestPostgres } from '../support/postgres.ts';
import { startBox, type TestBox } from '../support/start-box.ts';
import { startTestHq, type TestHq } from '../support/start-hq.ts';

const PAGES = fileURLToPath(new URL('../../dist/chain/index.html', import.meta.url));

export type ChainRig = {
  readonly hq: TestHq;
  /** A store that sells, and the central kitchen; both real boxes with bridges. */
  readonly shop: TestBox;
  readonly kitchen: TestBox;
  /** A bridge by its store: `stop` ends it. */
  readonly bridges: ReadonlyMap<string, { stop(): Promise<void> }>;
  /** Starts the bridge of a store again. */
  reconnect(store: 'xuhui' | 'kitchen-1'): void;
  /** Sells one dish in the shop. @returns the id of the event */
  sell(qty?: number): Promise<string>;
  stop(): Promise<void>;
};

/** @throws when the pages are not built: run `npm run build` */
export async function startChain(): Promise<ChainRig> {
  if (!existsSync(PAGES)) throw new Error('dist/chain is missing: run npm run build');
  const postgres = await startTestPostgres();
  const hq = await startTestHq(await postgres.database());
  const shop = await startBox({ demoBook: true, config: { store: 'xuhui' } });
  const kitchen = await startBox({ demoBook: true, config: { store: 'kitchen-1' } });
  await hq.api('POST', '/stores', { store: 'xuhui', name: { zh: '徐汇店', en: 'Xuhui' } });
  await hq.api('POST', '/stores', {
    store: 'kitchen-1',
    name: { zh: '中央厨房', en: 'Central kitchen' },
    role: 'kitchen',
  });
  for (const box of [shop, kitchen]) await stockUp(box);
  const bridges = new Map([
    ['xuhui', startBridge(shop, hq)],
    ['kitchen-1', startBridge(kitchen, hq)],
  ]);
  let sold = 0;
  return {
    hq,
    shop,
    kitchen,
    bridges,
    reconnect(store) {
      bridges.set(store, startBridge(store === 'xuhui' ? shop : kitchen, hq));
    },
    async sell(qty = 1) {
      const id = `sale-${++sold}`;
      await shop.send([{ id, items: [{ sku: 'M-1001', name: '红烧肉盖饭', qty }] }]);
      return id;
    },
    async stop() {
      for (const bridge of bridges.values()) await bridge.stop();
      await shop.stop();
      await kitchen.stop();
      await hq.stop();
      await postgres.stop();
    },
  };
}

/** Enough of everything that the sample's dishes are made of, except of a few things. */
async function stockUp(box: TestBox): Promise<void> {
  const items = Object.keys(await box.stock());
  const lines = items.filter((_, i) => i % 9 !== 4).map((item) => ({ item, qty: '50000' }));
  await box.command('delivery.receive', { lines });
}

/** Stores of which only their stories are known, with what troubles a store: two boxes, a difference. */
export async function tellStories({ hq }: ChainRig): Promise<void> {
  const day = new Date().toISOString().slice(0, 10);
  const names = ['静安 Jing’an', '浦东 Pudong', '虹桥 Hongqiao', '五角场 Wujiaochang'];
  for (const [i, both] of names.entries()) {
    const [zh = '', en = ''] = both.split(' ');
    const store = `sh-${String(i + 2).padStart(3, '0')}`;
    await hq.api('POST', '/stores', { store, name: { zh: `${zh}店`, en } });
    const box = new StoryBox(`life-${store}`, day, Date.now() - 3_600_000);
    box.adopt();
    box.receive('pork-belly', 12_000, 384);
    if (i !== 1) box.receive('rice', 30_000, 150);
    for (let n = 0; n < 4 + i * 3; n++) box.sell('pork-belly', 1, 400);
    box.waste('pork-belly', 1, 300, 9.6, i === 2 ? 'expired' : 'overproduced');
    box.open = i;
    await hq.api('POST', `/stores/${store}/batches`, box.batch());
    if (i === 2) await cloned(hq, store, box);
  }
  await hq.api('POST', '/stores', { store: 'sh-009', name: { zh: '莘庄店', en: 'Xinzhuang' } });
}

/** A copy of the box sells too. */
async function cloned(hq: TestHq, store: string, box: StoryBox): Promise<void> {
  const copy = box.child(`copy-${store}`, 5, 'found');
  copy.sell('rice', 2, 150);
  await hq.api('POST', `/stores/${store}/batches`, copy.batch(5));
}

export type BoardOptions = {
  readonly lang?: 'zh' | 'en';
  readonly theme?: 'dark' | 'light';
  readonly width?: number;
  readonly height?: number;
  readonly token?: string;
  /** Without movement: a row that lights up as it changes has other colours for as long. */
  readonly still?: boolean;
};

export type OpenBoard = { readonly page: Page; readonly complaints: string[] };

/** The board in a browser of its own, signed in; `#wall=…` needs no sign-in. */
export async function openBoard(
  browser: Browser,
  hq: TestHq,
  address: string,
  options: BoardOptions = {},
): Promise<OpenBoard> {
  const { lang = 'en', theme = 'dark', width = 1280, height = 800 } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: lang === 'zh' ? 'zh-CN' : 'en-US',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: options.still === true ? 'reduce' : 'no-preference',
  });
  await context.addInitScript(
    ([token, language, light]) => {
      if (token !== '') localStorage.setItem('larder.token', token);
      localStorage.setItem('larder.lang', language);
      localStorage.setItem('larder.theme', light);
    },
    [options.token ?? hq.hq.adminToken, lang, theme] as const,
  );
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${hq.url}/#${address}`);
  return { page, complaints };
}
