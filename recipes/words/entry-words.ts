/** What an entry was, in words of both languages, from its kind and the facts noted with it. */
import { decimalFromMicro } from '../amount.ts';
import type { Words } from '../contracts/command.ts';
import type { Kitchen } from '../kitchen-types.ts';
import type { EntryKind } from '../ledger/entry.ts';
import { chainTail, chainVerb, type StoreNames } from './chain-entry-words.ts';
import { readableText } from './readable.ts';
import { type Lang, type Name, nameIn, sayIfKnown } from './words.ts';

/** What an entry was about, for lists. `cost` is money with two decimals. */
export type EntrySummary = {
  readonly item?: string;
  readonly name?: Name;
  /** Decimal text in `unit`. */
  readonly qty?: string;
  readonly unit?: string;
  readonly reason?: string;
  readonly cost?: string;
  readonly text: Words;
};

type Note = Readonly<Record<string, unknown>>;

/**
 * The summary of an entry from its kind and its note (JSON text).
 * @param reversed what it took back, for a reversal
 * @param stores what other stores are called; absent = by their ids
 */
export function entrySummary(
  kind: EntryKind,
  note: string | null,
  kitchen: Kitchen | undefined,
  reversed?: { readonly kind: EntryKind; readonly summary: EntrySummary },
  stores?: StoreNames,
): EntrySummary {
  const said = readNote(note);
  if (kind === 'reversal') return reversalSummary(said, reversed);
  const subject = subjectOf(said, kitchen);
  const reason = textOf(said, 'reason') ?? textOf(said, 'why') ?? textOf(said, 'how');
  const cost = typeof said['cost'] === 'number' ? moneyText(said['cost']) : undefined;
  const say = (lang: Lang) =>
    sentence(lang, kind, said, subject, reason, tail(lang, kind, said, kitchen, stores));
  return {
    ...subject,
    ...(reason === undefined ? {} : { reason }),
    ...(cost === undefined ? {} : { cost }),
    text: { zh: say('zh'), en: say('en') },
  };
}

/** Costs are kept in ten-thousandths of the currency. */
function moneyText(cost: number): string {
  return (cost / 10_000).toFixed(2);
}

function reversalSummary(
  said: Note,
  reversed: { readonly kind: EntryKind; readonly summary: EntrySummary } | undefined,
): EntrySummary {
  const reason = textOf(said, 'reason');
  const { text, ...facts } = reversed?.summary ?? { text: { zh: '', en: '' } };
  const again = reversed?.kind === 'reversal';
  const verb = again ? { zh: '恢复', en: 'Restored' } : { zh: '撤销', en: 'Undone' };
  // Of a restored entry the words of the undoing in between say nothing.
  const inner = again ? { zh: bare(text.zh), en: bare(text.en) } : text;
  return {
    ...facts,
    ...(reason === undefined ? {} : { reason }),
    text: { zh: `${verb.zh}:${inner.zh}`, en: `${verb.en}: ${inner.en}` },
  };
}

/** `撤销:报损…` is about `报损…`. */
function bare(text: string): string {
  return text.replace(/^(撤销:|恢复:|Undone: |Restored: )+/, '');
}

type Subject = Pick<EntrySummary, 'item' | 'name' | 'qty' | 'unit'>;

/** The item or dish it was about, and how much of it; empty when there were several. */
function subjectOf(said: Note, kitchen: Kitchen | undefined): Subject {
  const lines = listOf(said, 'lines');
  const about = said['item'] === undefined && said['sku'] === undefined && lines.length === 1;
  const facts = about ? (lines[0] as Note) : said;
  const item = textOf(facts, 'item');
  if (item !== undefined) return itemSubject(item, facts, kitchen);
  const sku = textOf(facts, 'sku');
  if (sku === undefined) return {};
  const recipe = textOf(facts, 'recipe') ?? meaningOf(kitchen, sku);
  const name = recipe === undefined ? undefined : kitchen?.recipes.get(recipe)?.name;
  const qty = facts['qty'];
  return {
    name: name ?? { en: sku },
    ...(isMicro(qty) ? { qty: decimalFromMicro(qty), unit: 'ea' } : {}),
  };
}

function itemSubject(item: string, facts: Note, kitchen: Kitchen | undefined): Subject {
  const known = kitchen?.items.get(item);
  const said = facts['actual'] ?? facts['in'] ?? facts['counted'] ?? facts['qty'];
  const unit = known?.unit;
  const amount = isMicro(said) ? decimalFromMicro(said) : written(said, known);
  return {
    item,
    name: known?.name ?? { en: item },
    ...(amount === undefined || unit === undefined ? {} : { qty: amount, unit }),
  };
}

/** Some notes keep an amount as it was written: "2 pack". */
function written(
  said: unknown,
  item: { convert(amount: string | number): number } | undefined,
): string | undefined {
  if (typeof said !== 'string' || item === undefined) return undefined;
  try {
    return decimalFromMicro(item.convert(said));
  } catch {
    return undefined;
  }
}

function meaningOf(kitchen: Kitchen | undefined, sku: string): string | undefined {
  const meaning = kitchen?.meaning(sku);
  return meaning?.kind === 'dish' ? meaning.recipe : undefined;
}

function sentence(
  lang: Lang,
  kind: EntryKind,
  said: Note,
  subject: Subject,
  reason: string | undefined,
  ending: string,
): string {
  const how = kind === 'open' ? HOW[reason ?? ''] : undefined;
  const verb = (how ?? chainVerb(kind, said) ?? KIND[kind])[lang];
  const parts = [verb, what(lang, said, subject), ending];
  const text = parts.filter((part) => part !== '').join(' ');
  if (reason === undefined || how !== undefined) return text;
  return `${text} · ${WHY[reason]?.[lang] ?? sayIfKnown(lang, `reason.${reason}`, reason)}`;
}

function what(lang: Lang, said: Note, { name, qty, unit }: Subject): string {
  const lines = listOf(said, 'lines');
  if (name === undefined) {
    if (lines.length === 0) return '';
    return lang === 'zh' ? `${lines.length} 项` : `${lines.length} items`;
  }
  const amount = qty === undefined || unit === undefined ? '' : readableText(lang, qty, unit, 3);
  return `${nameIn(lang, name)} ${amount}`.trim();
}

/** What makes this kind of entry clear beside its subject. */
function tail(
  lang: Lang,
  kind: EntryKind,
  said: Note,
  kitchen: Kitchen | undefined,
  stores: StoreNames | undefined,
): string {
  const into = textOf(said, 'into');
  if (kind === 'offcut' && into !== undefined) {
    const name = kitchen?.recipes.get(into)?.name ?? kitchen?.items.get(into)?.name;
    return `${INTO[lang]} ${nameIn(lang, name, into)}`;
  }
  if (kind === 'trim' && isMicro(said['usable'])) {
    const unit = kitchen?.items.get(textOf(said, 'item') ?? '')?.unit ?? 'g';
    return `${LEFT[lang]} ${readableText(lang, decimalFromMicro(said['usable']), unit, 3)}`;
  }
  const supplier = textOf(said, 'supplier');
  const from = nameIn(lang, kitchen?.suppliers.get(supplier ?? '')?.name, supplier ?? '');
  const id = textOf(said, 'order') ?? textOf(said, 'count') ?? textOf(said, 'barcode') ?? '';
  const key = textOf(said, 'key') ?? textOf(said, 'terminal') ?? textOf(said, 'user') ?? '';
  return [from, chainTail(lang, kind, said, stores), id, key]
    .filter((part) => part !== '')
    .join(' ');
}

const KIND: Readonly<Record<EntryKind, Words>> = {
  sale: { zh: '销售', en: 'Sale' },
  void: { zh: '作废', en: 'Void' },
  refund: { zh: '退款', en: 'Refund' },
  snapshot: { zh: '改单', en: 'Changed sale' },
  receipt: { zh: '收货', en: 'Received' },
  reversal: { zh: '撤销', en: 'Undone' },
  book: { zh: '启用配方册', en: 'Adopted the book' },
  mapping: { zh: '匹配菜品', en: 'Mapped a dish' },
  setting: { zh: '设置', en: 'Setting' },
  quarantine: { zh: '隔离处理', en: 'Quarantine' },
  gap: { zh: '放弃缺号', en: 'Gave up a gap' },
  terminal: { zh: '收银端', en: 'Terminal' },
  waste: { zh: '报损', en: 'Wasted' },
  consume: { zh: '内部消耗', en: 'Used' },
  trim: { zh: '修割', en: 'Trimmed' },
  offcut: { zh: '边角料', en: 'Offcut' },
  batch: { zh: '备料', en: 'Made' },
  open: { zh: '开封', en: 'Opened' },
  return: { zh: '退货', en: 'Returned' },
  observe: { zh: '盘点', en: 'Counted' },
  count: { zh: '盘点入账', en: 'Posted the count' },
  barcode: { zh: '学习条码', en: 'Learnt a barcode' },
  order: { zh: '订单', en: 'Order' },
  person: { zh: '人员', en: 'Person' },
  device: { zh: '平板', en: 'Tablet' },
  prep: { zh: '推算备料', en: 'Inferred batch' },
  settle: { zh: '自动冲平', en: 'Settled' },
  day: { zh: '营业日备注', en: 'Noted a day' },
  usage: { zh: '导入历史用量', en: 'Imported past use' },
  credit: { zh: '供应商退款', en: 'Credit note' },
  catalog: { zh: '总部下发', en: 'From head office' },
  transfer: { zh: '调拨', en: 'Transfer' },
  requisition: { zh: '要货', en: 'Requisition' },
  outsource: { zh: '委外加工', en: 'Outside processing' },
  takeover: { zh: '接管数据', en: 'Took over' },
  override: { zh: '门店自定', en: 'Kept by this store' },
};

/** Why goods were used without a sale. */
const WHY: Readonly<Record<string, Words>> = {
  staff: { zh: '员工餐', en: 'staff meal' },
  tasting: { zh: '试菜', en: 'tasting' },
  sample: { zh: '样品', en: 'sample' },
  gift: { zh: '赠送', en: 'gift' },
  late_book: { zh: '配方册晚到', en: 'its book came late' },
};

const INTO: Words = { zh: '用到', en: 'into' };
const LEFT: Words = { zh: '得主料', en: 'to' };

const HOW: Readonly<Record<string, Words>> = {
  opened: { zh: '开封', en: 'Opened' },
  thawed: { zh: '解冻', en: 'Thawed' },
  frozen: { zh: '冷冻', en: 'Frozen' },
};

function readNote(note: string | null): Note {
  if (note === null) return {};
  try {
    const value = JSON.parse(note) as unknown;
    // Early reversals noted their reason as it was.
    return typeof value === 'object' && value !== null ? (value as Note) : { reason: note };
  } catch {
    return { reason: note };
  }
}

/** Millionths; whatever else a note of another program says there is no amount. */
function isMicro(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function textOf(note: Note, key: string): string | undefined {
  const value = note[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function listOf(note: Note, key: string): readonly unknown[] {
  const value = note[key];
  return Array.isArray(value) ? value : [];
}
