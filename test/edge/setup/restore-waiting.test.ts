/** What waited for paper or for a supplier when a backup was made, may be out when it is put back. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { InboxItem } from '../../../edge/inbox/inbox-item.ts';
import { installation } from '../../../edge/installation.ts';
import { realPorts } from '../../../edge/runtime/ports.ts';
import { copyDatabase } from '../../../edge/setup/backup-store.ts';
import { draftOf, prepareRestore, putInPlace } from '../../../edge/setup/restore.ts';
import { startFakePrinter } from '../../support/fake-printer.ts';
import { openHttpSink } from '../../support/http-sink.ts';
import { BUTCHER, startOrderBox } from '../purchasing/order-box.ts';

test('nothing is printed or sent twice by itself: a person is asked', async () => {
  const printer = await startFakePrinter();
  const http = await openHttpSink();
  const send = [{ by: 'webhook', to: `${http.url}/in` }];
  const config = {
    printers: `kitchen=tcp://127.0.0.1:${printer.port}`,
    webhookSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  };
  const box = await startOrderBox([{ ...BUTCHER, send }], { config });
  try {
    printer.behave({ coverOpen: true });
    await box.api('POST', '/print', { what: 'self-test' });
    const order = await box.order();
    await box.command('order.approve', { order, send: { by: 'webhook' } });
    const file = join(box.data, 'larder.db');
    const backup = join(box.data, 'backup.db');
    copyDatabase(file, backup);
    // Both go out after the backup was made.
    printer.refill(true);
    box.clock.skip(3_000);
    await box.until(order, ({ state }) => state === 'sent');
    await expect.poll(() => printer.pages().length, { timeout: 20_000 }).toBe(1);
    const ports = realPorts();
    await box.restart(() => {
      const prepared = prepareRestore(draftOf(file, backup), ports, installation().migrations);
      if (!prepared.ok) throw new Error(prepared.why);
      putInPlace(file, prepared, ports.now());
    });
    box.clock.skip(3_000);
    await expect.poll(() => printer.calls(), { timeout: 20_000 }).toBeGreaterThan(2);
    const { items } = await box.api<{ items: InboxItem[] }>('GET', '/inbox');
    const kinds = items.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['order_unsent', 'print_job']));
    expect(printer.pages()).toHaveLength(1);
    expect(http.posts).toHaveLength(1);
    expect(box.breaches()).toEqual([]);
    const again = items.find(({ kind }) => kind === 'print_job')?.actions[1]?.command;
    await box.command(again?.kind ?? '', again?.data);
    await expect
      .poll(() => printer.pages().at(-1), { timeout: 20_000 })
      .toMatchObject({
        reprint: true,
      });
  } finally {
    await box.stop();
    await printer.close();
    await http.close();
  }
});
