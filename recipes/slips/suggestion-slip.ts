/** Tomorrow's order as the manager takes it through the cold room: every line says why, and has room for a pen. */
import { makeSuggestionCode } from '../scan/paper-code.ts';
import { nameIn } from '../words/words.ts';
import { exactAmount, paperMoney, plainMoney, sumOfMoney } from './figures.ts';
import { showable, widthOf } from './letters.ts';
import { suggestedText } from './pack-words.ts';
import { pagesOf } from './pages.ts';
import { type Cell, checkedSlip, type Paper, paperOf } from './paper.ts';
import type { Slip, SlipLanguage, SlipLine } from './slip.ts';
import type {
  SlipForm,
  SuggestionSlipData,
  SuggestionSlipLine,
  SuggestionSlipSupplier,
} from './slip-data.ts';
import { type SlipClock, slipClock } from './slip-time.ts';
import { listed, word } from './slip-words.ts';

/** Lays the suggestion down; a long one is cut into pages. */
export function suggestionSlip(data: SuggestionSlipData, form: SlipForm): Slip {
  const clock = slipClock(form.language, data.store.timeZone);
  const lines = pagesOf({
    blocks: data.suppliers.flatMap((supplier) => blocksOf(supplier, data, form, clock)),
    head: (page, of) => headOf(data, form, clock, { page, of }),
    foot: footOf(data, form),
    most: PAGE_LINES,
  });
  return checkedSlip({ kind: 'suggestion', ...form, lines });
}

/** About 45 cm of paper. */
const PAGE_LINES = 110;

function headOf(
  data: SuggestionSlipData,
  form: SlipForm,
  clock: SlipClock,
  { page, of }: { page: number; of: number },
): readonly SlipLine[] {
  const { language } = form;
  const paper = paperOf(form);
  const printed = clock.time(data.printedAt);
  const pages = word(language, 'page', page, of);
  const { arrives, cover } = spanOf(data.suppliers);
  const arrivesText = arrives === null ? clock.day(data.for) : clock.stamp(arrives);
  paper.middle(word(language, 'suggestion'), { size: 2, bold: true });
  paper.middle(`${nameIn(language, data.store.name)} ${data.store.id}`);
  paper.rule();
  if (paper.isWide) {
    const day = word(language, 'businessDay', clock.longDay(data.day));
    paper.pair(day, word(language, 'printed', printed));
    const until = cover === null ? '' : word(language, 'cover', clock.stamp(cover));
    paper.pair(word(language, 'arrives', arrivesText), until);
    paper.pair(coversText(data, language), pages);
  } else {
    paper.pair(word(language, 'day', clock.day(data.day)), printed);
    paper.pair(word(language, 'arrives', arrivesText), of > 1 ? pages : '');
    if (cover !== null) paper.pair(word(language, 'cover', clock.stamp(cover)), '');
  }
  paper.rule();
  return paper.lines;
}

function coversText({ covers }: SuggestionSlipData, language: SlipLanguage): string {
  if (!covers) return '';
  const { expected, lastWeek } = covers;
  return lastWeek === null
    ? word(language, 'covers', expected)
    : word(language, 'coversLast', expected, lastWeek);
}

/** The first arrival and the last cover of all. RFC 3339 in one offset sorts by text; others by instant. */
function spanOf(suppliers: readonly SuggestionSlipSupplier[]) {
  const sorted = (texts: readonly (string | null)[]) =>
    texts.filter((text) => text !== null).toSorted((a, b) => Date.parse(a) - Date.parse(b));
  return {
    arrives: sorted(suppliers.map(({ arrivesAt }) => arrivesAt))[0] ?? null,
    cover: sorted(suppliers.map(({ coverUntil }) => coverUntil)).at(-1) ?? null,
  };
}

/** A supplier: heading with the first line, lines, the rest by name, subtotal. */
function blocksOf(
  supplier: SuggestionSlipSupplier,
  data: SuggestionSlipData,
  form: SlipForm,
  clock: SlipClock,
): SlipLine[][] {
  const { language } = form;
  const shown = supplier.lines.filter((line) => line.packs > 0 || isMarked(line));
  const enough = supplier.lines.filter((line) => line.packs <= 0 && !isMarked(line));
  const cells = cellsOf(shown, form);
  const head = paperOf(form);
  supplierHead(head, supplier, data, clock);
  if (shown.length > 0) head.row(cells, headings(form));
  const items = shown.map((line) => {
    const paper = paperOf(form);
    itemLines(paper, line, cells);
    return [...paper.lines];
  });
  const tail = paperOf(form);
  if (enough.length > 0) {
    const names = enough.map(({ name, item }) => nameIn(language, name, item));
    tail.wrap(word(language, 'enough', listed(language, names)), { lines: 3, hang: 1 });
  }
  const count = shown.filter(({ packs }) => packs > 0).length;
  tail.pair(word(language, 'subtotal', count), moneyText(supplier.subtotal, data.currency, form));
  if (supplier.belowMinimum && count > 0) tail.wrap(word(language, 'belowMinimum'), {}, BOLD);
  tail.rule();
  const blocks = [[...head.lines, ...(items[0] ?? [])], ...items.slice(1)];
  return [...blocks.slice(0, -1), [...(blocks.at(-1) ?? []), ...tail.lines]];
}

const BOLD = { bold: true };

function supplierHead(
  paper: Paper,
  supplier: SuggestionSlipSupplier,
  data: SuggestionSlipData,
  clock: SlipClock,
): void {
  const { language, isWide } = paper;
  const name = nameIn(language, supplier.name, supplier.supplier);
  const title = language === 'zh' ? `【${name}】` : `[${name}]`;
  const cutOff = cutOffText(supplier, data, clock, paper);
  const minimum =
    supplier.minimumOrder === null
      ? word(language, 'noMinimum')
      : word(language, 'minimum', minimumText(supplier.minimumOrder, data.currency, language));
  paper.pair(title, isWide ? [cutOff, minimum].filter(Boolean).join('  ') : cutOff, BOLD);
  const { arrives, cover } = spanOf(data.suppliers);
  const differs = (one: string | null, all: string | null) =>
    one !== null && all !== null && Date.parse(one) !== Date.parse(all);
  const own = [
    ...(differs(supplier.arrivesAt, arrives)
      ? [word(language, 'arrives', clock.stamp(supplier.arrivesAt ?? ''))]
      : []),
    ...(differs(supplier.coverUntil, cover)
      ? [word(language, 'cover', clock.stamp(supplier.coverUntil ?? ''))]
      : []),
  ];
  if (own.length > 0) paper.wrap(own.join('  '));
}

/** The currency stands at the subtotal; a line in English has no room for it twice. */
function minimumText(amount: string, currency: string, language: SlipLanguage): string {
  return language === 'zh' ? paperMoney(language, currency, amount) : plainMoney(amount);
}

/** The time alone on the day it is printed for; else with its day. */
function cutOffText(
  { cutOff, pastCutOff }: SuggestionSlipSupplier,
  { day }: SuggestionSlipData,
  clock: SlipClock,
  { language, isWide }: Paper,
): string {
  if (pastCutOff) return word(language, 'pastCutOff');
  if (cutOff === null) return '';
  const at = clock.dayOf(cutOff) === day ? clock.time(cutOff) : clock.stamp(cutOff);
  return word(language, isWide ? 'cutOff' : 'cutOffShort', at);
}

/** What stands beside the name: have, need, due, order on wide paper; have and order on narrow. */
function figuresOf(line: SuggestionSlipLine, { columns, language }: SlipForm): string[] {
  const amount = (text: string) => exactAmount(language, text, line.unit);
  const order = suggestedText(language, line);
  if (columns === 32) return [amount(line.onHand), order];
  return [amount(line.onHand), amount(line.need), amount(line.onOrder), order];
}

function headings({ columns, language }: SlipForm): string[] {
  const keys =
    columns === 32
      ? (['item', 'have', 'order'] as const)
      : (['item', 'have', 'need', 'due', 'order'] as const);
  return keys.map((key) => word(language, key));
}

/** As wide as the widest figure of the supplier, so that all stand below each other. */
function cellsOf(lines: readonly SuggestionSlipLine[], form: SlipForm): Cell[] {
  const least = form.columns === 32 ? [9, 9] : [7, 8, 8, 6];
  const widths = least.map((width, i) =>
    Math.max(width, ...lines.map((line) => widthOf(showable(figuresOf(line, form)[i] ?? '')) + 1)),
  );
  const name = form.columns - widths.reduce((sum, width) => sum + width, 0);
  return [
    { width: Math.max(0, name), side: 'left' },
    ...widths.map((width) => ({ width, side: 'right' as const })),
  ];
}

function itemLines(paper: Paper, line: SuggestionSlipLine, cells: readonly Cell[]): void {
  const { language, isWide } = paper;
  const mark = markOf(line, language);
  const name = nameIn(language, line.name, line.item);
  const title = mark === '' ? name : `${name} ${mark}`;
  const hasOrder = line.packs > 0;
  paper.row(cells, [title, ...figuresOf(line, paper)], { bold: hasOrder });
  const why = nameIn(language, line.why);
  const usable =
    line.usable === line.onHand
      ? ''
      : word(language, 'usable', exactAmount(language, line.usable, line.unit));
  if (!hasOrder) {
    paper.wrap(`*${usable}${why}`, { indent: isWide ? 2 : 1, hang: 1, lines: 2 });
    return;
  }
  const needs = isWide
    ? word(language, 'why')
    : word(language, 'needs', exactAmount(language, line.need, line.unit));
  paper.wrap(`${needs}${usable}${why}`, { indent: isWide ? 2 : 1, hang: 1, lines: 3 });
}

/** Worth a line although nothing is ordered. */
function isMarked(line: SuggestionSlipLine): boolean {
  return markOf(line, 'en') !== '' || line.usable !== line.onHand;
}

function markOf({ flags }: SuggestionSlipLine, language: SlipLanguage): string {
  if (flags.includes('low')) return word(language, 'low');
  if (flags.includes('use_first') || flags.includes('offcut')) return word(language, 'useFirst');
  return '';
}

function moneyText(
  amount: string | null,
  currency: string,
  { language, columns }: SlipForm,
): string {
  if (amount === null) return '';
  const text = word(language, 'about', paperMoney(language, currency, amount));
  return columns === 32 ? text.replace(' ', '') : text;
}

function footOf(data: SuggestionSlipData, form: SlipForm): readonly SlipLine[] {
  const { language } = form;
  const paper = paperOf(form);
  const all = data.suppliers.flatMap(({ lines }) => lines);
  const ordered = all.filter(({ packs }) => packs > 0).length;
  const total = sumOfMoney(data.suppliers.map(({ subtotal }) => subtotal));
  paper.pair(word(language, 'total', ordered), moneyText(total, data.currency, form), BOLD);
  const low = all.filter(({ flags }) => flags.includes('low_confidence'));
  const names = low.map(({ name, item }) => nameIn(language, name, item));
  const unsure = names.length === 0 ? word(language, 'none') : listed(language, names);
  if (paper.isWide || low.length > 0) {
    paper.wrap(word(language, 'lowConfidence', unsure), { lines: 4, hang: 1 });
  }
  if (paper.isWide) paper.writing(word(language, 'changes'));
  paper.writing(
    word(language, paper.isWide ? 'approve' : 'approveShort'),
    word(language, paper.isWide ? 'at' : 'atShort'),
  );
  const code = makeSuggestionCode(data.for, data.store.id);
  paper.qr(code);
  paper.middle(code);
  if (paper.isWide) paper.middle(word(language, 'scan'));
  return paper.lines;
}
