import { readableText } from '#recipes/words/readable.ts';
import { type Lang, type Name, nameIn, say } from '#recipes/words/words.ts';
import type { CommandBody, InboxItem } from '../api-types.ts';

/**
 * What the undo bar says of a command of the inbox that the kitchen can take back; null for those
 * that are decisions, not records.
 */
export function saidOnBar(
  entry: InboxItem,
  command: CommandBody,
  name: Name | string | undefined,
): Name | null {
  const text = (lang: Lang): string | null => {
    const called = nameIn(lang, name, entry.subject?.item ?? '');
    const amount = amountIn(lang, entry);
    if (command.kind === 'waste.log') return say(lang, 'inbox.wasteSaid', { name: called, amount });
    if (command.kind === 'batch.produce') {
      return say(lang, 'inbox.batchSaid', { name: called, amount });
    }
    return null;
  };
  const zh = text('zh');
  const en = text('en');
  return zh === null || en === null ? null : { zh, en };
}

function amountIn(lang: Lang, { subject }: InboxItem): string {
  const { amount = '', qty, unit = '' } = subject ?? {};
  if (qty !== undefined) return readableText(lang, qty, unit);
  const [figure = '', base = ''] = amount.split(' ');
  return readableText(lang, figure, base);
}
