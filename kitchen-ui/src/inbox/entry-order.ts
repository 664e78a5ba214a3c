import type { InboxItem } from '../api-types.ts';

/** What must be decided before what is worth knowing; what spoils comes before what can wait. */
export function byUrgency(entries: readonly InboxItem[]): InboxItem[] {
  return entries.toSorted((a, b) => rank(a) - rank(b));
}

function rank({ severity, kind }: InboxItem): number {
  if (severity === 'act') return kind === 'expiring' ? 0 : 1;
  return kind === 'expiring' ? 3 : 2;
}
