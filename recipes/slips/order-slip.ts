/** A purchase order on paper: goes with the driver, is signed by both, and is scanned when goods come. */
import { nameIn, sayIfKnown } from '../words/words.ts';
import { capitalFigures } from './capital-figures.ts';
import { paperMoney, plainMoney } from './figures.ts';
import { showable, widthOf } from './letters.ts';
import { orderedText, packSize } from './pack-words.ts';
import { type Cell, type Paper, paperOf } from './paper.ts';
import type { Slip, SlipLanguage } from './slip.ts';
import type { OrderSlipData, OrderSlipLine, SlipForm } from './slip-data.ts';
import { type SlipClock, slipClock } from './slip-time.ts';
import { word } from './slip-words.ts';

/** Lays a purchase order down. */
export function orderSlip(data: OrderSlipData, form: SlipForm): Slip {
  const { language } = form;
  const paper = paperOf(form);
  const clock = slipClock(language, data.store.timeZone);
  headOf(paper, data, clock);
  paper.rule();
  const cells = cellsOf(data.lines, form);
  paper.row(cells, headings(form), BOLD);
  data.lines.forEach((line, i) => {
    lineOf(paper, line, cells, i + 1);
  });
  paper.rule();
  const total = data.total === null ? '' : paperMoney(language, data.currency, data.total);
  paper.pair(word(language, 'orderTotal'), total, BOLD);
  const capitals = capitalsOf(data, language);
  if (capitals !== undefined) {
    paper.wrap(paper.isWide ? word(language, 'capitals', capitals) : capitals, { hang: 2 });
  }
  if (data.note) paper.wrap(word(language, 'note', data.note), { hang: 2 });
  paper.rule();
  standingOf(paper, data, clock);
  paper.qr(data.order);
  paper.middle(data.order);
  if (paper.isWide) paper.middle(word(language, 'bring'));
  paper.writing(
    word(language, paper.isWide ? 'driver' : 'driverShort'),
    word(language, paper.isWide ? 'receivedBy' : 'receivedShort'),
  );
  paper.cut();
  return paper.done('order');
}

/** The total of an order in capital figures, where that is the custom; else undefined. */
export function capitalsOf(
  { total, currency }: Pick<OrderSlipData, 'total' | 'currency'>,
  language: SlipLanguage,
): string | undefined {
  if (language !== 'zh' || currency !== 'CNY' || total === null) return undefined;
  return capitalFigures(total);
}

/** When it is to come, with its day: "2026-11-23(一) 06:00". */
export function deliveryText(
  { arrivesAt, deliverOn }: Pick<OrderSlipData, 'arrivesAt' | 'deliverOn'>,
  clock: SlipClock,
): string {
  if (arrivesAt !== null)
    return `${clock.longDay(clock.dayOf(arrivesAt))} ${clock.time(arrivesAt)}`;
  return deliverOn === null ? '' : clock.longDay(deliverOn);
}

/** How an order stands, in words of the screens. */
export function standingText(
  data: OrderSlipData,
  language: SlipLanguage,
  clock: SlipClock,
): string {
  if (data.sent === null) {
    return word(language, 'state', sayIfKnown(language, `orders.state.${data.state}`, data.state));
  }
  const { channel, at } = data.sent;
  const name = CHANNELS[language][channel] ?? channel;
  return word(language, 'sentBy', name, clock.time(at));
}

/** What must be seen before anything else: cancelled, or nobody approved it. */
export function warningOf({
  state,
}: Pick<OrderSlipData, 'state'>): 'cancelled' | 'notApproved' | undefined {
  if (state === 'cancelled' || state === 'rejected') return 'cancelled';
  return state === 'draft' || state === 'submitted' ? 'notApproved' : undefined;
}

const BOLD = { bold: true };

const CHANNELS: Readonly<Record<SlipLanguage, Readonly<Record<string, string>>>> = {
  zh: {
    print: '打印',
    email: '邮件',
    webhook: '接口',
    chain: '要货单',
    chat: '群消息',
    hand: '人工',
    wecom: '企微',
    dingtalk: '钉钉',
    feishu: '飞书',
  },
  en: {
    print: 'on paper',
    email: 'e-mail',
    webhook: 'webhook',
    chain: 'requisition',
    chat: 'chat',
    hand: 'by hand',
    wecom: 'WeCom',
    dingtalk: 'DingTalk',
    feishu: 'Feishu',
  },
};

function headOf(paper: Paper, data: OrderSlipData, clock: SlipClock): void {
  const { language, isWide } = paper;
  const { store } = data;
  paper.middle(word(language, 'purchaseOrder'), { size: 2, bold: true });
  paper.middle(word(language, 'revision', data.order, data.revision));
  const warning = warningOf(data);
  if (warning !== undefined) paper.middle(word(language, warning), BOLD);
  paper.rule();
  paper.wrap(word(language, 'buyer', `${nameIn(language, store.name)} ${store.id}`), HANGING);
  if (store.address) paper.wrap(word(language, 'shipTo', store.address), HANGING);
  if (store.receiver) paper.wrap(word(language, 'receiver', store.receiver), HANGING);
  const name = nameIn(language, data.supplierName, data.supplier);
  paper.wrap(word(language, 'supplier', `${name} (${data.supplier})`), HANGING);
  if (data.supplierContact && isWide) {
    paper.wrap(word(language, 'contact', data.supplierContact), HANGING);
  }
  const deliver = word(language, 'deliver', deliveryText(data, clock));
  const cutOff = data.cutOff === null ? '' : word(language, 'cutOff', clock.time(data.cutOff));
  paper.pair(deliver, isWide ? cutOff : '');
  const printed = clock.stamp(data.printedAt);
  paper.pair(isWide ? word(language, 'printed', printed) : printed, word(language, 'page', 1, 1));
}

const HANGING = { hang: 2, lines: 3 };

/** Wide: quantity, price, amount. Narrow: quantity and amount; the price stands below. */
function figuresOf(line: OrderSlipLine, { columns, language }: SlipForm): string[] {
  const price = line.price === null ? '-' : plainMoney(line.price);
  const amount = line.amount === null ? '-' : plainMoney(line.amount);
  const ordered = orderedText(language, line);
  if (columns === 48) return [ordered, price, amount];
  return [ordered.split('=')[0] ?? ordered, amount];
}

function headings({ columns, language }: SlipForm): string[] {
  const keys =
    columns === 32
      ? (['itemSpec', 'quantity', 'amount'] as const)
      : (['itemSpec', 'quantity', 'price', 'amount'] as const);
  return keys.map((key) => word(language, key));
}

function cellsOf(lines: readonly OrderSlipLine[], form: SlipForm): Cell[] {
  const least = form.columns === 32 ? [6, 9] : [9, 8, 10];
  const widths = least.map((width, i) =>
    Math.max(width, ...lines.map((line) => widthOf(showable(figuresOf(line, form)[i] ?? '')) + 1)),
  );
  const name = form.columns - widths.reduce((sum, width) => sum + width, 0);
  return [
    { width: Math.max(0, name), side: 'left' },
    ...widths.map((width) => ({ width, side: 'right' as const })),
  ];
}

function lineOf(paper: Paper, line: OrderSlipLine, cells: readonly Cell[], number: number): void {
  const { language, isWide } = paper;
  const name = nameIn(language, line.name, line.item);
  const size = packSize(language, line);
  const indent = isWide ? 2 : 1;
  paper.row(cells, [`${number} ${name}${isWide ? ` ${size}` : ''}`, ...figuresOf(line, paper)]);
  if (!isWide) {
    const whole = orderedText(language, line).split('=')[1];
    const each = line.price === null ? '' : `${plainMoney(line.price)}/${size.split('/')[1]}`;
    const parts = [size, each, whole === undefined ? '' : `= ${whole}`];
    paper.wrap(parts.filter(Boolean).join('  '), { indent, lines: 2 });
  }
  const wishes = [
    ...(line.maxTemperature ? [word(language, 'temperature', line.maxTemperature)] : []),
    ...(line.note ? [line.note] : []),
  ];
  if (wishes.length > 0) paper.wrap(wishes.join('  '), { indent, lines: 3 });
}

function standingOf(paper: Paper, data: OrderSlipData, clock: SlipClock): void {
  const { language, isWide } = paper;
  const who = data.approved;
  const approved =
    who === null
      ? word(language, 'approvedBy', '-')
      : word(language, 'approvedBy', `${who.by ?? ''} ${clock.time(who.at)}`.trim());
  const standing = standingText(data, language, clock);
  if (isWide) paper.pair(approved, standing);
  else for (const text of [approved, standing]) paper.wrap(text, HANGING);
}
