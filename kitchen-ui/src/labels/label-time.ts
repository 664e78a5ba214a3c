import type { Lang } from '#recipes/words/words.ts';
import { clockTime, dayName } from '../text/moment.ts';

/** zh `11-22(日) 14:05`, en `Sun 22 Nov 14:05`: a label is read on another day, so never "today". */
export function stamp(lang: Lang, at: string, timezone: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  return `${dayName(lang, dateOf(time, timezone))} ${clockTime(time, timezone)}`;
}

/** zh `11-22 14:05`, en `22 Nov 14:05`: where there is room for no more. */
export function shortStamp(lang: Lang, at: string, timezone: string): string {
  return stamp(lang, at, timezone).replace(/^[A-Z][a-z]+ |\([^)]*\)/, '');
}

/** `周三 14:05`, `Wed 14:05`: what is read across a cold room. */
export function weekdayTime(lang: Lang, at: string, timezone: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: timezone });
  return `${weekday.format(time)} ${clockTime(time, timezone)}`;
}

function dateOf(time: number, timezone: string): string {
  const style = { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: timezone } as const;
  return new Intl.DateTimeFormat('en-CA', style).format(time);
}
