/** What is wrong with the stores now, by head office's own clock: a dead box cannot report itself. */
import type { Past } from '../board/past.ts';
import { ALARM_MS, isSilent, lagOf, otherBoxes } from '../board/store-state.ts';
import type { Cause } from './alarm-store.ts';

/**
 * @param listeningMs for how long head office has been able to hear anybody: its own absence is no
 *   store's silence
 */
export function causesOf(past: Past, now: number, listeningMs: number): Cause[] {
  const { store, main } = past;
  if (main === undefined) return [];
  const causes: Cause[] = [];
  const add = (kind: Cause['kind'], detail: Cause['detail']) =>
    causes.push({ store: store.code, kind, detail });
  if (listeningMs > ALARM_MS && isSilent(past, now)) {
    add('silent', { seenAt: new Date(main.seenAt).toISOString(), seq: main.seq });
  }
  const lag = lagOf(main, now);
  if (lag > ALARM_MS && listeningMs > ALARM_MS) {
    add('lag', { lagMs: lag, seq: main.seq, headSeq: main.headSeq });
  }
  const differences = main.differences ?? 0;
  if (differences > 0) add('differs', { differences, seq: main.seq });
  const others = otherBoxes(past);
  if (others.length > 0) {
    add('two_boxes', {
      main: main.incarnation,
      others: others.map(({ incarnation, seenAt }) => ({
        incarnation,
        seenAt: new Date(seenAt).toISOString(),
      })),
    });
  }
  return causes;
}
