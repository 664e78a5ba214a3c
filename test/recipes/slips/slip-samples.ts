/** One of each paper, as on the drawing board: the data behind the golden texts. */

import { labelSlip } from '#recipes/slips/label-slip.ts';
import { orderSlip } from '#recipes/slips/order-slip.ts';
import { selfTestSlip } from '#recipes/slips/self-test-slip.ts';
import type { Columns, Slip, SlipLanguage } from '#recipes/slips/slip.ts';
import type {
  LabelSlipData,
  OrderSlipData,
  SelfTestSlipData,
  SlipStore,
  SuggestionSlipData,
  SuggestionSlipLine,
  WasteSlipData,
} from '#recipes/slips/slip-data.ts';
import { suggestionSlip } from '#recipes/slips/suggestion-slip.ts';
import { wasteSlip } from '#recipes/slips/waste-slip.ts';

export const store: SlipStore = {
  id: 'SH-0042',
  name: { zh: '淮海路店', en: 'Huaihai Rd' },
  timeZone: 'Asia/Shanghai',
  address: '上海市黄浦区淮海中路 000 号 后门',
  receiver: '李姐 138****0042  06:00-08:00',
};

const ample: Pick<SuggestionSlipLine, 'onOrder' | 'flags' | 'packText' | 'packs' | 'quantity'> = {
  onOrder: '0',
  flags: [],
  packText: '1 kg',
  packs: 0,
  quantity: '0',
};

export const suggestion: SuggestionSlipData = {
  store,
  day: '2026-11-22',
  for: '2026-11-23',
  printedAt: '2026-11-22T13:36:00Z',
  currency: 'CNY',
  covers: { expected: 312, lastWeek: 298 },
  suppliers: [
    {
      supplier: 'jinluo',
      name: { zh: '金锣鲜肉', en: 'Jinluo Fresh Meat' },
      arrivesAt: '2026-11-22T22:00:00Z',
      coverUntil: '2026-11-24T02:00:00Z',
      cutOff: '2026-11-22T14:30:00Z',
      pastCutOff: false,
      minimumOrder: '300.00',
      belowMinimum: false,
      subtotal: '496.00',
      lines: [
        {
          item: 'pork-belly',
          name: { zh: '五花肉', en: 'Pork belly' },
          unit: 'g',
          onHand: '4200',
          usable: '4200',
          need: '11000',
          onOrder: '0',
          packText: '2 kg',
          packs: 4,
          quantity: '8000',
          flags: [],
          why: { zh: '安全1kg 整件2kg', en: 'safety 1kg, pack 2kg' },
        },
        {
          item: 'chicken-leg',
          name: { zh: '鸡腿肉', en: 'Chicken leg' },
          unit: 'g',
          onHand: '1100',
          usable: '1100',
          need: '7400',
          onOrder: '0',
          packText: '2 kg',
          packs: 4,
          quantity: '8000',
          flags: ['low'],
          why: {
            zh: '安全1.2kg 整件2kg 只够到11:40',
            en: 'safety 1.2kg, pack 2kg, lasts to 11:40',
          },
        },
        {
          ...ample,
          item: 'pork-shoulder',
          name: { zh: '猪前腿', en: 'Pork shoulder' },
          unit: 'g',
          onHand: '6000',
          usable: '6000',
          need: '5100',
          why: { zh: '够用', en: 'enough' },
        },
      ],
    },
    {
      supplier: 'laowang',
      name: { zh: '老王菜行', en: 'Lao Wang Produce' },
      arrivesAt: '2026-11-22T22:00:00Z',
      coverUntil: '2026-11-24T02:00:00Z',
      cutOff: '2026-11-22T15:00:00Z',
      pastCutOff: false,
      minimumOrder: null,
      belowMinimum: false,
      subtotal: '171.50',
      lines: [
        {
          item: 'scallion',
          name: { zh: '小葱', en: 'Scallion' },
          unit: 'g',
          onHand: '800',
          usable: '800',
          need: '2900',
          onOrder: '0',
          packText: '500 g',
          packs: 5,
          quantity: '2500',
          flags: ['low_confidence'],
          why: { zh: '安全400g 整件500g', en: 'safety 400g, pack 500g' },
        },
        {
          item: 'egg',
          name: { zh: '鸡蛋', en: 'Eggs' },
          unit: 'ea',
          onHand: '38',
          usable: '38',
          need: '265',
          onOrder: '0',
          packText: '1 tray',
          packs: 8,
          quantity: '240',
          flags: [],
          why: { zh: '安全13个 整件30个', en: 'safety 13, pack 30' },
        },
        {
          ...ample,
          item: 'potato',
          name: { zh: '土豆', en: 'Potato' },
          unit: 'g',
          onHand: '9000',
          usable: '8000',
          need: '6500',
          flags: ['use_first'],
          why: { zh: '3kg先用 11-23 22:00到期', en: 'use 3kg first, expires 11-23 22:00' },
        },
      ],
    },
  ],
};

export const order: OrderSlipData = {
  store,
  order: 'PO-20261123-014',
  revision: 1,
  state: 'sent',
  supplier: 'SUP-07',
  supplierName: { zh: '金锣鲜肉', en: 'Jinluo Fresh Meat' },
  supplierContact: '021-5555 0107',
  deliverOn: '2026-11-23',
  arrivesAt: '2026-11-22T22:00:00Z',
  cutOff: '2026-11-22T14:30:00Z',
  currency: 'CNY',
  lines: [
    {
      item: 'pork-belly',
      name: { zh: '五花肉 带皮', en: 'Pork belly' },
      unit: 'g',
      ordered: '8000',
      pack: '2 kg',
      packAmount: '2000',
      price: '64.00',
      amount: '256.00',
    },
    {
      item: 'egg',
      name: { zh: '鸡蛋', en: 'Eggs' },
      unit: 'ea',
      ordered: '240',
      pack: '1 tray',
      packAmount: '30',
      price: '30.00',
      amount: '240.00',
      maxTemperature: '20',
      note: '附检疫票',
    },
  ],
  total: '496.00',
  note: '不收冻品代替冷鲜',
  approved: { by: '王店长', at: '2026-11-22T13:41:00Z' },
  sent: { channel: 'wecom', at: '2026-11-22T13:42:00Z' },
  printedAt: '2026-11-22T13:42:30Z',
};

export const label: LabelSlipData = {
  store,
  variant: 'prep',
  code: 'LR1|braising-sauce|L-1122-03',
  item: 'braising-sauce',
  name: { zh: '红烧汁', en: 'Braising sauce' },
  lot: 'L-1122-03',
  qty: '2400',
  unit: 'g',
  box: { n: 2, of: 4 },
  madeAt: '2026-11-22T06:05:00Z',
  readyAt: '2026-11-22T07:00:00Z',
  openedAt: null,
  expiresAt: '2026-11-25T06:05:00Z',
  storage: { zh: '冷藏 0-4℃', en: 'Chill 0-4 C' },
  onceOpenedHours: 24,
  allergens: ['soybeans', 'cereals_gluten'],
  by: '小陈',
  recipe: { id: 'R-031', version: 4 },
};

export const waste: WasteSlipData = {
  store,
  day: '2026-11-22',
  printedAt: '2026-11-22T14:10:00Z',
  currency: 'CNY',
  rows: [
    { reason: 'overproduced', entries: 5, quantities: [{ qty: '3200', unit: 'g' }], cost: '61.40' },
    { reason: 'expired', entries: 2, quantities: [{ qty: '1100', unit: 'g' }], cost: '28.00' },
    { reason: 'returned', entries: 1, quantities: [], cost: '16.00' },
  ],
  trim: {
    entries: 4,
    quantities: [{ qty: '2600', unit: 'g' }],
    cost: '19.70',
    recovered: { quantities: [{ qty: '1900', unit: 'g' }], cost: '14.20' },
  },
  net: '110.90',
  share: 0.013,
  yesterday: 0.016,
  lastWeek: 0.019,
  unlogged: null,
};

export const selfTest: SelfTestSlipData = {
  store,
  printer: 'kitchen',
  url: 'tcp://192.168.1.50:9100',
  chinese: 'gb18030',
  printedAt: '2026-11-22T13:36:00Z',
};

/** What each paper is made from. */
export const samples = { suggestion, order, label, waste, selfTest };
export type Samples = typeof samples;

export const FORMS: readonly { readonly columns: Columns; readonly language: SlipLanguage }[] = [
  { columns: 48, language: 'zh' },
  { columns: 48, language: 'en' },
  { columns: 32, language: 'zh' },
  { columns: 32, language: 'en' },
];

/** Every paper there is, by its name in the golden files. */
export function papers(
  columns: Columns,
  language: SlipLanguage,
  { suggestion, order, label, waste, selfTest }: Samples = samples,
): Readonly<Record<string, Slip>> {
  const form = { columns, language };
  const opened = { openedAt: '2026-11-22T06:30:00Z', readyAt: null, recipe: null };
  const from = { name: suggestion.suppliers[0]?.name ?? {}, lot: label.lot };
  return {
    suggestion: suggestionSlip(suggestion, form),
    order: orderSlip(order, form),
    prep: labelSlip(label, form),
    received: labelSlip({ ...label, variant: 'received', readyAt: null, recipe: null }, form),
    opened: labelSlip({ ...label, ...opened, variant: 'opened' }, form),
    thawed: labelSlip({ ...label, ...opened, variant: 'thawed' }, form),
    frozen: labelSlip({ ...label, ...opened, variant: 'frozen', expiresAt: null }, form),
    offcut: labelSlip({ ...label, variant: 'offcut', readyAt: null, from }, form),
    sample: labelSlip({ ...label, variant: 'sample', readyAt: null, allergens: [] }, form),
    waste: wasteSlip(waste, form),
    'self-test': selfTestSlip(selfTest, form),
  };
}

/** The paper as text: large lines marked, codes by what they say. */
export function textOf(slip: Slip): string {
  return slip.lines
    .map((line) => {
      if (line.kind === 'qr') return `[QR] ${line.data}`;
      if (line.kind === 'cut') return '8<--';
      return line.size === 2 ? `${line.text}  <<2x` : line.text;
    })
    .join('\n');
}
