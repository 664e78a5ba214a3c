import { describe, expect, it } from 'vitest';
import { CURVE, curveOf, leaning, ofHundred } from '../../kitchen-ui/src/accuracy/curve.ts';
import { printJobOf } from '../../kitchen-ui/src/order/after.ts';
import type { OrderFull } from '../../kitchen-ui/src/order/order-types.ts';
import {
  addressOf,
  isPrinterName,
  kindOf,
  urlOf,
} from '../../kitchen-ui/src/printers/printer-form.ts';
import type { PrintJob } from '../../kitchen-ui/src/printers/printer-types.ts';

describe('the curve of an item', () => {
  it('draws both on one scale from zero, within its frame', () => {
    const days = [
      { used: '10', forecast: '5' },
      { used: '0', forecast: '10' },
      { used: '5', forecast: '10' },
    ];
    const { edge, width, height } = CURVE;
    const curve = curveOf(days);
    expect(curve?.used).toBe(
      `M${edge} ${edge}L${width / 2} ${height - edge}L${width - edge} ${height / 2}`,
    );
    expect(curve?.forecast).toBe(
      `M${edge} ${height / 2}L${width / 2} ${edge}L${width - edge} ${edge}`,
    );
  });

  it('is none of one day, or of nothing', () => {
    expect(curveOf([{ used: '1', forecast: '1' }])).toBeNull();
    const nothing = { used: '0', forecast: '0' };
    expect(curveOf([nothing, nothing])).toBeNull();
  });

  it('says how far off and which way', () => {
    expect([ofHundred('0.123'), ofHundred(null), ofHundred('')]).toEqual([12, null, null]);
    expect(['0.019', '0.05', '-0.05', null].map(leaning)).toEqual(['even', 'over', 'under', null]);
  });
});

describe('a printer', () => {
  it.each([
    ['tcp', '192.168.1.50', 'tcp://192.168.1.50:9100'],
    ['tcp', '192.168.1.50:9101', 'tcp://192.168.1.50:9101'],
    ['file', '/dev/usb/lp0', 'file:/dev/usb/lp0'],
    ['serial', '/dev/ttyUSB0?baud=9600', 'serial:/dev/ttyUSB0?baud=9600'],
    ['virtual', '', 'virtual:kitchen'],
    ['tcp', ' ', ''],
  ] as const)('by %s at "%s" is %s, and back', (kind, address, url) => {
    expect(urlOf(kind, address, 'kitchen')).toBe(url);
    if (url === '') return;
    expect(kindOf(url)).toBe(kind);
    expect(urlOf(kind, addressOf(url), 'kitchen')).toBe(url);
  });

  it('has a name that a file can have', () => {
    expect(['kitchen', 'bar-2', 'A_1'].every(isPrinterName)).toBe(true);
    expect(['', '../x', 'a b', '厨房', '-x'].some(isPrinterName)).toBe(false);
  });
});

describe('the paper of an order', () => {
  const job = (n: number, title: string): PrintJob => ({
    job: n,
    printer: 'kitchen',
    kind: 'order',
    title,
    state: 'printed',
    attempts: 1,
    createdAt: '',
    endedAt: null,
    error: null,
    actor: null,
    reprintOf: null,
  });
  const order = (history: OrderFull['history'] = []): OrderFull => ({
    order: 'PO-2',
    supplier: 's',
    supplierName: 's',
    state: 'sent',
    deliverOn: null,
    note: null,
    lines: [],
    history,
  });

  it('is the newest job that names it, or that its history names', () => {
    const jobs = [job(1, 'PO-2'), job(3, 'PO-2'), job(4, 'PO-9')];
    expect(printJobOf(order(), jobs)?.job).toBe(3);
    const sent = { step: 'sent', at: '', actor: null, detail: { job: 7 } as object };
    expect(printJobOf(order([sent]), [...jobs, job(7, 'x')])?.job).toBe(7);
    expect(printJobOf(order(), [job(4, 'PO-9')])).toBeNull();
  });
});
