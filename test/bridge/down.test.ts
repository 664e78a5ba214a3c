/** What head office has for the box: versions, facts of another life, the question for balances. */
import { describe, expect, test } from 'vitest';
import { NO_SIDE } from '#recipes/contracts/sync.ts';
import { openRig, until } from './rig.ts';

const rig = openRig();
const { hq, start, arrived } = rig;
const versions = (...numbers: number[]) => numbers.map((version) => ({ version }));
const asked = (what: string) => rig.box.calls.filter((path) => path.startsWith(what)).length;

describe('versions of the catalog', () => {
  test('are handed over in their order, page by page, and once', async () => {
    hq.catalog = versions(1, 2, 4, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17);
    hq.extra = { side: NO_SIDE, catalogHead: 17 };
    start();
    await until(() => rig.box.catalogHead === 17);
    rig.box.add(1);
    await until(arrived);
    expect(rig.box.versions).toEqual([1, 2, 4, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17]);
  });

  test('for other stores are not asked for again and again', async () => {
    hq.extra = { side: NO_SIDE, catalogHead: 5 };
    let pages = 0;
    hq.onCatalog = () => {
      pages += 1;
      return undefined;
    };
    start();
    await until(arrived);
    for (let i = 0; i < 5; i++) {
      await rig.idle();
      rig.box.add(1);
      await until(arrived);
    }
    expect(pages).toBe(1);
  });

  test('are handed over again to a box that was put back to a backup', async () => {
    hq.catalog = versions(1, 2);
    hq.extra = { side: NO_SIDE, catalogHead: 2 };
    start();
    await until(() => rig.box.catalogHead === 2);
    rig.box.catalogHead = 0;
    await rig.idle();
    rig.box.add(1);
    await until(() => rig.box.catalogHead === 2);
    expect(rig.box.versions).toEqual([1, 2, 1, 2]);
  });

  test('all go before facts of another life, and the box is told that decisions wait', async () => {
    const all = Array.from({ length: 230 }, (_, i) => i + 1);
    hq.catalog = versions(...all);
    hq.segments.push({ incarnation: 'other', segment: 1, afterSeq: 0, facts: 'x', more: false });
    hq.extra = { side: NO_SIDE, catalogHead: 230, takeover: true };
    // More decisions in a row than are offered at once, and the box's number stays where it is.
    let before: number | undefined;
    rig.box.instead = (path) => {
      if (path === '/feed/facts') before ??= asked('/feed/catalog');
      const aside = path === '/feed/catalog' && asked('/feed/catalog') > 20;
      return aside ? { status: 200, body: { version: 1, state: 'aside' } } : undefined;
    };
    start();
    await until(() => rig.box.facts.length === 1);
    expect(before).toBe(230);
    expect(rig.box.calls.filter((path) => path === '/feed/catalog?aside=1').length).toBe(230);
    hq.extra = { side: NO_SIDE, catalogHead: 230, takeover: false };
    rig.box.instead = () => undefined;
    await rig.idle();
    rig.box.add(1);
    await until(() => rig.box.catalogHead === 230);
    expect(rig.box.calls.filter((path) => path === '/feed/catalog').length).toBe(210);
  });

  test('that the box cannot take now wait, and the way up does not', async () => {
    hq.catalog = versions(1);
    hq.extra = { side: NO_SIDE, catalogHead: 1 };
    rig.box.instead = (path) => (path === '/feed/catalog' ? { status: 500 } : undefined);
    start();
    for (let i = 0; i < 5; i++) {
      await until(arrived);
      await rig.idle();
      rig.box.add(1);
    }
    await until(arrived);
    expect(hq.cursors).toBe(1);
    rig.box.instead = () => undefined;
    await new Promise((resolve) => setTimeout(resolve, 60));
    rig.box.add(1);
    await until(() => rig.box.catalogHead === 1);
  });

  test('that the box does not believe are fetched again, and none overtakes them', async () => {
    hq.catalog = versions(1, 2);
    hq.extra = { side: NO_SIDE, catalogHead: 2 };
    let changed = 0;
    const refused = { version: 1, state: 'refused', reason: { code: 'bad_signature' } };
    rig.box.instead = (path) => {
      if (path !== '/feed/catalog' || changed >= 2) return undefined;
      changed += 1;
      return { status: 200, body: refused };
    };
    start();
    for (let i = 0; i < 20 && rig.box.catalogHead < 2; i++) {
      await until(arrived);
      await new Promise((resolve) => setTimeout(resolve, 60));
      rig.box.add(1);
    }
    await until(() => rig.box.catalogHead === 2);
    expect(changed).toBe(2);
    expect(rig.box.versions).toEqual([1, 2]);
  });

  test('that head office does not give now wait, and the way up does not', async () => {
    hq.extra = { side: NO_SIDE, catalogHead: 1 };
    hq.onCatalog = () => new Response('oh', { status: 500 });
    start();
    await until(arrived);
    await rig.idle();
    rig.box.add(1);
    await until(arrived);
    expect(hq.cursors).toBe(1);
  });

  test('a box that does not move on is not offered the same without end', async () => {
    hq.catalog = versions(...Array.from({ length: 40 }, (_, i) => i + 1));
    hq.extra = { side: NO_SIDE, catalogHead: 40 };
    // It says that it took them, and forgets.
    rig.box.instead = (path) =>
      path === '/feed/ack' ? { status: 200, body: { ok: true, catalogHead: 0 } } : undefined;
    start({ baseMs: 100, maxMs: 100 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(rig.box.versions.length).toBeLessThan(100);
    await until(arrived);
  });
});

describe('one thing that waits holds up no other', () => {
  const all = { side: NO_SIDE, catalogHead: 2, takeover: true, wantBalances: true };
  const piece = { incarnation: 'other', segment: 1, afterSeq: 3, facts: 'AAAA', more: false };

  test.each(['wrong_key', 'bad_version'])('versions that are not believed: %s', async (code) => {
    hq.catalog = versions(1, 2);
    hq.extra = all;
    hq.segments.push(piece);
    const refused = { version: 1, state: 'refused', reason: { code } };
    rig.box.instead = (path) =>
      path.startsWith('/feed/catalog') ? { status: 200, body: refused } : undefined;
    start();
    await until(() => hq.reports.length === 1 && hq.balances.length === 1);
    expect(rig.box.versions).toEqual([]);
    await until(arrived);
  });

  test('versions that may come with the next try go before facts, and balances do not wait', async () => {
    hq.extra = all;
    hq.segments.push(piece);
    hq.onCatalog = () => new Response('oh', { status: 500 });
    start();
    await until(() => hq.balances.length === 1);
    expect(hq.reports).toEqual([]);
    hq.onCatalog = () => undefined;
    await new Promise((resolve) => setTimeout(resolve, 60));
    rig.box.add(1);
    await until(() => hq.reports.length === 1);
  });

  test('facts that the box cannot read: they are asked for slowly, books and balances go on', async () => {
    hq.catalog = versions(1);
    hq.extra = { ...all, catalogHead: 1 };
    hq.segments.push(piece);
    rig.box.instead = (path) =>
      path === '/feed/facts' ? { status: 422, body: { code: 'bad_facts' } } : undefined;
    start({ slowMs: 60_000, maxMs: 61_000 });
    await until(() => hq.balances.length === 1 && asked('/feed/facts') === 1);
    hq.catalog = versions(1, 2);
    hq.extra = all;
    rig.box.add(1);
    await until(() => asked('/feed/catalog?aside=1') === 2);
    rig.box.add(1);
    await until(arrived);
    expect(asked('/feed/facts')).toBe(1);
  });
});

describe('facts of another life', () => {
  const segment = (n: number) => ({
    incarnation: 'other',
    segment: n,
    afterSeq: 3,
    facts: 'AAAA',
    more: true,
  });

  test('are taken over piece by piece, and head office hears what became of each', async () => {
    for (let n = 1; n <= 25; n++) hq.segments.push(segment(n));
    hq.extra = { side: NO_SIDE, takeover: true };
    start();
    await until(() => hq.reports.length === 25);
    expect(rig.box.facts.map((one) => one['segment'])).toEqual(
      Array.from({ length: 25 }, (_, i) => i + 1),
    );
    expect(hq.reports[0]).toEqual({
      incarnation: 'life',
      of: 'other',
      segment: 1,
      result: { applied: 1, duplicates: 0, refused: [] },
    });
    await until(arrived);
  });

  test('that come in turns are left alone for a while, too', async () => {
    hq.extra = { side: NO_SIDE, takeover: true };
    hq.segments.push(segment(1), segment(2), segment(3));
    // What was reported stands in line again.
    rig.box.instead = (path) => {
      if (path === '/feed/facts') hq.segments.push({ ...hq.segments[0] });
      return undefined;
    };
    start({ baseMs: 60_000, maxMs: 60_000 });
    await until(arrived);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(rig.box.facts.length).toBeLessThan(10);
  });

  test('that come again and again are left alone for a while', async () => {
    hq.extra = { side: NO_SIDE, takeover: true };
    hq.segments.push(segment(1));
    hq.keepSegments = true;
    start({ baseMs: 200, maxMs: 200 });
    await until(arrived);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(rig.box.facts.length).toBeLessThan(10);
  });
});

test('all balances are sent when they are asked for, with whose they are, and not with every answer', async () => {
  hq.extra = { side: NO_SIDE, wantBalances: true };
  start();
  await until(arrived);
  await rig.idle();
  rig.box.add(1);
  await until(arrived);
  await rig.idle();
  expect(hq.balances).toEqual([
    { incarnation: 'life', seq: 500, hash: expect.any(String), rows: [[1, 1, 0, 5]] },
  ]);
  expect(asked('/feed/balances')).toBe(1);
});
