import { type Lang, sayIfKnown } from '#recipes/words/words.ts';
import type { DayNote } from './order-types.ts';

/** Why a day is different, in words; a reason that somebody wrote stays as it is. */
export function reasonText(lang: Lang, note: Pick<DayNote, 'kind' | 'reason'>): string {
  const reason = note.reason ?? note.kind;
  return sayIfKnown(lang, `order.reason.${reason}`, reason);
}

/** What people usually know: per cent more or less than usual. */
export const PERCENTS = [-50, -20, -10, 10, 20, 30, 50, 100] as const;

/** `+20%`, with a minus that is as wide as the plus. */
export function percentOf(percent: number): string {
  const sign = percent < 0 ? '\u2212' : '+';
  return `${sign}${Math.abs(percent)}%`;
}

/** 20 -> "1.2", the factor as `day.note` takes it. */
export function factorText(percent: number): string {
  return String((100 + percent) / 100);
}
