/** What expires is told by the clock of the restaurant. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InboxParts } from '../../../edge/inbox/inbox-item.ts';
import { shelves } from '../../../edge/inbox/stock-items.ts';
import { type InnerBox, innerBox, templateOf } from '../kitchen/inner-box.ts';
import { SMALL_BOOK } from '../small-kitchen.ts';

let box: InnerBox;
beforeAll(() => {
  box = innerBox(templateOf(SMALL_BOOK));
});
afterAll(() => box.close());

test('until when, and that it has passed', () => {
  const inbox = () => {
    const { parts } = box;
    const all = { ...parts, ...parts.receiving, purchase: parts.purchasing.inbox };
    return shelves(all as unknown as InboxParts);
  };
  box.now = Date.parse('2026-11-22T20:00:00+08:00');
  const expiresAt = '2026-11-22T23:59:59+08:00';
  box.command('delivery.receive', { lines: [{ item: 'pork', qty: '500', expiresAt }] });
  const [soon] = inbox();
  expect(soon).toMatchObject({
    kind: 'expiring',
    severity: 'watch',
    detail: { en: '500 g until 2026-11-22 23:59', zh: '500 g,到期 2026-11-22 23:59' },
    subject: { expiresAt: '2026-11-22T15:59:59.000Z' },
    actions: [],
  });
  box.now += 4 * 3_600_000;
  const [gone] = inbox();
  expect(gone).toMatchObject({ severity: 'act', detail: soon?.detail });
  expect(gone?.actions).toHaveLength(1);
});
