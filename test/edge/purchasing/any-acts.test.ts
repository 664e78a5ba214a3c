/**
 * Whatever is done to orders in whatever order, none reaches a state that the rules do not know: the
 * history equals the entries, what came equals the receipts, and a refusal changes nothing.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandResult } from '#recipes/contracts/command.ts';
import { type OrderAct, type OrderState, stepAfter } from '#recipes/purchasing/order-state.ts';
import type { OrderView } from '../../../edge/purchasing/order-view.ts';
import { type HttpSink, openHttpSink } from '../../support/http-sink.ts';
import { BUTCHER, type OrderBox, startOrderBox } from './order-box.ts';

let box: OrderBox;
let http: HttpSink;
beforeAll(async () => {
  http = await openHttpSink();
  const send = [{ by: 'webhook', to: `${http.url}/hook` }];
  const config = { webhookSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' };
  box = await startOrderBox([{ ...BUTCHER, send }], { config });
});
afterAll(async () => {
  await box.stop();
  await http.close();
});

type Act =
  | { readonly do: 'edit'; readonly qty: number }
  | { readonly do: 'submit' | 'approve' | 'reject' | 'cancel' }
  | { readonly do: 'send'; readonly by: 'hand' | 'webhook'; readonly again: boolean }
  | { readonly do: 'receive'; readonly qty: number; readonly close: boolean }
  | { readonly do: 'undo'; readonly which: number }
  | { readonly do: 'message'; readonly status: number };

const qty = fc.integer({ min: 1, max: 6 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('edit' as const), qty }),
  fc.record({ do: fc.constantFrom('submit', 'approve', 'reject', 'cancel') }),
  fc.record({ do: fc.constantFrom('submit', 'approve') }),
  fc.record({
    do: fc.constant('send' as const),
    by: fc.constantFrom('hand', 'webhook'),
    again: fc.boolean(),
  }),
  fc.record({ do: fc.constant('receive' as const), qty, close: fc.boolean() }),
  fc.record({ do: fc.constant('undo' as const), which: fc.nat(9) }),
  fc.record({ do: fc.constant('message' as const), status: fc.constantFrom(200, 500, 410) }),
) as fc.Arbitrary<Act>;

/** What the rules call an act. */
function ruleOf(one: Act): OrderAct | undefined {
  if (one.do === 'send') return one.again ? 'resend' : 'send';
  return one.do === 'receive' || one.do === 'undo' || one.do === 'message' ? undefined : one.do;
}

async function carryOut(
  id: string,
  one: Act,
  receipts: number[],
): Promise<CommandResult | undefined> {
  const order = { order: id };
  switch (one.do) {
    case 'edit':
      return box.command('order.edit', {
        ...order,
        lines: [{ item: 'pork', qty: `${one.qty} kg` }],
      });
    case 'reject':
      return box.command('order.reject', { ...order, reason: 'no' });
    case 'send':
      return box.command('order.send', {
        ...order,
        by: one.by,
        ...(one.again ? { again: true } : {}),
      });
    case 'receive': {
      const lines = [{ item: 'pork', qty: `${one.qty} kg` }];
      const result = await box.command('delivery.receive', { ...order, lines, close: one.close });
      if (result.seq !== undefined) receipts.push(result.seq);
      return result;
    }
    case 'undo': {
      const entry = receipts[one.which];
      return entry === undefined ? undefined : box.command('entry.reverse', { entry });
    }
    case 'message': {
      http.answer = () => ({ status: one.status });
      box.clock.skip(3_100);
      // Two rounds of the loop and an answer.
      await new Promise((resolve) => setTimeout(resolve, 80));
      return undefined;
    }
    default:
      return box.command(`order.${one.do}`, order);
  }
}

const STATES: Readonly<Record<string, OrderState>> = {
  draft: 'draft',
  rejected: 'rejected',
  cancelled: 'cancelled',
};

/** What must hold of any order at any time. */
function checkView(order: OrderView): void {
  const names = order.history.map(({ step }) => step);
  expect(names[0]).toBe('draft');
  const edits = order.history.filter(
    ({ step, detail }) => step === 'edited' && detail?.revision !== undefined,
  );
  expect(order.revision).toBe(1 + edits.length);
  const acts = names.filter(
    (name) => !['partly_received', 'done', 'not_sent', 'sending', 'edited'].includes(name),
  );
  const last = acts.at(-1) ?? '';
  const now: Readonly<Record<string, readonly OrderState[]>> = {
    draft: ['draft'],
    submitted: ['submitted'],
    rejected: ['rejected'],
    cancelled: ['cancelled'],
    approved: ['approved', 'partly_received', 'done'],
    sent: ['sent', 'partly_received', 'done'],
  };
  const edited = names.lastIndexOf('edited') > names.lastIndexOf(last as (typeof names)[number]);
  const allowed = edited && last !== 'submitted' ? ['draft'] : now[last];
  expect(allowed, `${names.join(' ')} → ${order.state}`).toContain(order.state);
  if (STATES[order.state]) expect(order.state).toBe(STATES[order.state]);
  if (names.includes('sent')) expect(names.indexOf('approved')).toBeLessThan(names.indexOf('sent'));
  if (order.state === 'done')
    expect(['partly_received', 'done']).toContain(
      names.findLast((name) => name === 'done' || name === 'partly_received'),
    );
  if (order.state !== 'approved' && order.state !== 'sent') return;
  for (const line of order.lines) expect(line.received).toBe('0');
}

test('any acts on an order', { timeout: 240_000 }, async () => {
  let applied = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
      const id = await box.order();
      const receipts: number[] = [];
      for (const one of acts) {
        const before = await box.read(id);
        const result = await carryOut(id, one, receipts);
        const after = await box.read(id);
        checkView(after);
        const rule = ruleOf(one);
        if (rule !== undefined && result !== undefined) {
          const allowed = stepAfter(rule, before.state) !== undefined;
          expect(result.status, `${one.do} on ${before.state}`).toBe(
            allowed ? 'applied' : 'rejected',
          );
          if (!allowed) expect(result.code).toBe('order_state');
        }
        if (result?.status === 'rejected') {
          refused++;
          expect({ ...after, sendings: [] }).toEqual({ ...before, sendings: [] });
        } else applied++;
      }
      const steps = box.box.parts.purchasing.store.steps(id);
      const noted = new Set(steps.map(({ entry }) => entry));
      for (const entry of noted) {
        const { head } = box.box.parts.ledger.entries.get(entry) ?? {};
        const note = JSON.parse(head?.note ?? '{}') as { order: string; steps: string[] };
        expect(note.order).toBe(id);
        expect(
          steps
            .filter((step) => step.entry === entry)
            .map(({ step }) => step)
            .sort(),
        ).toEqual([...note.steps].sort());
      }
      await box.command('order.cancel', { order: id });
    }),
    { numRuns: 40, seed: 4 },
  );
  expect(box.breaches()).toEqual([]);
  expect(applied).toBeGreaterThan(80);
  expect(refused).toBeGreaterThan(60);
});
