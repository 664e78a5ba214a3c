import type { Lang } from '#recipes/words/words.ts';
import type { Tone } from '../../../src/parts/tone.ts';
import type { StoreRow } from '../api-types.ts';
import { tell, tellIfKnown } from '../words.ts';
import { type Standing, standingOf } from './figures.ts';

/** How a standing looks: its shape and colour. */
export const TONES: Readonly<Record<Standing, Tone>> = {
  two: 'out',
  different: 'out',
  silent: 'out',
  late: 'low',
  alarm: 'low',
  never: 'idle',
  ok: 'ok',
};

/** The one word for a store. */
export function standingWord(lang: Lang, row: StoreRow): string {
  const standing = standingOf(row);
  if (standing === 'alarm') return tell(lang, 'hq.fig.alarms');
  return tell(lang, `hq.state.${standing}`);
}

/** How far behind, or how long silent; '' when there is nothing to say but that it is well. */
export function lagText(lang: Lang, row: StoreRow, now: number): string {
  if (row.state === 'never') return tell(lang, 'hq.lag.never');
  if (row.state === 'silent') {
    return tell(lang, 'hq.lag.silent', { span: span(lang, now - Date.parse(row.seenAt ?? '')) });
  }
  if (row.state === 'late') return tell(lang, 'hq.lag.late', { span: span(lang, row.lagMs ?? 0) });
  return '';
}

/** `6 min`. */
export function span(lang: Lang, ms: number): string {
  const seconds = Math.max(0, Math.floor((Number.isFinite(ms) ? ms : 0) / 1000));
  if (seconds < 90) return tell(lang, 'hq.span.seconds', { n: seconds });
  if (seconds < 5_400) return tell(lang, 'hq.span.minutes', { n: Math.floor(seconds / 60) });
  if (seconds < 172_800) return tell(lang, 'hq.span.hours', { n: Math.floor(seconds / 3600) });
  return tell(lang, 'hq.span.days', { n: Math.floor(seconds / 86_400) });
}

/** What alarms of a store, in words, each once; what its one word says already is left out. */
export function alarmWords(lang: Lang, row: StoreRow): string[] {
  const all = row.catalog.refused > 0 ? [...row.alarms, 'refused'] : row.alarms;
  const said = SAID_BY_STANDING[standingOf(row)] ?? [];
  const kinds = all.filter((kind) => !said.includes(kind));
  return [...new Set(kinds.map((kind) => tellIfKnown(lang, `hq.alarm.${kind}`, kind)))];
}

const SAID_BY_STANDING: Readonly<Partial<Record<Standing, readonly string[]>>> = {
  two: ['two_boxes'],
  different: ['differs'],
  silent: ['silent', 'lag'],
  late: ['lag'],
};
