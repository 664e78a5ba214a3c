/** Goods for another store on paper: goes with the driver, and is scanned when they come. */
import { nameIn } from '../words/words.ts';
import { exactAmount } from './figures.ts';
import { showable, widthOf } from './letters.ts';
import { type Cell, paperOf } from './paper.ts';
import type { Slip } from './slip.ts';
import type { SlipForm, TransferSlipData, TransferSlipLine } from './slip-data.ts';
import { type SlipClock, slipClock } from './slip-time.ts';
import { word } from './slip-words.ts';

/** Lays a transfer down. Amounts are to the gram: they are typed in where head office is not heard. */
export function transferSlip(data: TransferSlipData, form: SlipForm): Slip {
  const { language } = form;
  const paper = paperOf(form);
  const clock = slipClock(language, data.store.timeZone);
  paper.middle(word(language, 'transfer'), { size: 2, bold: true });
  paper.middle(data.transfer);
  if (data.state === 'cancelled') paper.middle(word(language, 'cancelled'), BOLD);
  paper.rule();
  const place = ({ id, name }: TransferSlipData['from']) => {
    const said = nameIn(language, name, id);
    return said === id ? id : `${said} (${id})`;
  };
  paper.wrap(word(language, 'from', place(data.from)), HANGING);
  paper.wrap(word(language, 'toStore', place(data.to)), HANGING);
  paper.wrap(word(language, 'sentAt', clock.stamp(data.at)), HANGING);
  if (data.requisition) {
    paper.wrap(word(language, 'requisition', data.requisition), HANGING);
  }
  paper.rule();
  const cells = cellsOf(data.lines, form);
  const headings = (['itemSpec', 'quantity'] as const).map((key) => word(language, key));
  paper.row(cells, headings, BOLD);
  for (const [i, line] of data.lines.entries()) {
    const name = nameIn(language, line.name, line.item);
    paper.row(cells, [`${i + 1} ${name}`, amountOf(line, form)]);
    const facts = lotText(line, form, clock);
    if (facts !== '') paper.wrap(facts, { indent: paper.isWide ? 2 : 1, lines: 4 });
  }
  if (data.note) {
    paper.rule();
    paper.wrap(word(language, 'note', data.note), { hang: 2 });
  }
  paper.rule();
  paper.qr(data.transfer);
  paper.middle(data.transfer);
  if (paper.isWide) paper.middle(word(language, 'bring'));
  paper.writing(
    word(language, paper.isWide ? 'driver' : 'driverShort'),
    word(language, paper.isWide ? 'receivedBy' : 'receivedShort'),
  );
  paper.cut();
  return paper.done('transfer');
}

const BOLD = { bold: true };
const HANGING = { hang: 2, lines: 3 };

function amountOf({ qty, unit }: TransferSlipLine, { language }: SlipForm): string {
  return exactAmount(language, qty, unit);
}

function lotText({ lot, expiresAt }: TransferSlipLine, { language }: SlipForm, clock: SlipClock) {
  const parts = [
    ...(lot === null ? [] : [word(language, 'lot', lot)]),
    ...(expiresAt === null
      ? []
      : [
          word(
            language,
            'useBy',
            `${clock.longDay(clock.dayOf(expiresAt))} ${clock.time(expiresAt)}`,
          ),
        ]),
  ];
  return parts.join('  ');
}

function cellsOf(lines: readonly TransferSlipLine[], form: SlipForm): Cell[] {
  const width = Math.max(9, ...lines.map((line) => widthOf(showable(amountOf(line, form))) + 1));
  return [
    { width: Math.max(0, form.columns - width), side: 'left' },
    { width, side: 'right' },
  ];
}
