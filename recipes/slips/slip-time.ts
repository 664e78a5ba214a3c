/** Days and times as they stand on paper, in the store's time zone. */
import type { SlipLanguage } from './slip.ts';
import type { Day, Instant } from './slip-data.ts';

/** The clock and the calendar of a store. Texts that are no time stay as they are. */
export type SlipClock = {
  /** "21:36". */
  time(at: Instant): string;
  /** "2026-11-22(日)", "Sun 22 Nov 2026". */
  longDay(day: Day): string;
  /** "11-22(日)", "Sun 22 Nov". */
  day(day: Day): string;
  /** "周日", "Sun". */
  weekday(day: Day): string;
  /** The local day of an instant: "2026-11-22". */
  dayOf(at: Instant): Day;
  /** Short day and time: "11-22(日) 21:36". */
  stamp(at: Instant): string;
};

export function slipClock(language: SlipLanguage, timeZone: string): SlipClock {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const local = (at: Instant) => {
    const instant = Date.parse(at);
    if (Number.isNaN(instant)) return undefined;
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const text = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    return {
      day: `${text('year')}-${text('month')}-${text('day')}`,
      time: `${text('hour')}:${text('minute')}`,
    };
  };
  const isZh = language === 'zh';
  const weekday = (day: Day) => WEEKDAYS[language][dayParts(day)?.weekday ?? 7] ?? '';
  const short = (day: Day) => {
    const parts = dayParts(day);
    if (parts === undefined) return day;
    if (isZh) return `${day.slice(5)}(${weekday(day).slice(1)})`;
    return `${weekday(day)} ${parts.day} ${MONTHS[parts.month - 1]}`;
  };
  return {
    time: (at) => local(at)?.time ?? at,
    dayOf: (at) => local(at)?.day ?? at,
    weekday,
    day: short,
    longDay: (day) => {
      if (dayParts(day) === undefined) return day;
      return isZh ? `${day.slice(0, 5)}${short(day)}` : `${short(day)} ${day.slice(0, 4)}`;
    },
    stamp: (at) => {
      const parts = local(at);
      return parts === undefined ? at : `${short(parts.day)} ${parts.time}`;
    },
  };
}

const WEEKDAYS: Readonly<Record<SlipLanguage, readonly string[]>> = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
};
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function dayParts(day: Day): { month: number; day: number; weekday: number } | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!match) return undefined;
  const at = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return undefined;
  return { month: Number(match[2]), day: Number(match[3]), weekday: at.getUTCDay() };
}
