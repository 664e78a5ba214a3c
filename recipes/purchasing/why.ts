/** The one short line under a suggested item: "安全1kg 整件2kg" / "safety 1kg, pack 2kg". */
import { decimalFromMicro, type Micro } from '../amount.ts';
import type { BaseUnit } from '../unit-words.ts';
import { readable } from '../words/readable.ts';
import type { Lang } from '../words/words.ts';
import type { SuggestionLine } from './suggestion-types.ts';

export type WhyContext = {
  readonly unit: BaseUnit;
  /** IANA name: instants are said in the store's time. */
  readonly timeZone: string;
  /** Instants of this calendar day are said without their day; epoch milliseconds. */
  readonly now: number;
};

/** What made this quantity of it, in the order of weight; for nothing to order, why it is enough. */
export function whyText(line: SuggestionLine, context: WhyContext): { zh: string; en: string } {
  return {
    zh: partsOf(line, words('zh', context)).join(' '),
    en: partsOf(line, words('en', context)).join(', '),
  };
}

type Say = {
  readonly amount: (micro: Micro) => string;
  readonly at: (instant: number) => string;
  readonly pick: (zh: string, en: string) => string;
};

function partsOf(line: SuggestionLine, { amount, at, pick }: Say): string[] {
  const { sum } = line;
  const parts: string[] = [];
  const add = (when: boolean, zh: () => string, en: () => string) => {
    if (when) parts.push(pick(zh(), en()));
  };
  const orders = sum.packs > 0;
  const par = amount(sum.need + sum.safety);
  add(
    line.basis === 'par',
    () => `按标准${par}`,
    () => `par ${par}`,
  );
  add(
    line.basis !== 'par' && orders && sum.safety > 0,
    () => `安全${amount(sum.safety)}`,
    () => `safety ${amount(sum.safety)}`,
  );
  add(
    orders,
    () => `整件${amount(sum.pack)}`,
    () => `pack ${amount(sum.pack)}`,
  );
  const { event } = sum;
  add(
    event > 0,
    () => `活动多用${amount(event)}`,
    () => `event adds ${amount(event)}`,
  );
  const cap = sum.cap ?? 0;
  add(
    sum.capBy === 'max',
    () => `只放得下${amount(cap)}`,
    () => `room for ${amount(cap)}`,
  );
  add(
    sum.capBy === 'shelf_life',
    () => `保质期内最多${amount(cap)}`,
    () => `keeps for ${amount(cap)} at most`,
  );
  add(
    sum.raisedTo !== null,
    () => '凑起订',
    () => 'raised to the minimum',
  );
  const saved = sum.replacing;
  add(
    saved > 0,
    () => `先用边角料${amount(saved)}`,
    () => `use ${amount(saved)} of offcuts first`,
  );
  parts.push(...shelfParts(line, { amount, at, pick }));
  const unknown = line.basis !== 'par' && line.flags.includes('low_confidence') && sum.need === 0;
  add(
    unknown && !orders,
    () => '还没有用量记录,请自定',
    () => 'no use known yet, decide yourself',
  );
  add(
    parts.length === 0,
    () => '够用',
    () => 'enough',
  );
  return parts;
}

/** What the shelf says: what to take first, until when it lasts, and what nobody can bring in time. */
function shelfParts({ sum, flags, lastsUntil, useFirst }: SuggestionLine, say: Say): string[] {
  const { amount, at, pick } = say;
  const parts: string[] = [];
  if (useFirst !== null) {
    const [much, until] = [amount(useFirst.amount), at(useFirst.expiresAt)];
    parts.push(pick(`${much}先用 ${until}到期`, `use ${much} first, expires ${until}`));
  }
  if (lastsUntil !== null && flags.includes('low')) {
    const until = at(lastsUntil);
    parts.push(pick(`只够到${until}`, `lasts to ${until}`));
  }
  // Part of the sum: without it nobody could work the order out from what is printed.
  if (sum.lost > 0) {
    const much = amount(sum.lost);
    parts.push(pick(`到货前缺${much}不补`, `${much} short before it comes, not ordered`));
  }
  return parts;
}

function words(lang: Lang, { unit, timeZone, now }: WhyContext): Say {
  const today = clock(timeZone, now).date;
  return {
    amount: (micro) => {
      const { value, unit: word } = readable(lang, decimalFromMicro(micro), unit);
      return unit === 'ea' && lang === 'en' ? value : `${value}${word}`;
    },
    at: (instant) => {
      const read = clock(timeZone, instant);
      return read.date === today ? read.time : `${read.day} ${read.time}`;
    },
    pick: (zh, en) => (lang === 'zh' ? zh : en),
  };
}

function clock(timeZone: string, instant: number): { date: number; day: string; time: string } {
  const parts = formatOf(timeZone).formatToParts(instant);
  const read = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const day = `${read('month')}-${read('day')}`;
  const date = Number(`${read('year')}${read('month')}${read('day')}`);
  return { date, day, time: `${read('hour')}:${read('minute')}` };
}

/** A format is costly to make, and every line of a suggestion asks for the same. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}
