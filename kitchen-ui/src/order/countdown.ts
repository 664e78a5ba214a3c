/** How long until a supplier takes no more orders for the day. */
export type Countdown = {
  /** Whole minutes that are left, rounded down; 0 once it is past. */
  readonly minutes: number;
  readonly past: boolean;
  /** The reminder that is due: an hour, half an hour, ten minutes before. */
  readonly reminder: 60 | 30 | 10 | null;
};

/** @param now box clock, milliseconds. Null when the supplier has no cut-off, or none that can be read. */
export function countdown(cutOff: string | null, now: number): Countdown | null {
  const at = cutOff === null ? Number.NaN : Date.parse(cutOff);
  if (Number.isNaN(at)) return null;
  const left = at - now;
  if (left <= 0) return { minutes: 0, past: true, reminder: null };
  const minutes = Math.floor(left / MINUTE_MS);
  const reminder = REMINDERS.find((one) => left <= one * MINUTE_MS) ?? null;
  return { minutes, past: false, reminder };
}

/** `0:54`, `12:03`; longer than two days is said in days by whoever shows it. */
export function clockText(minutes: number): string {
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The cut-off that comes first among those that are not past, in the box's clock; null = none. */
export function firstCutOff(
  suppliers: readonly { readonly cutOff: string | null }[],
  now: number,
): string | null {
  const coming = suppliers
    .flatMap(({ cutOff }) => (cutOff === null ? [] : [cutOff]))
    .filter((cutOff) => Date.parse(cutOff) > now);
  return coming.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

const MINUTE_MS = 60_000;
/** The nearest one that has been reached counts. */
const REMINDERS = [10, 30, 60] as const;
