import type { PlainKey } from '#recipes/words/words.ts';
import type { CommandBody, InboxItem } from '../api-types.ts';

/** A button of an inbox entry: with its own label from the box, or with a text of the words. */
export type InboxButton = {
  readonly command: CommandBody;
  readonly label: InboxItem['title'] | PlainKey;
};

/**
 * The buttons of an entry, the one that fixes it first. Those that the box sends with the entry; for
 * kinds that everybody knows, made here when it sends none, so that no entry is ever a dead end.
 * Mapping an unknown dish is not among them: it needs a choice and has its own panel.
 */
export function buttonsOf(entry: InboxItem): InboxButton[] {
  const sent = (entry.actions ?? []).filter((action) => action.command.kind !== 'sku.map');
  const buttons = sent.length > 0 ? sent : usualButtons(entry);
  return buttons.toSorted((a, b) => Number(givesUp(a)) - Number(givesUp(b)));
}

/** The button gives something up for good, so it comes after those that repair. */
export function givesUp(button: InboxButton): boolean {
  const { kind } = button.command;
  return kind.endsWith('.dismiss') || kind.endsWith('.abandon');
}

/** The command that maps a sku to a recipe, or to nothing. */
export function mapSku(sku: string, recipe: string | null): CommandBody {
  return { kind: 'sku.map', data: recipe === null ? { sku, ignore: true } : { sku, recipe } };
}

function usualButtons(entry: InboxItem): InboxButton[] {
  const subject = entry.subject ?? {};
  const event = subject.event;
  if (event === undefined) return [];
  const dismiss: InboxButton = {
    command: { kind: 'quarantine.dismiss', data: { event } },
    label: 'inbox.dismiss',
  };
  if (entry.kind === 'conflict') return [dismiss];
  if (entry.kind !== 'quarantined' && entry.kind !== 'poison') return [];
  return [
    { command: { kind: 'quarantine.replay', data: { event } }, label: 'inbox.replay' },
    dismiss,
  ];
}
