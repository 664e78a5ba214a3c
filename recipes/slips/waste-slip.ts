/** What the day cost that nobody ate: printed at close, for the team. */
import { nameIn, sayIfKnown } from '../words/words.ts';
import { paperAmount, paperMoney, percent, plainMoney } from './figures.ts';
import { type Cell, type Paper, paperOf } from './paper.ts';
import type { Slip, SlipLanguage } from './slip.ts';
import type { SlipForm, SlipQuantity, WasteSlipData } from './slip-data.ts';
import { slipClock } from './slip-time.ts';
import { word } from './slip-words.ts';

/** Lays the waste of a business day down. */
export function wasteSlip(data: WasteSlipData, form: SlipForm): Slip {
  const { language } = form;
  const paper = paperOf(form);
  const clock = slipClock(language, data.store.timeZone);
  const money = (amount: string | null) =>
    amount === null ? '-' : paperMoney(language, data.currency, amount);
  // Narrow English has no room for a currency in every row; the sum has it.
  const inRow = (amount: string | null) =>
    amount === null || paper.isWide || language === 'zh' ? money(amount) : plainMoney(amount);
  paper.middle(word(language, 'waste'), { size: 2, bold: true });
  paper.middle(`${nameIn(language, data.store.name)} ${data.store.id}`);
  paper.pair(word(language, 'day', clock.day(data.day)), clock.time(data.printedAt));
  paper.rule();
  if (data.rows.length === 0 && data.trim === null) paper.wrap(word(language, 'noWaste'));
  for (const { reason, entries, quantities, cost } of data.rows) {
    const name = sayIfKnown(language, `reason.${reason}`, reason);
    rowOf(paper, [
      name,
      word(language, 'entries', entries),
      amounts(paper, quantities),
      inRow(cost),
    ]);
  }
  const { trim } = data;
  if (trim !== null) {
    const many = word(language, 'entries', trim.entries);
    rowOf(paper, [word(language, 'trim'), many, amounts(paper, trim.quantities), inRow(trim.cost)]);
    const { quantities, cost } = trim.recovered;
    const saved = `-${inRow(cost)}`;
    rowOf(paper, [`  ${word(language, 'recovered')}`, '', amounts(paper, quantities), saved]);
  }
  paper.rule();
  paper.pair(word(language, 'net'), money(data.net), { bold: true });
  if (data.share !== null) paper.pair(word(language, 'share'), percent(data.share));
  const before = [
    data.yesterday === null ? '' : word(language, 'yesterday', percent(data.yesterday)),
    data.lastWeek === null ? '' : word(language, 'lastWeek', percent(data.lastWeek)),
  ];
  if (before.some(Boolean)) paper.pair(before[0] ?? '', before[1] ?? '');
  paper.pair(
    word(language, 'unlogged'),
    data.unlogged === null ? word(language, 'notCounted') : money(data.unlogged),
  );
  paper.cut();
  return paper.done('waste');
}

const NARROW: Readonly<Record<SlipLanguage, readonly Cell[]>> = {
  zh: [
    { width: 8, side: 'left' },
    { width: 5, side: 'left' },
    { width: 7, side: 'left' },
    { width: 12, side: 'right' },
  ],
  en: [
    { width: 12, side: 'left' },
    { width: 4, side: 'right' },
    { width: 8, side: 'right' },
    { width: 8, side: 'right' },
  ],
};
const WIDE: readonly Cell[] = [
  { width: 18, side: 'left' },
  { width: 8, side: 'right' },
  { width: 10, side: 'right' },
  { width: 12, side: 'right' },
];

function rowOf(paper: Paper, texts: readonly string[]): void {
  paper.row(paper.isWide ? WIDE : NARROW[paper.language], texts);
}

function amounts({ language }: Paper, quantities: readonly SlipQuantity[]): string {
  return quantities
    .slice(0, 2)
    .map(({ qty, unit }) => paperAmount(language, qty, unit))
    .join(' ');
}
