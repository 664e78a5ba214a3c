import { readableText } from '#recipes/words/readable.ts';
import { type Lang, nameIn, say } from '#recipes/words/words.ts';
import type { InboxItem } from '../api-types.ts';
import { ago, moment } from '../text/moment.ts';
import type { EventReason } from './inbox-types.ts';

/** What has happened; for an unknown code with the name that the POS gave it. */
export function entryTitle(lang: Lang, entry: InboxItem): string {
  const title = nameIn(lang, entry.title, entry.kind);
  const name = nameIn(lang, entry.subject?.name);
  if (name === '' || title.includes(name)) return title;
  return lang === 'zh' ? `${title}“${name}”` : `${title} “${name}”`;
}

/** Since when, and what is known about it. */
export function entryDetail(lang: Lang, entry: InboxItem, now: number, timezone: string): string {
  if (entry.kind === 'expiring') return expiryDetail(lang, entry, now, timezone);
  const detail = nameIn(lang, entry.detail);
  const since = Date.parse(entry.since);
  if (Number.isNaN(since) || STANDING.has(entry.kind)) return detail;
  return [ago(lang, since, now), detail].filter(Boolean).join(' · ');
}

/** Why the box could not use a message, with the place in it. */
export function reasonText(lang: Lang, reason: EventReason | string): string {
  if (typeof reason === 'string') return reason;
  const translated = lang === 'zh' ? reason.messageZh : undefined;
  const text = translated || nameIn(lang, reason.message, reason.code);
  return reason.path && !text.includes(reason.path) ? `${text} (${reason.path})` : text;
}

/** States of the stock or the day rather than events: the box has no moment at which they began. */
const STANDING: ReadonlySet<string> = new Set(['negative', 'dayclose', 'menu']);

function expiryDetail(lang: Lang, entry: InboxItem, now: number, timezone: string): string {
  const { amount, expiresAt } = entry.subject ?? {};
  const at = Date.parse(expiresAt ?? '');
  if (amount === undefined || Number.isNaN(at)) return nameIn(lang, entry.detail);
  const [figure = '', unit = ''] = amount.split(' ');
  const when = moment(lang, at, now, timezone);
  return `${readableText(lang, figure, unit)} · ${say(lang, 'item.expires')} ${when}`;
}
