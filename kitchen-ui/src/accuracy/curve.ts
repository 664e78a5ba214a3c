/** Size of the small curve beside an item, user units of its SVG. */
export const CURVE = { width: 120, height: 32, edge: 3 } as const;

export type Curve = { readonly used: string; readonly forecast: string };

/**
 * The paths of what was used and what was forecast, on one scale from zero, so that a gap between them is
 * as large as the error was. Empty with less than two days: one point is no curve.
 */
export function curveOf(
  days: readonly { readonly used: string; readonly forecast: string }[],
): Curve | null {
  if (days.length < 2) return null;
  const most = Math.max(...days.flatMap((day) => [Number(day.used), Number(day.forecast)]), 0);
  if (!(most > 0)) return null;
  const { width, height, edge } = CURVE;
  const x = (i: number) => round(edge + (i * (width - 2 * edge)) / (days.length - 1));
  const y = (value: number) => round(height - edge - (value / most) * (height - 2 * edge));
  const path = (values: readonly number[]) =>
    values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i)} ${y(value)}`).join('');
  return {
    used: path(days.map((day) => Number(day.used))),
    forecast: path(days.map((day) => Number(day.forecast))),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A share as "of every 100": 0.123 -> 12. Null when it is not known. */
export function ofHundred(share: string | null): number | null {
  if (share === null || share === '') return null;
  const value = Number(share) * 100;
  return Number.isFinite(value) ? Math.round(value) : null;
}

/** Which way a forecast leans; within two in a hundred it leans nowhere. */
export function leaning(bias: string | null): 'over' | 'under' | 'even' | null {
  const value = bias === null ? Number.NaN : Number(bias);
  if (!Number.isFinite(value)) return null;
  if (Math.abs(value) < 0.02) return 'even';
  return value > 0 ? 'over' : 'under';
}
