/**
 * What can be printed: the data of each slip as they are when it is asked for, frozen into the job, and
 * how they are laid out for the columns of a printer.
 */
import type { PrintAsked } from '#recipes/contracts/print-command.ts';
import { labelSlip } from '#recipes/slips/label-slip.ts';
import { orderSlip } from '#recipes/slips/order-slip.ts';
import { selfTestSlip } from '#recipes/slips/self-test-slip.ts';
import type { Slip } from '#recipes/slips/slip.ts';
import type {
  LabelSlipData,
  LabelVariant,
  OrderSlipData,
  SelfTestSlipData,
  SlipForm,
  SlipStore,
  SuggestionSlipData,
  TransferSlipData,
  WasteSlipData,
} from '#recipes/slips/slip-data.ts';
import { suggestionSlip } from '#recipes/slips/suggestion-slip.ts';
import { transferSlip } from '#recipes/slips/transfer-slip.ts';
import { wasteSlip } from '#recipes/slips/waste-slip.ts';
import { dayNumber, isDay } from '#recipes/time/business-day.ts';
import { nameIn } from '#recipes/words/words.ts';
import type { Refusal } from './commands/execute.ts';
import type { LabelView } from './kitchen/label-view.ts';
import type { Job, JobSource } from './print/job.ts';
import type { Printer } from './print/printer.ts';
import type { Wish } from './print/queue.ts';
import type { OrderView } from './purchasing/order-view.ts';
import { refuse } from './refuse.ts';

/** What the slips are made from. */
export type SlipSources = {
  readonly store: () => SlipStore;
  readonly now: () => number;
  readonly order: (id: string) => OrderView | undefined;
  readonly label: (item: string, lot: string) => LabelView | undefined;
  /** A stocked recipe: its lots are made here. */
  readonly isMade: (item: string) => boolean;
  readonly person: (user: string) => string | undefined;
  readonly today: () => number;
  readonly waste: (day: number) => WasteSlipData;
  /** Undefined = this box has not sent or heard of it. */
  readonly transfer: (id: string) => TransferSlipData | undefined;
  /** For a delivery day, or the next one; undefined = nothing is suggested here yet. */
  readonly suggestion: (day: string | undefined) => SuggestionSlipData | undefined;
  /** The printer that a self-test would come out of. */
  readonly tested: (name: string | undefined) => Printer | undefined;
};

/** A wish without its printer: what the page will say. */
export type SlipWish = Pick<Wish, 'use' | 'kind' | 'title' | 'source'>;

export type SlipAsked = Omit<PrintAsked, 'copies'>;

/** The slip that is asked for, with today's data, or why there is none. */
export function slipWish(sources: SlipSources, asked: SlipAsked): SlipWish | Refusal {
  const made = MAKERS[asked.what](sources, asked);
  if ('ok' in made) return made;
  const { data, kind = asked.what, title, use = 'slip' } = made;
  const source: JobSource = { what: asked.what, language: asked.language ?? 'zh', data };
  return { use, kind, title, source };
}

/** An order as it goes on paper. */
export function orderWish(
  sources: Pick<SlipSources, 'store' | 'now'>,
  view: OrderView,
  language: 'zh' | 'en',
): SlipWish {
  const data = orderData(sources, view);
  return {
    use: 'order',
    kind: 'order',
    title: view.order,
    source: { what: 'order', language, data },
  };
}

/** Lays out what was frozen. @param job of a label in several copies, which says box 2 of 4 */
export function layOut(
  source: JobSource,
  columns: SlipForm['columns'],
  job?: Pick<Job, 'done' | 'copies'>,
): Slip {
  const form: SlipForm = { columns, language: source.language };
  switch (source.what) {
    case 'order':
      return orderSlip(source.data as OrderSlipData, form);
    case 'label': {
      const data = source.data as LabelSlipData;
      const box =
        job && job.copies > 1
          ? { n: Math.min(job.done + 1, job.copies), of: job.copies }
          : data.box;
      return labelSlip({ ...data, ...(box === undefined ? {} : { box }) }, form);
    }
    case 'waste':
      return wasteSlip(source.data as WasteSlipData, form);
    case 'transfer':
      return transferSlip(source.data as TransferSlipData, form);
    case 'suggestion':
      return suggestionSlip(source.data as SuggestionSlipData, form);
    case 'self-test':
      return selfTestSlip(source.data as SelfTestSlipData, form);
    default:
      throw new Error(`no slip "${source.what}"`);
  }
}

type Made =
  | {
      readonly data: object;
      readonly title: string;
      readonly kind?: string;
      readonly use?: Wish['use'];
    }
  | Refusal;

const MAKERS: Readonly<
  Record<PrintAsked['what'], (sources: SlipSources, asked: SlipAsked) => Made>
> = {
  suggestion(sources, { for: day }) {
    const data = sources.suggestion(day);
    if (!data) {
      return refuse('nothing_suggested', 'for: nothing is suggested', 'for:没有采购建议');
    }
    return { data, title: data.for, use: 'suggestion' };
  },
  order(sources, { order: id = '' }) {
    const view = sources.order(id);
    if (!view)
      return refuse('unknown_order', `order: there is no order "${id}"`, `order:没有订单“${id}”`);
    return { data: orderData(sources, view), title: id, use: 'order' };
  },
  label: labelMade,
  waste(sources, { day }) {
    if (day !== undefined && !isDay(day)) {
      return refuse('bad_data', `day: "${day}" is no day`, `day:“${day}”不是有效日期`);
    }
    const data = sources.waste(day === undefined ? sources.today() : dayNumber(day));
    return { data, title: data.day };
  },
  transfer(sources, { transfer: id = '' }) {
    const data = sources.transfer(id);
    if (!data) {
      return refuse(
        'unknown_transfer',
        `transfer: there is no transfer "${id}"`,
        `transfer:没有调拨单“${id}”`,
      );
    }
    return { data, title: id };
  },
  'self-test'(sources, { printer: name }) {
    const printer = sources.tested(name);
    if (!printer) {
      return refuse('no_printer', 'printer: say which one to test', 'printer:请指明要测试的打印机');
    }
    const { url, chinese } = printer;
    const printedAt = new Date(sources.now()).toISOString();
    const data: SelfTestSlipData = {
      store: sources.store(),
      printer: printer.name,
      url,
      chinese,
      printedAt,
    };
    return { data, title: printer.name };
  },
};

function labelMade(sources: SlipSources, asked: SlipAsked): Made {
  const { item = '', lot = '', language = 'zh' } = asked;
  const label = sources.label(item, lot);
  if (!label) {
    return refuse(
      'unknown_lot',
      `lot: item "${item}" has no lot "${lot}"`,
      `lot:物料“${item}”没有批次“${lot}”`,
    );
  }
  const { code, name, madeAt, openedAt, expiresAt, allergens, qty, unit, by } = label;
  const variant = variantOf(asked.label, openedAt !== null, sources.isMade(item));
  const data: LabelSlipData = {
    store: sources.store(),
    variant,
    code,
    item,
    name,
    lot: label.lot,
    qty,
    unit,
    madeAt,
    openedAt,
    expiresAt,
    allergens,
    by: by === null ? null : (sources.person(by) ?? by),
  };
  const title = `${nameIn(language, name, item)} ${label.lot}`;
  return { data, title, use: 'label', kind: KIND[variant] ?? 'expiry-label' };
}

const KIND: Readonly<Partial<Record<LabelVariant, string>>> = {
  prep: 'prep-label',
  offcut: 'offcut-label',
};

function variantOf(asked: SlipAsked['label'], opened: boolean, made: boolean): LabelVariant {
  if (asked === 'offcut' || asked === 'prep') return asked;
  if (opened) return 'opened';
  return made ? 'prep' : 'received';
}

/** An order as every paper of it says it. */
export function orderData(
  { store, now }: Pick<SlipSources, 'store' | 'now'>,
  view: OrderView,
): OrderSlipData {
  const last = (step: string) => view.history.findLast((one) => one.step === step);
  const approved = last('approved');
  const sent = last('sent');
  const { contact } = view;
  return {
    store: store(),
    order: view.order,
    revision: view.revision,
    state: view.state,
    supplier: view.supplier,
    supplierName: view.supplierName,
    supplierContact: contact?.phone ?? contact?.email ?? null,
    deliverOn: view.deliverOn,
    arrivesAt: view.arrivesAt,
    cutOff: view.cutOff,
    currency: view.currency,
    lines: view.lines,
    total: view.total,
    note: view.note,
    approved: approved ? { by: approved.actor, at: approved.at } : null,
    sent: sent ? { channel: String(sent.detail?.by ?? ''), at: sent.at } : null,
    printedAt: new Date(now()).toISOString(),
  };
}
