/** What people noted of days, and what events of each reason came to, for the page that asks. */
import { dayText } from '#recipes/time/business-day.ts';
import type { DayFacts } from './day-facts.ts';
import type { DayNote } from './note-store.ts';

export type DayNotesView = {
  readonly notes: readonly ReturnType<typeof noteView>[];
  /** Reasons of events that are over, with what the next one is taken for. */
  readonly reasons: readonly { readonly reason: string; readonly value: string }[];
};

/** An event without a number shows what its reason came to. */
export function noteView(note: DayNote, learned: DayFacts['learned']) {
  const { id, from, to, kind, value, reason } = note;
  const factor = kind === 'event' && value === null ? learned(reason) : undefined;
  return {
    id,
    from: dayText(from),
    to: dayText(to),
    kind,
    value: factor === undefined ? value : factorText(factor),
    reason,
  };
}

/** @param past every note so far, for the reasons */
export function dayNotesView(
  notes: readonly DayNote[],
  past: readonly DayNote[],
  learned: DayFacts['learned'],
): DayNotesView {
  const reasons = [
    ...new Set(
      past.flatMap(({ kind, reason }) => (kind === 'event' && reason !== null ? [reason] : [])),
    ),
  ];
  return {
    notes: notes.map((note) => noteView(note, learned)),
    reasons: reasons.sort().flatMap((reason) => {
      const factor = learned(reason);
      return factor === undefined ? [] : [{ reason, value: factorText(factor) }];
    }),
  };
}

function factorText(factor: number): string {
  return factor.toFixed(2);
}
