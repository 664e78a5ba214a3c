/** Examples of printing. Each is checked against its schema by a test. */

const at = '2026-11-22T13:36:00.000Z';

const kitchen = {
  name: 'kitchen',
  url: 'tcp://192.168.1.50:9100',
  columns: 48,
  chinese: 'gb18030',
  uses: ['order', 'suggestion'],
};

export const PRINT_EXAMPLES = {
  suggestion: { what: 'suggestion', for: '2026-11-23' },
  label: { what: 'label', item: 'pork-belly', lot: 'B-77', label: 'expiry', copies: 2 },
  order: { what: 'order', order: 'PO-20261123-014', printer: 'kitchen', language: 'en' },
  test: { what: 'self-test', printer: 'kitchen' },
};

export const PRINTED_EXAMPLE = { jobs: [{ job: 12, printer: 'kitchen', state: 'queued' }] };

export const PRINT_JOBS_EXAMPLE = {
  jobs: [
    {
      job: 12,
      printer: 'kitchen',
      kind: 'order',
      title: 'PO-20261123-014',
      state: 'unknown',
      open: true,
      attempts: 1,
      createdAt: at,
      endedAt: null,
      error: {
        en: 'in the middle: the printer is out of paper; put in a new roll: look whether it came out whole',
        zh: '打印中途:打印机缺纸,请换纸:请查看是否已完整打印',
      },
      actor: 'chen',
      reprintOf: null,
      pages: 1,
      printedPages: 0,
    },
  ],
};

export const PRINTERS_EXAMPLE = {
  printers: [{ ...kitchen, state: 'paper_out', seenAt: at, queued: 1, locked: null }],
};

export const PRINTER_SET_EXAMPLE = kitchen;

const { name: _, ...printerBody } = kitchen;
export const PRINTER_BODY_EXAMPLE = printerBody;

/** Data of each command of printing. */
export const PRINT_COMMAND_EXAMPLES = {
  'print.slip': { what: 'waste', day: '2026-11-22' },
  'print.retry': { job: 12 },
  'print.cancel': { job: 12 },
  'print.move': { job: 12, printer: 'bar' },
  'print.reprint': { job: 11, copies: 2 },
  'print.confirm': { job: 12, printed: true },
  'printer.set': kitchen,
  'printer.remove': { name: 'kitchen' },
} as const;
