/** What stands on the A4 sheet of a purchase order, as pdfmake wants it described. */
import type { Content, createPdf, TableCell } from 'pdfmake';
import { paperMoney, plainMoney } from '#recipes/slips/figures.ts';
import { showable } from '#recipes/slips/letters.ts';
import { capitalsOf, deliveryText, standingText, warningOf } from '#recipes/slips/order-slip.ts';
import { orderedText, packSize } from '#recipes/slips/pack-words.ts';
import type { SlipLanguage } from '#recipes/slips/slip.ts';
import type { OrderSlipData, OrderSlipLine } from '#recipes/slips/slip-data.ts';
import { slipClock } from '#recipes/slips/slip-time.ts';
import { word } from '#recipes/slips/slip-words.ts';
import { nameIn } from '#recipes/words/words.ts';

/** A document as pdfmake takes it. */
type Page = Parameters<typeof createPdf>[0];

/** The name under which the document asks for its font. */
export const FONT = 'Hans';

/** The whole document. Pages are numbered; the head of the table stands on each. */
export function orderPage(data: OrderSlipData, language: SlipLanguage): Page {
  const warning = warningOf(data);
  const title = language === 'zh' ? '采购订单 PURCHASE ORDER' : 'PURCHASE ORDER 采购订单';
  return {
    pageSize: 'A4',
    pageMargins: [40, 40, 40, 50],
    info: { title: `${data.order} ${showable(nameIn(language, data.supplierName))}` },
    defaultStyle: { font: FONT, fontSize: 10, lineHeight: 1.3 },
    content: [
      { text: title, fontSize: 18, alignment: 'center' },
      line(word(language, 'revision', data.order, data.revision), 'center'),
      ...(warning === undefined ? [] : [line(word(language, warning), 'center')]),
      headOf(data, language),
      linesOf(data, language),
      ...footOf(data, language),
    ],
    footer: (page: number, of: number) => ({
      columns: [line(data.order), line(word(language, 'page', page, of), 'right')],
      margin: [40, 14, 40, 0],
      fontSize: 8,
    }),
  };
}

const GREY = '#555';

function line(text: string, alignment: 'left' | 'right' | 'center' = 'left') {
  const shown = showable(text);
  // A word as long as a line is broken anywhere; others where words are.
  const isLong = /[^\s一-龥]{20}/.test(shown);
  return { text: shown, alignment, ...(isLong ? { wordBreak: 'break-all' as const } : {}) };
}

/** Who orders from whom, for when; the code for the scanner at the back door. */
function headOf(data: OrderSlipData, language: SlipLanguage): Content {
  const clock = slipClock(language, data.store.timeZone);
  const { store } = data;
  const supplier = `${nameIn(language, data.supplierName, data.supplier)} (${data.supplier})`;
  const left = [
    word(language, 'buyer', `${nameIn(language, store.name)} ${store.id}`),
    ...(store.address ? [word(language, 'shipTo', store.address)] : []),
    ...(store.receiver ? [word(language, 'receiver', store.receiver)] : []),
    word(language, 'supplier', supplier),
    ...(data.supplierContact ? [word(language, 'contact', data.supplierContact)] : []),
    word(language, 'deliver', deliveryText(data, clock)),
    ...(data.cutOff === null ? [] : [word(language, 'cutOff', clock.stamp(data.cutOff))]),
    word(language, 'printed', clock.stamp(data.printedAt)),
  ];
  return {
    columns: [
      { width: '*', stack: left.map((text) => line(text)) },
      { width: 100, qr: data.order, fit: 90, alignment: 'right' },
    ],
    margin: [0, 14, 0, 14],
  };
}

function linesOf(data: OrderSlipData, language: SlipLanguage): Content {
  const heads = ['itemSpec', 'quantity', 'price', 'amount'] as const;
  const head: TableCell[] = [
    line('#'),
    ...heads.map((key, i) => line(word(language, key), i === 0 ? 'left' : 'right')),
  ];
  const total = data.total === null ? '-' : paperMoney(language, data.currency, data.total);
  const sum: TableCell[] = [
    { ...line(word(language, 'orderTotal')), colSpan: 4 },
    {},
    {},
    {},
    line(total, 'right'),
  ];
  const rows = data.lines.map((one, i) => rowOf(one, i + 1, language));
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [24, '*', 110, 70, 80],
      body: [head, ...rows, sum],
    },
    layout: {
      hLineWidth: (i, { table }) => (i <= 1 || i >= table.body.length - 1 ? 0.8 : 0.3),
      vLineWidth: () => 0,
      paddingTop: () => 5,
      paddingBottom: () => 2,
      hLineColor: () => GREY,
    },
  };
}

function rowOf(one: OrderSlipLine, number: number, language: SlipLanguage): TableCell[] {
  const wishes = [
    packSize(language, one),
    ...(one.maxTemperature ? [word(language, 'temperature', one.maxTemperature)] : []),
    ...(one.note ? [one.note] : []),
  ].join('  ');
  return [
    line(String(number)),
    {
      stack: [
        line(nameIn(language, one.name, one.item)),
        { ...line(wishes), fontSize: 8, color: GREY },
      ],
    },
    line(orderedText(language, one), 'right'),
    line(one.price === null ? '-' : plainMoney(one.price), 'right'),
    line(one.amount === null ? '-' : plainMoney(one.amount), 'right'),
  ];
}

function footOf(data: OrderSlipData, language: SlipLanguage): Content[] {
  const clock = slipClock(language, data.store.timeZone);
  const capitals = capitalsOf(data, language);
  const who = data.approved;
  const approved = who === null ? '-' : `${who.by ?? ''} ${clock.stamp(who.at)}`.trim();
  const signed = (caption: string) => line(`${caption} ______________________`);
  return [
    {
      stack: [
        ...(capitals === undefined ? [] : [line(word(language, 'capitals', capitals))]),
        ...(data.note ? [line(word(language, 'note', data.note))] : []),
      ],
      margin: [0, 10, 0, 0],
    },
    {
      columns: [
        line(word(language, 'approvedBy', approved)),
        line(standingText(data, language, clock), 'right'),
      ],
      margin: [0, 14, 0, 24],
    },
    {
      columns: [signed(word(language, 'driver')), signed(word(language, 'receivedBy'))],
      unbreakable: true,
    } as Content,
  ];
}
