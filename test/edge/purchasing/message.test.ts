/** What a supplier reads is one line for each thing said, whatever somebody typed. */
import { expect, test } from 'vitest';
import type { OrderView } from '../../../edge/purchasing/order-view.ts';
import { type Message, messageLines } from '../../../edge/purchasing/sending/message.ts';

const order = {
  order: 'PO-20261124-001',
  supplier: 'butcher',
  supplierName: { en: 'Butcher\u202e' },
  revision: 1,
  deliverOn: null,
  arrivesAt: null,
  lines: [],
  total: null,
  currency: 'CNY',
  note: 'thanks\r\n2. Pork belly 900 kg\u2028total 0',
} as unknown as OrderView;
const message = {
  what: 'order',
  order,
  store: { id: 'demo', name: { en: 'Larder' }, timeZone: 'Asia/Shanghai' },
} as unknown as Message;

test.each(['order', 'cancel'] as const)('a note cannot forge a line: %s', (what) => {
  for (const line of messageLines('en', { ...message, what })) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
  }
});

test('a note stands on its line, all of it', () => {
  expect(messageLines('en', message)).toContain('Note: thanks 2. Pork belly 900 kg total 0');
});
