/**
 * An amount of renminbi in capital figures, which cannot be altered by a stroke of the pen: 肆佰玖拾陆元整.
 * After the People's Bank's rules for filling in bills (正确填写票据和结算凭证的基本规定): 整 after 元
 * and, as most write it, after 角, never after 分; zeros in a row are one 零; a 角 of zero before 分 is 零.
 */
import { MICRO, microFromDecimal } from '../amount.ts';

/** `amount` is decimal text, rounded to 分; undefined when it is no number that can be written so. */
export function capitalFigures(amount: string): string | undefined {
  let fen: number;
  try {
    const micro = microFromDecimal(amount);
    fen = Math.sign(micro) * Math.round(Math.abs(micro) / (MICRO / 100));
  } catch {
    return undefined;
  }
  const size = Math.abs(fen);
  const yuan = Math.floor(size / 100);
  const [jiao, rest] = [Math.floor((size % 100) / 10), size % 10];
  const sign = fen < 0 ? '负' : '';
  if (size === 0) return '零元整';
  let text = yuan === 0 ? '' : `${wholeFigures(yuan)}元`;
  if (jiao > 0) text += `${DIGITS[jiao]}角`;
  else if (rest > 0 && yuan > 0) text += '零';
  return `${sign}${text}${rest > 0 ? `${DIGITS[rest]}分` : '整'}`;
}

const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const PLACES = ['', '拾', '佰', '仟'] as const;
const GROUPS = ['', '万', '亿', '万亿'] as const;

function wholeFigures(value: number): string {
  const groups: number[] = [];
  for (let left = value; left > 0; left = Math.floor(left / 10_000)) groups.push(left % 10_000);
  let text = '';
  let hasGap = false;
  for (let place = groups.length - 1; place >= 0; place--) {
    const group = groups[place] ?? 0;
    if (group === 0) {
      hasGap = text !== '';
      continue;
    }
    // 107,000: the zero before 仟 may be left out; the examples of the rules have it.
    const after = groups[place + 1] ?? 0;
    if (text !== '' && (hasGap || group < 1000 || after % 10 === 0)) text += '零';
    hasGap = false;
    text += groupFigures(group) + (GROUPS[place] ?? '');
  }
  return text;
}

/** 1 to 9999. */
function groupFigures(group: number): string {
  let text = '';
  let hasGap = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      hasGap = text !== '';
      continue;
    }
    text += (hasGap ? '零' : '') + DIGITS[digit] + PLACES[place];
    hasGap = false;
  }
  return text;
}
