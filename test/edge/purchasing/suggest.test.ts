/** From the ledger to the suggestion, next to what a person works out with a pencil. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forecastReportSchema, suggestionSchema } from '../../../edge/http/api-suggestions.ts';
import { type SuggestBox, suggestBox } from './suggest-kitchen.ts';

let box: SuggestBox;

beforeEach(async () => {
  box = await suggestBox();
  for (let day = 28; day >= 0; day--) box.sellDay(day);
});
afterEach(() => box.close());

const MONDAY = 20261123;

test('the sum of a line is the pencil’s: plates × what is in them, made sauce included', async () => {
  box.now += 1;
  box.command('delivery.receive', { lines: [{ item: 'soy', qty: '20 l' }] });
  const view = await box.ask();
  expect(view.for).toBe('2026-11-23');
  expect(view.day).toBe('2026-11-22');
  expect(suggestionSchema.parse(view)).toEqual(view);
  const pork = await box.line('pork');
  // Tonight nothing more is sold; Monday has ten plates of 105 g; on Tuesday nothing until 10:00.
  expect(pork).toMatchObject({
    need: '1050',
    basis: 'forecast',
    lowConfidence: false,
    onHand: '0',
    onOrder: '0',
  });
  expect(pork.days.map(({ date, share, mean }) => [date, share, mean])).toEqual([
    ['2026-11-23', '1.0000', '1050'],
  ]);
  const missing = 1050 + Number(pork.safety);
  expect(pork.missing).toBe(String(missing));
  expect(pork.packs).toBe(Math.ceil(missing / 1000));
  expect(pork.quantity).toBe(String(pork.packs * 1000));
  expect(pork.amount).toBe(`${pork.packs * 30}.00`);
  expect(pork.past).toEqual(
    ['2026-11-16', '2026-11-09', '2026-11-02', '2026-10-26'].map((date) => ({
      date,
      used: '1050',
    })),
  );
  expect(pork.dishes).toEqual([
    { recipe: 'plate', name: { zh: '盘', en: 'Plate' }, portions: '10', amount: '1050' },
  ]);
  const soy = await box.line('soy');
  // Grain of a litre: what is needed stands on 0.1 l at most.
  expect(Math.abs(Number(soy.need) - 100)).toBeLessThanOrEqual(50);
  expect(soy).toMatchObject({ onHand: expect.stringMatching(/^(19|20)\d{3}$/), packs: 0 });
});

test('who sells what: nothing that is made here, nothing without a supplier, par where nothing is known', async () => {
  const view = await box.ask(MONDAY);
  const [near] = view.suppliers;
  expect(view.suppliers.map(({ supplier }) => supplier)).toEqual(['near']);
  expect(near?.lines.map(({ item }) => item).sort()).toEqual(['pork', 'salt', 'soy']);
  expect(near).toMatchObject({
    arrivesAt: '2026-11-22T22:00:00.000Z',
    cutOff: '2026-11-22T14:30:00.000Z',
    coverUntil: '2026-11-24T02:00:00.000Z',
    pastCutOff: false,
    send: ['print', 'hand'],
    contact: null,
  });
  const salt = near?.lines.find(({ item }) => item === 'salt');
  expect(salt).toMatchObject({ basis: 'par', lowConfidence: true, packs: 3, par: '3000' });
  expect(view.accuracy).toMatchObject({ lowConfidence: 1, ordered: null, wape: '0.000' });
  expect(view.upcoming.map(({ supplier, deliverOn }) => [supplier, deliverOn])).toEqual([
    ['near', '2026-11-23'],
    ['cheap', '2026-11-24'],
  ]);
});

test('an item of two suppliers is bought once, where it is cheaper', async () => {
  const view = await box.ask(20261124);
  const lines = view.suppliers.map(({ supplier, lines: list }) => [
    supplier,
    list.map(({ item }) => item).sort(),
  ]);
  expect(lines).toEqual([
    ['near', ['pork', 'salt']],
    ['cheap', ['soy']],
  ]);
});

test('what is on its way counts until it has come', async () => {
  const lines = [{ item: 'pork', qty: '2 pack' }];
  const order = { order: 'PO-1', supplier: 'near', deliverOn: '2026-11-23', lines };
  expect(box.command('order.create', order).status).toBe('applied');
  expect(await box.line('pork', MONDAY)).toMatchObject({ onOrder: '0' });
  expect((await box.ask(MONDAY)).suppliers[0]?.orders).toEqual([{ order: 'PO-1', state: 'draft' }]);
  expect(box.command('order.send', { order: 'PO-1' }).status).toBe('applied');
  expect(await box.line('pork', MONDAY)).toMatchObject({ onOrder: '2000', packs: 0 });
  const came = { supplier: 'near', order: 'PO-1', lines: [{ item: 'pork', qty: '1 pack' }] };
  expect(box.command('delivery.receive', came).status).toBe('applied');
  const after = await box.line('pork', MONDAY);
  expect(after).toMatchObject({ onOrder: '1000' });
});

test('a closed day needs nothing, a half day half of it, an event more, and shown apart', async () => {
  const note = (data: object) => box.command('day.note', { from: '2026-11-23', ...data });
  const closed = note({ kind: 'closed' }).data as { note: string };
  expect(await box.line('pork')).toMatchObject({ need: '0' });
  box.command('day.forget', { note: closed.note });
  expect(await box.line('pork')).toMatchObject({ need: '1050', event: '0' });
  const half = note({ kind: 'half' }).data as { note: string };
  // 525 g, on the grain of a 1 kg pack.
  expect(await box.line('pork')).toMatchObject({ need: '530' });
  box.command('day.forget', { note: half.note });
  note({ kind: 'event', value: '1.2', reason: 'party' });
  const party = await box.line('pork');
  expect(Number(party.need)).toBeCloseTo(1260, -2);
  expect(Number(party.event)).toBeCloseTo(210, -2);
  expect(party.flags).toContain('event');
  expect((await box.ask()).notes).toEqual([
    {
      id: expect.any(String),
      from: '2026-11-23',
      to: '2026-11-23',
      kind: 'event',
      value: '1.2',
      reason: 'party',
    },
  ]);
});

test('a past event is learned apart, and offered for the next of its reason', async () => {
  const refused = box.command('day.note', { from: '2026-11-23', kind: 'event', reason: 'fair' });
  expect(refused).toMatchObject({ status: 'rejected', code: 'no_factor' });
  for (const date of ['2026-11-12', '2026-11-19']) {
    box.command('day.note', { from: date, kind: 'event', value: '1.5', reason: 'fair' });
  }
  // Two fairs at which twice as much was sold as usual.
  box.sellDay(10);
  box.sellDay(3);
  expect(await box.line('pork')).toMatchObject({ need: '1050' });
  expect(
    box.command('day.note', { from: '2026-11-23', kind: 'event', reason: 'fair' }).status,
  ).toBe('applied');
  const fair = await box.line('pork');
  expect(Number(fair.need)).toBeGreaterThan(1.5 * 1050);
  expect(Number(fair.need)).toBeLessThan(2 * 1050 + 50);
  const { notes, reasons } = await box.suggestions.notes(MONDAY, MONDAY);
  expect(notes).toMatchObject([{ reason: 'fair', value: reasons[0]?.value }]);
  expect(Number(reasons[0]?.value)).toBeGreaterThan(1.5);
});

test('what it says is kept, and compared with what came', async () => {
  await box.ask();
  const rows = () =>
    box.db
      .prepare(
        'SELECT i.code, f.day, f.made_on, f.mean FROM forecast_day f JOIN item i ON i.id = f.item',
      )
      .raw()
      .all();
  expect(rows()).toContainEqual(['pork', 20261123, 20261122, 1_050_000_000]);
  // With what was announced meanwhile.
  const party = { from: '2026-11-23', kind: 'event', value: '1.2' };
  const { note } = box.command('day.note', party).data as { note: string };
  await box.ask();
  expect(rows()).toContainEqual(['pork', 20261123, 20261122, 1_260_000_000]);
  box.command('day.forget', { note });
  await box.ask();
  // The box keeps itself what it said: the next day, twelve plates came.
  box.sellDay(-1, 20);
  box.now += 86_400_000;
  const report = await box.suggestions.report({ from: MONDAY, to: MONDAY });
  expect(forecastReportSchema.parse(report)).toEqual(report);
  const pork = report.items.find(({ item }) => item === 'pork');
  expect(pork).toMatchObject({
    days: 1,
    used: '2100',
    forecast: '1050',
    wape: '0.500',
    bias: '-0.500',
    coverage: '0.000',
    orderedWape: null,
  });
});
