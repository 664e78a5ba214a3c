/** Where an order stands, from what was said and what has come. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isReceivable,
  ORDER_ACTS,
  ORDER_STEPS,
  type OrderAct,
  standingOf,
  stepAfter,
} from '#recipes/purchasing/order-state.ts';

const lines = [
  { item: 'pork', qty: 8 },
  { item: 'rice', qty: 5 },
];
const came = (item: string, qty: number, closes = false) => ({ item, qty, closes });

test('a draft and a cancelled order stay what they are', () => {
  expect(standingOf('draft', lines, []).state).toBe('draft');
  expect(standingOf('cancelled', lines, []).state).toBe('cancelled');
  expect(standingOf('sent', lines, [])).toEqual({
    state: 'sent',
    received: [0, 0],
    missing: lines,
  });
});

test('in part, complete, and closed although something is missing', () => {
  const part = standingOf('sent', lines, [came('pork', 3), came('pork', 5)]);
  expect(part).toEqual({
    state: 'partly_received',
    received: [8, 0],
    missing: [{ item: 'rice', qty: 5 }],
  });
  expect(standingOf('sent', lines, [came('pork', 8), came('rice', 6)])).toEqual({
    state: 'done',
    received: [8, 6],
    missing: [],
  });
  const closed = standingOf('sent', lines, [came('pork', 8, true)]);
  expect(closed).toMatchObject({ state: 'done', missing: [{ item: 'rice', qty: 5 }] });
});

test('received is never lost nor made up, whatever the lines', () => {
  const item = fc.constantFrom('a', 'b', 'c');
  const ordered = fc.array(fc.record({ item, qty: fc.integer({ min: 1, max: 20 }) }), {
    minLength: 1,
  });
  const receipts = fc.array(
    fc.record({ item, qty: fc.integer({ min: 0, max: 20 }), closes: fc.constant(false) }),
  );
  fc.assert(
    fc.property(ordered, receipts, (list, got) => {
      const { received, missing, state } = standingOf('sent', list, got);
      for (const id of ['a', 'b', 'c']) {
        const sum = (rows: readonly { item: string; qty: number }[]) =>
          rows.reduce((total, row) => total + (row.item === id ? row.qty : 0), 0);
        const onLines = list.map((line, i) => ({ item: line.item, qty: received[i] ?? 0 }));
        if (sum(list) > 0) expect(sum(onLines)).toBe(sum(got));
        expect(sum(missing)).toBe(Math.max(0, sum(list) - sum(got)));
      }
      if (got.length > 0) expect(state === 'done').toBe(missing.length === 0);
    }),
  );
});

test('what can be done in which state, and nothing else', () => {
  const allowed = {
    draft: 'edit submit approve reject send cancel',
    submitted: 'edit approve reject send cancel',
    approved: 'edit send resend cancel',
    rejected: 'edit submit cancel',
    sent: 'resend cancel',
    cancelled: '',
    partly_received: 'resend',
    done: '',
  } as const;
  const acts = Object.keys(ORDER_ACTS) as OrderAct[];
  for (const state of [...ORDER_STEPS, 'partly_received', 'done'] as const) {
    const can = acts.filter((act) => stepAfter(act, state) !== undefined);
    expect(can.join(' '), state).toBe(allowed[state]);
  }
  expect(stepAfter('edit', 'approved')).toBe('draft');
  expect(stepAfter('edit', 'submitted')).toBe('submitted');
  expect(stepAfter('submit', 'rejected')).toBe('submitted');
  expect(ORDER_STEPS.filter(isReceivable)).toEqual(['approved', 'sent']);
});

test('goods may come in on an approved order', () => {
  expect(standingOf('approved', lines, [came('pork', 8)]).state).toBe('partly_received');
  expect(standingOf('approved', lines, [came('pork', 8), came('rice', 5)]).state).toBe('done');
  expect(standingOf('submitted', lines, [came('pork', 8)]).state).toBe('submitted');
});
