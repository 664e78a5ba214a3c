import type { Lang } from '#recipes/words/words.ts';
import type { Status } from '../api-types.ts';
import type { OutboxEntry } from '../outbox/entry.ts';
import { money } from '../text/moment.ts';

/** May this store's kitchen see money? Unless somebody said no, yes. */
export function showsMoney(status: Status | null): boolean {
  const setting = status?.settings?.['showMoney'];
  return setting !== false && setting !== 'false' && setting !== 'no';
}

/**
 * What the box says that an entry cost, or '' before it has said so, or where money is hidden. What only
 * changes its form (a trim, a batch, an opened pack) has a value and no loss.
 */
export function costText(lang: Lang, entry: OutboxEntry, status: Status | null): string {
  if (!LOSSES.has(entry.kind)) return '';
  return figure(lang, entry, status, 'cost');
}

const LOSSES: ReadonlySet<string> = new Set(['waste.log', 'consume.log', 'offcut.use']);

/** The waste of the day so far, as the box said with an entry; '' when it did not. */
export function dayCostText(lang: Lang, entry: OutboxEntry, status: Status | null): string {
  return figure(lang, entry, status, 'dayCost');
}

/** More was taken than the box had on its books. */
export function wasShort(entry: OutboxEntry): boolean {
  return (entry.answer as { short?: unknown } | undefined)?.short === true;
}

function figure(lang: Lang, entry: OutboxEntry, status: Status | null, name: string): string {
  const value = (entry.answer as Record<string, unknown> | undefined)?.[name];
  if (typeof value !== 'string' || !showsMoney(status)) return '';
  return money(lang, value, status?.currency ?? '');
}
