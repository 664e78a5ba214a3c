/** Days of one store: what a box takes in and does before a backup, after it, and what another one does. */
import { KITCHEN_BOOK } from '../kitchen/kitchen-book.ts';
import { type Life, openKitchen, type Said } from './two-lives.ts';

/** A sale as a till writes it. */
export const sale = (id: string, lines: object[], more: object = {}) => ({
  id,
  type: 'larder.pos.sale.v1',
  specversion: '1.0',
  ...more,
  data: { saleId: id, lines },
});
/** Its first line. */
export const line = (sku: string, qty: string, more: object = {}) => ({
  lineId: '1',
  sku,
  qty,
  ...more,
});

/** Before the backup. @returns the entry of what is undone on the second day */
export async function firstDay(life: Life): Promise<number> {
  await openKitchen(life);
  await life.event(sale('day1', [line('B', '3')], { sequence: '1', epoch: 'e' }));
  const { seq = 0 } = await life.does('waste.log', { item: 'egg', qty: '2', reason: 'dropped' });
  return seq;
}

/** What the old box took in and did after the backup. */
export async function secondDay(life: Life, told: number): Promise<void> {
  life.at('2026-11-22T10:00:00+08:00');
  await life.does('delivery.receive', {
    supplier: 'jinluo',
    lines: [
      { item: 'belly', qty: '4 kg', lot: 'B-2', price: '31.00' },
      { item: 'egg', qty: '0', refused: '30', problem: 'rejected' },
    ],
  });
  // One without a time of its own counts when it came.
  await life.event(sale('day2-plain', [line('B', '5')], { sequence: '2', epoch: 'e' }));
  life.skip(10);
  await life.event(
    sale('day2-timed', [line('S', '2'), line('E', '1', { lineId: '2' })], {
      time: '2026-11-22T11:30:00+08:00',
      sequence: '3',
      epoch: 'e',
    }),
  );
  life.skip(10);
  await life.does('waste.log', { lot: 'F-1', reason: 'spoiled', qty: '500' });
  await life.does('waste.log', { lot: 'E-1', reason: 'expired', qty: '3' }, 'to-undo');
  await life.does('batch.produce', { recipe: 'sauce', qty: '2 kg', lot: 'SAUCE-2', labels: 2 });
  await life.does('trim.log', {
    lot: 'F-1',
    in: '1 kg',
    outs: [
      { to: 'usable', qty: '800' },
      { to: 'reuse', item: 'scraps', qty: '150' },
      { to: 'bin' },
    ],
  });
  await life.does('count.observe', { count: 'evening', item: 'rice', qty: '28 kg' });
  await life.does('count.post', { count: 'evening' });
  life.skip(60);
  await life.event({
    id: 'void2',
    type: 'larder.pos.void.v1',
    specversion: '1.0',
    sequence: '4',
    epoch: 'e',
    data: { saleId: 'day2-plain', lines: [{ lineId: '1', qty: '2' }], disposition: 'not_made' },
  });
  // A void of a sale that both boxes know.
  await life.event({
    id: 'void1',
    type: 'larder.pos.void.v1',
    specversion: '1.0',
    sequence: '5',
    epoch: 'e',
    data: { saleId: 'day1', lines: [{ lineId: '1', qty: '1' }], disposition: 'made_discarded' },
  });
  const undone = life.box.parts.commands.find('to-undo')?.result.seq;
  await life.does('entry.reverse', { entry: undone }, 'undo-new');
  await life.does('entry.reverse', { entry: told }, 'undo-old');
  await life.event(sale('day2-held', [line('NEW', '2')], { sequence: '6', epoch: 'e' }));
  await life.does('sku.map', { sku: 'NEW', recipe: 'omelette' });
  const richer = structuredClone(KITCHEN_BOOK);
  const bowl = richer.recipes.find(({ id }) => id === 'bowl');
  if (bowl)
    bowl.lines = [
      { item: 'belly', qty: '160 g' },
      { item: 'rice', qty: '200 g' },
    ];
  await life.does('book.adopt', { book: richer, validFrom: '2026-11-22T18:00:00+08:00' });
  life.at('2026-11-22T19:00:00+08:00');
  await life.event(sale('day2-richer', [line('B', '1')], { sequence: '7', epoch: 'e' }));
  await life.does('setting.set', { key: 'storeName', value: 'Old name' });
  await life.does('user.add', { user: 'wang', name: 'Wang', role: 'cook', pin: '1234' });
  // Not understood, and not to be understood elsewhere either.
  await life.event('{"id":"broken",');
}

/** What the restored box does before it hears of the old one. */
export async function thirdDay(life: Life): Promise<void> {
  const at = (time: string) => ({ time: `2026-11-23T${time}:00+08:00` });
  await life.event(sale('day3', [line('E', '4')], { ...at('09:01'), sequence: '8', epoch: 'e' }));
  await life.does('setting.set', { key: 'storeName', value: 'New name' });
  await life.does('delivery.receive', { lines: [{ item: 'rice', qty: '5 kg', lot: 'R-3' }] });
  await life.does('waste.log', { item: 'belly', qty: '1 kg', reason: 'spoiled' });
  await life.event(
    sale('day3-two', [line('S', '1')], { ...at('09:05'), sequence: '9', epoch: 'e' }),
    'T1',
  );
}

/** What was said, once, at its time; numbers of entries as this box has them. */
export async function tellAll(life: Life, all: readonly Said[]): Promise<void> {
  for (const one of all) {
    life.at(one.at);
    const undone = 'id' in one && { 'undo-new': 'to-undo', 'undo-old': wasted(all) }[one.id];
    const seq = undone ? life.box.parts.commands.find(undone)?.result.seq : undefined;
    await life.tell(seq === undefined ? one : { ...(one as Command), data: { entry: seq } });
  }
}

type Command = Extract<Said, { id: string }>;

function wasted(all: readonly Said[]): string {
  const first = all.find((one) => 'kind' in one && one.kind === 'waste.log');
  return first && 'kind' in first ? first.id : '';
}
