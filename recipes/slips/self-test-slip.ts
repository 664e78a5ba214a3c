/**
 * "Which line can you read?": the same text in every way a printer can be given it, and a ruler for each
 * width, so that whoever installs it reads two numbers off the paper instead of a manual.
 */
import { nameIn } from '../words/words.ts';
import { paperOf } from './paper.ts';
import type { Slip } from './slip.ts';
import type { SelfTestSlipData, SlipForm } from './slip-data.ts';
import { slipClock } from './slip-time.ts';
import { word } from './slip-words.ts';

/** Lays the test page of a printer down. */
export function selfTestSlip(data: SelfTestSlipData, form: SlipForm): Slip {
  const { language, columns } = form;
  const paper = paperOf(form);
  const clock = slipClock(language, data.store.timeZone);
  paper.middle(word(language, 'selfTest'), { size: 2, bold: true });
  paper.middle(`${nameIn(language, data.store.name)} ${data.store.id}`);
  paper.pair(word(language, 'printer', data.printer), clock.stamp(data.printedAt));
  paper.wrap(data.url, { lines: 2 });
  const chinese = word(language, data.chinese === 'image' ? 'asImage' : 'asText');
  paper.wrap(word(language, 'setTo', columns, chinese));
  paper.rule();
  paper.wrap(word(language, 'whichLine'), {}, { bold: true });
  paper.wrap('1 ASCII  ABCabc 0123456789 #$&@');
  paper.wrap('2 GB18030  五花肉 红烧 ￥℃', {}, { as: 'gb18030' });
  paper.wrap('3 IMAGE 图像  五花肉 红烧 ￥℃', {}, { as: 'image' });
  paper.rule();
  paper.wrap(word(language, 'whichWidth'), {}, { bold: true });
  for (const width of [32, 48].filter((width) => width <= columns)) paper.wrap(ruler(width));
  paper.wrap(word(language, 'rulerHint'));
  paper.rule();
  paper.middle('ABC 五花肉', { size: 2 });
  paper.wrap('**bold 加粗**', {}, { bold: true });
  const code = `KS1:TEST-${data.printer}`;
  paper.qr(code);
  paper.middle(code);
  paper.wrap(word(language, 'pick'));
  paper.cut();
  return paper.done('self-test');
}

/** "|-------10--------20-- … 48|": its last letter stands in the last column. */
function ruler(width: number): string {
  let text = '|';
  for (let tens = 10; tens < width - 3; tens += 10)
    text += String(tens)
      .padStart(10, '-')
      .slice(text === '|' ? 1 : 0);
  return `${text}${`${width}|`.padStart(width - text.length, '-')}`;
}
