import { type Lang, say } from '#recipes/words/words.ts';

/** `14:05` in the store's time zone. */
export function clockTime(at: number, timezone: string): string {
  return formatter('en-GB', timezone, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);
}

/** `14:05:09`, for the list of sales. */
export function clockSeconds(at: number, timezone: string): string {
  const style = {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  } as const;
  return formatter('en-GB', timezone, style).format(at);
}

/** zh `11-22(日)`, en `Sun 22 Nov`, of a date `2026-11-22`. */
export function dayName(lang: Lang, date: string): string {
  const noon = Date.parse(`${date}T12:00:00Z`);
  if (Number.isNaN(noon)) return date;
  return dayText(lang, noon, 'UTC');
}

/** `今日 18:40`, `tomorrow 10:30`, `11-24(二) 09:00`: when something will be or was. */
export function moment(lang: Lang, at: number, now: number, timezone: string): string {
  const time = clockTime(at, timezone);
  const days = dayNumber(at, timezone) - dayNumber(now, timezone);
  if (days === 0) return say(lang, 'day.today', { time });
  if (days === 1) return say(lang, 'day.tomorrow', { time });
  return `${dayText(lang, at, timezone)} ${time}`;
}

/** `3 秒前`. Clocks that differ a little must not make an event come from the future. */
export function ago(lang: Lang, at: number, now: number): string {
  const seconds = Math.floor((now - at) / 1000);
  if (seconds < 1) return say(lang, 'ago.now');
  if (seconds < 60) return say(lang, 'ago.seconds', { n: seconds });
  if (seconds < 3600) return say(lang, 'ago.minutes', { n: Math.floor(seconds / 60) });
  if (seconds < 86_400) return say(lang, 'ago.hours', { n: Math.floor(seconds / 3600) });
  return say(lang, 'ago.days', { n: Math.floor(seconds / 86_400) });
}

/** Money as the language writes it; the bare figure when the currency is not one. */
export function money(lang: Lang, amount: string, currency: string): string {
  const value = Number(amount);
  if (!Number.isFinite(value) || !/^[A-Z]{3}$/.test(currency)) return amount;
  const locale = lang === 'zh' ? 'zh-CN' : 'en';
  const style = { style: 'currency', currency, currencyDisplay: lang === 'zh' ? 'symbol' : 'code' };
  return new Intl.NumberFormat(locale, style as Intl.NumberFormatOptions).format(value);
}

function dayText(lang: Lang, at: number, timezone: string): string {
  const style = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  if (lang === 'en') {
    const part = partsOf(formatter('en-GB', timezone, style), at);
    return `${part('weekday')} ${part('day')} ${part('month')}`;
  }
  const part = partsOf(
    formatter('zh-CN', timezone, { weekday: 'narrow', day: '2-digit', month: '2-digit' }),
    at,
  );
  return `${part('month')}-${part('day')}(${part('weekday')})`;
}

function partsOf(format: Intl.DateTimeFormat, at: number): (type: string) => string {
  const parts = format.formatToParts(at);
  return (type) => parts.find((part) => part.type === type)?.value ?? '';
}

/** Days since 1970 of the calendar day that `at` falls on in the zone. */
function dayNumber(at: number, timezone: string): number {
  const style = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return Date.parse(`${formatter('en-CA', timezone, style).format(at)}T00:00:00Z`) / 86_400_000;
}

// Building a formatter costs far more than using it, and the board uses the same few every second.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(
  locale: string,
  timezone: string,
  style: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${timezone} ${JSON.stringify(style)}`;
  let format = formatters.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale, { ...style, timeZone: timezone });
    formatters.set(key, format);
  }
  return format;
}
