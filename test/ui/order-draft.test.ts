import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Approved, approveAll } from '../../kitchen-ui/src/order/approve.ts';
import {
  type Changes,
  draftOf,
  editLines,
  folded,
  orderLines,
  packsFor,
  proposalsForMinimum,
  toApprove,
  totalOf,
  withPacks,
} from '../../kitchen-ui/src/order/draft.ts';
import type {
  OrderFull,
  SuggestedLine,
  SuggestedSupplier,
  Suggestions,
} from '../../kitchen-ui/src/order/order-types.ts';
import { recompute, replacing } from '../../kitchen-ui/src/order/sum.ts';

/** The pork belly of the paper: 11.0 needed, 1 safety, 4.2 on hand, packs of 2 kg make 8 kg. */
function line(item: string, over: Partial<SuggestedLine> = {}): SuggestedLine {
  return {
    item,
    name: { zh: '五花肉', en: 'Pork belly' },
    category: 'meat',
    unit: 'g',
    packText: '2 kg',
    packAmount: '2000',
    rounding: 'up',
    price: '64.00',
    need: '11000',
    needHigh: '12600',
    lost: '0',
    safety: '1000',
    serviceLevel: '0.95',
    onHand: '4200',
    expiring: '0',
    replacing: '0',
    usable: '4200',
    onOrder: '0',
    missing: '7800',
    cap: null,
    capBy: null,
    raisedTo: null,
    packs: 4,
    quantity: '8000',
    amount: '256.00',
    par: null,
    max: null,
    days: [],
    method: 'seasonal',
    wape: '0.09',
    lowConfidence: false,
    flags: [],
    lastsUntil: null,
    past: [],
    dishes: [],
    why: { zh: '安全1kg 整件2kg', en: 'safety 1kg, pack 2kg' },
    ...over,
  };
}

const idle = (item: string) =>
  line(item, { need: '0', safety: '0', missing: '0', packs: 0, quantity: '0', amount: '0' });

function supplier(over: Partial<SuggestedSupplier> = {}): SuggestedSupplier {
  return {
    supplier: 'jinluo',
    name: { zh: '金锣', en: 'Jinluo' },
    arrivesAt: '2026-11-23T06:00:00+08:00',
    coverUntil: '2026-11-24T10:00:00+08:00',
    cutOff: '2026-11-22T22:30:00+08:00',
    pastCutOff: false,
    minimumOrder: '300.00',
    belowMinimum: false,
    contact: null,
    send: ['print', 'hand'],
    subtotal: '256.00',
    orders: [],
    lines: [line('pork-belly'), idle('lard')],
    ...over,
  };
}

function suggested(...suppliers: SuggestedSupplier[]): Suggestions {
  return {
    for: '2026-11-23',
    madeAt: '2026-11-22T21:36:00+08:00',
    day: '2026-11-22',
    currency: 'CNY',
    special: null,
    notes: [],
    accuracy: { wape: '0.12', ordered: null, days: 14, lowConfidence: 0 },
    suppliers,
  };
}

function order(over: Partial<OrderFull> = {}): OrderFull {
  return {
    order: 'PO-20261123-001',
    supplier: 'jinluo',
    supplierName: 'Jinluo',
    state: 'draft',
    deliverOn: '2026-11-23',
    note: null,
    lines: [
      {
        item: 'pork-belly',
        name: 'Pork belly',
        ordered: '10000',
        received: '0',
        unit: 'g',
        written: '10000 g',
        pack: '2 kg',
        packAmount: '2000',
        price: '64.00',
      },
    ],
    ...over,
  };
}

describe('the sum behind a line', () => {
  it('recomputes to the quantity that is shown', () => {
    expect(recompute(line('pork-belly'))).toEqual({
      usable: '4200',
      missing: '7800',
      asked: { packs: 4, quantity: '8000' },
      packs: 4,
      quantity: '8000',
      changedBy: [],
      agrees: true,
    });
  });

  it('says no to every figure that does not follow', () => {
    for (const wrong of [
      { missing: '7900' },
      { quantity: '6000' },
      { packs: 3, quantity: '6000' },
      { usable: '4300' },
      { need: '12000' },
      { lost: '500' },
    ]) {
      expect(recompute(line('pork-belly', wrong)).agrees, JSON.stringify(wrong)).toBe(false);
    }
  });

  it('knows room, shelf life and the minimum of the supplier', () => {
    const room = recompute(
      line('a', {
        cap: '5000',
        capBy: 'max',
        packs: 2,
        quantity: '4000',
        flags: ['capped_by_max'],
      }),
    );
    expect(room).toMatchObject({ changedBy: ['capped_by_max'], packs: 2, agrees: true });
    expect(room.asked.packs).toBe(4);
    const life = line('a', { cap: '2000', capBy: 'shelf_life', packs: 1, quantity: '2000' });
    expect(recompute(life).changedBy).toEqual(['capped_by_shelf_life']);
    const raised = line('a', { raisedTo: 5, packs: 5, quantity: '10000' });
    expect(recompute(raised)).toMatchObject({ changedBy: ['raised_to_minimum'], agrees: true });
  });

  it('agrees with any sum that was worked out by the same rules', () => {
    const amount = fc.integer({ min: 0, max: 5_000_000 });
    fc.assert(
      fc.property(
        amount,
        amount,
        amount,
        amount,
        fc.integer({ min: 1, max: 9_999 }),
        (n, s, h, o, p) => {
          const missing = Math.max(0, n + s - h - o);
          const packs = Math.ceil(missing / p);
          const sum = line('x', {
            need: `${n}`,
            safety: `${s}`,
            onHand: `${h}`,
            usable: `${h}`,
            onOrder: `${o}`,
            missing: `${missing}`,
            packAmount: `${p}`,
            packs,
            quantity: `${packs * p}`,
          });
          return recompute(sum).agrees;
        },
      ),
    );
  });

  it('finds what offcuts replace where the box does not say it', () => {
    const { replacing: _, ...old } = line('a', { onHand: '1000', expiring: '200', usable: '1300' });
    expect(replacing(old)).toBe('500');
  });
});

describe('a draft', () => {
  it('takes over changes, money and the minimum', () => {
    const [before] = draftOf(suggested(supplier()), {}, []);
    expect(before).toMatchObject({ subtotal: '256', missingForMinimum: '44' });
    const changes = withPacks({}, 'jinluo', 'pork-belly', 5, 4);
    const [after] = draftOf(suggested(supplier()), changes, []);
    expect(after).toMatchObject({ subtotal: '320', missingForMinimum: null });
    expect(after?.lines[0]).toMatchObject({ packs: 5, quantity: '10000', changed: true });
  });

  it('is no change when somebody comes back to where it began', () => {
    const there = withPacks({}, 'jinluo', 'pork-belly', 5, 4);
    expect(withPacks(there, 'jinluo', 'pork-belly', 4, 4)).toEqual({});
    const two: Changes = withPacks(there, 'haixin', 'prawn', 1, 0);
    expect(withPacks(two, 'jinluo', 'pork-belly', 4, 4)).toEqual({ haixin: { prawn: 1 } });
  });

  it('shows what another tablet drafted, and sends only what differs from it', () => {
    const of = supplier({ orders: [{ order: 'PO-20261123-001', state: 'draft' }] });
    const [shared] = draftOf(suggested(of), {}, [order()]);
    if (shared === undefined) throw new Error('no supplier');
    expect(shared.lines[0]).toMatchObject({ packs: 5, began: 5, changed: true });
    expect(editLines(shared)).toEqual([]);
    const changes = withPacks({}, 'jinluo', 'lard', 2, 0);
    const [edited] = draftOf(suggested(of), changes, [order()]);
    expect(edited && editLines(edited)).toEqual([{ item: 'lard', qty: '4000 g' }]);
    const gone = withPacks({}, 'jinluo', 'pork-belly', 0, 5);
    const [none] = draftOf(suggested(of), gone, [order()]);
    expect(none && editLines(none)).toEqual([{ item: 'pork-belly', qty: '0' }]);
  });

  it('orders what has packs, with what was suggested beside it', () => {
    const [one] = draftOf(suggested(supplier()), { jinluo: { 'pork-belly': 3 } }, []);
    expect(one && orderLines(one)).toEqual([
      { item: 'pork-belly', qty: '6000 g', suggested: '8000 g' },
    ]);
  });

  it('approves no supplier whose order is there, unless it is the draft itself', () => {
    const sent = supplier({ orders: [{ order: 'PO-9', state: 'sent' }] });
    const cancelled = supplier({ orders: [{ order: 'PO-9', state: 'cancelled' }] });
    const drafted = supplier({ orders: [{ order: 'PO-20261123-001', state: 'draft' }] });
    const count = (of: SuggestedSupplier, orders: OrderFull[] = []) =>
      toApprove(draftOf(suggested(of), {}, orders)).length;
    expect(count(sent)).toBe(0);
    expect(count(cancelled)).toBe(1);
    expect(count(drafted, [order()])).toBe(1);
    expect(count(supplier({ lines: [idle('lard')] }))).toBe(0);
  });

  it('folds what needs nothing, but not what somebody touched or what runs out', () => {
    const lines = [line('a'), idle('b'), { ...idle('c'), flags: ['low'] }, idle('d')];
    const [one] = draftOf(suggested(supplier({ lines })), { jinluo: { d: 1 } }, []);
    const { open, idle: rest } = folded(one?.lines ?? []);
    expect(open.map(({ of }) => of.item)).toEqual(['a', 'c', 'd']);
    expect(rest.map(({ of }) => of.item)).toEqual(['b']);
  });

  it('proposes for the minimum what is covered least, and nothing that must be used first', () => {
    const lines = [
      line('full', { usable: '40000' }),
      line('scarce', { usable: '0' }),
      line('old', { usable: '0', flags: ['use_first'] }),
      line('unpriced', { usable: '0', price: null }),
    ];
    const [one] = draftOf(suggested(supplier({ lines })), {}, []);
    const found = one === undefined ? [] : proposalsForMinimum(one, 2);
    expect(found.map(({ of }) => of.item)).toEqual(['scarce', 'full']);
    expect(totalOf([{ subtotal: '0.1' }, { subtotal: '0.2' }])).toBe('0.3');
  });

  it('orders whole packs that hold at least what was typed', () => {
    expect(packsFor('240', '30')).toBe(8);
    expect(packsFor('241', '30')).toBe(9);
    expect(packsFor('0', '30')).toBe(0);
    expect(packsFor('0.1', '0.1')).toBe(1);
  });
});

describe('approving', () => {
  const two = () =>
    draftOf(suggested(supplier(), supplier({ supplier: 'haixin', send: ['email'] })), {}, []);
  type Sent = { kind: string; data: Record<string, unknown> };

  function ports(refuse: Readonly<Record<string, object>> = {}) {
    const sent: Sent[] = [];
    const printed: string[] = [];
    let n = 0;
    const run = async (body: { kind: string; data: unknown }) => {
      const data = body.data as Record<string, unknown>;
      sent.push({ kind: body.kind, data });
      const no = refuse[`${body.kind} ${data['supplier'] ?? data['order']}`];
      if (no !== undefined) return { id: '', status: 'rejected' as const, ...no };
      if (body.kind === 'order.create') n += 1;
      return { id: '', status: 'applied' as const, data: { order: `PO-${n}` } };
    };
    const print = async (one: string) => void printed.push(one);
    return { sent, printed, run, print, language: 'zh' };
  }

  async function approve(given: Parameters<typeof approveAll>[0], again: string[] = []) {
    const told: Approved[] = [];
    const options = { deliverOn: '2026-11-23', again: new Set(again) };
    await approveAll(given, two(), options, (one) => void told.push(one));
    return told;
  }

  it('drafts, approves and prints each; who gets mail gets paper, too', async () => {
    const given = ports();
    const told = await approve(given, ['haixin']);
    expect(told.map(({ order: id, refusal }) => [id, refusal])).toEqual([
      ['PO-1', null],
      ['PO-2', null],
    ]);
    expect(given.sent.map(({ kind }) => kind)).toEqual([
      'order.create',
      'order.approve',
      'order.create',
      'order.approve',
    ]);
    expect(given.sent[0]?.data).not.toHaveProperty('again');
    expect(given.sent[2]?.data).toMatchObject({ again: true, deliverOn: '2026-11-23' });
    expect(given.sent.map(({ data }) => data['send'])).toEqual([
      undefined,
      { by: 'print', language: 'zh' },
      undefined,
      { by: 'email', language: 'zh' },
    ]);
    expect(given.printed).toEqual(['PO-2']);
  });

  it('prints where the box has nothing to send messages from', async () => {
    const given = ports();
    const run = async (body: { kind: string; data: unknown }) => {
      const result = await given.run(body);
      const { send } = body.data as { send?: { by: string } };
      if (send?.by !== 'email') return result;
      return { id: '', status: 'rejected' as const, code: 'channel_not_set_up' };
    };
    const told = await approve({ ...given, run });
    expect(told.map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(given.sent.at(-1)?.data['send']).toEqual({ by: 'print', language: 'zh' });
    expect(given.printed).toEqual([]);
  });

  it('goes on after a refusal and says which order is there already', async () => {
    const no = {
      code: 'order_duplicate',
      message: { en: 'there is one' },
      data: { duplicates: ['PO-7'] },
    };
    const told = await approve(ports({ 'order.create jinluo': no }));
    expect(told).toMatchObject([
      { supplier: 'jinluo', order: null, duplicateOf: 'PO-7' },
      { supplier: 'haixin', order: 'PO-1', refusal: null },
    ]);
  });

  it('stops when nobody proves to be a manager', async () => {
    const given = ports();
    let asked = 0;
    const run = async (body: { kind: string; data: unknown }) => {
      asked += 1;
      return body.kind === 'order.approve' ? null : given.run(body);
    };
    expect(await approve({ ...given, run })).toEqual([]);
    expect(asked).toBe(2);
  });
});
