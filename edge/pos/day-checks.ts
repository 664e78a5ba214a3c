/** Day reports for whoever asks often: worked out again only when something of the day has changed. */
import { type DayReport, dayReport } from './day.ts';
import type { ReceiveParts } from './receive.ts';

export type DayChecks = { report(day: number): DayReport };

export function openDayChecks(parts: ReceiveParts): DayChecks {
  const known = new Map<number, { mark: string; report: DayReport }>();
  return {
    report(day) {
      const mark = `${parts.sales.markOfDay(day)} ${parts.dayCloses
        .ofDay(day)
        .map(
          (close) => `${close.event} ${parts.sequences.newest(close.terminal)?.contiguous ?? ''}`,
        )
        .join(' ')}`;
      const cached = known.get(day);
      if (cached?.mark === mark) return cached.report;
      const report = dayReport(parts, day);
      known.set(day, { mark, report });
      return report;
    },
  };
}
