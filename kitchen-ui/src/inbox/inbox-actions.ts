import type { PlainKey } from '#recipes/words/words.ts';
import type { CommandBody, InboxItem } from '../api-types.ts';

/** A button of an inbox entry: with its own label from the box, or with a text of the words. */
export type InboxButton = {
  readonly command: CommandBody;
  readonly label: InboxItem['title'] | PlainKey;
};

/** A place of the pages where the entry is put right. */
export type InboxLink = {
  readonly href: string;
  readonly label: PlainKey;
  readonly action: string;
};

/** What an entry shows below itself when asked. */
export type InboxPanel = {
  readonly what: 'map' | 'menu' | 'totals' | 'refused' | 'raw';
  readonly label: PlainKey;
};

/**
 * The buttons of an entry, the one that fixes it first. Those that the box sends with the entry; for
 * kinds that everybody knows, made here when it sends none, so that no entry is ever a dead end.
 * Mapping an unknown dish is not among them: it needs a choice and has its own panel.
 */
export function buttonsOf(entry: InboxItem): InboxButton[] {
  const sent = (entry.actions ?? []).filter((action) => action.command.kind !== 'sku.map');
  const buttons = sent.length > 0 ? sent.map(inOurWords) : usualButtons(entry);
  return buttons.toSorted((a, b) => Number(givesUp(a)) - Number(givesUp(b)));
}

const TRANSFER_KINDS: ReadonlySet<string> = new Set([
  'transfer_incoming',
  'transfer_late',
  'transfer_disputed',
  'requisition_waiting',
]);

/** Where else the entry is put right. */
export function linksOf(entry: InboxItem): InboxLink[] {
  const subject = entry.subject ?? {};
  const { item, order } = subject;
  if (entry.kind === 'printer' || entry.kind === 'print_job') {
    return [{ href: '#/printers', label: 'inbox.openPrinters', action: 'open-printers' }];
  }
  if (TRANSFER_KINDS.has(entry.kind)) {
    return [{ href: '#/transfers', label: 'inbox.openTransfers', action: 'open-transfers' }];
  }
  if (isOfBook(entry)) {
    return [{ href: '#/book/versions', label: 'inbox.openBook', action: 'open-book' }];
  }
  if (typeof order === 'string') {
    const href = `#/orders/${encodeURIComponent(order)}`;
    return [{ href, label: 'inbox.openOrder', action: 'open-order' }];
  }
  if (entry.kind === 'order_cut_off') {
    return [{ href: `#/order/${subject.for ?? ''}`, label: 'inbox.orderNow', action: 'order-now' }];
  }
  if (item === undefined) return [];
  const query = `?item=${encodeURIComponent(item)}`;
  if (entry.kind === 'negative') {
    return [
      { href: `#/count${query}`, label: 'inbox.countNow', action: 'count-now' },
      { href: `#/receive${query}`, label: 'inbox.receive', action: 'receive' },
    ];
  }
  if (entry.kind === 'prep_inferred') {
    return [
      {
        href: `#/prep?recipe=${encodeURIComponent(item)}`,
        label: 'inbox.openPrep',
        action: 'prep',
      },
    ];
  }
  return [];
}

/** A book of head office: not taken, or without a dish that is sold. */
function isOfBook({ kind, subject }: InboxItem): boolean {
  if (kind === 'hq_refused_version') return (subject as { what?: unknown })?.what === 'book';
  return kind === 'book_drops_dishes';
}

/** @param hasBest somebody proposes a dish, so choosing is choosing another */
export function opensOf(entry: InboxItem, hasBest: boolean, opened: boolean): InboxPanel | null {
  const subject = entry.subject ?? {};
  if (entry.kind === 'unknown_sku') {
    return { what: 'map', label: hasBest ? 'inbox.chooseOther' : 'inbox.choose' };
  }
  if (entry.kind === 'menu') {
    return { what: 'menu', label: opened ? 'inbox.hideMenu' : 'inbox.mapMenu' };
  }
  if (entry.kind === 'dayclose') {
    return { what: 'totals', label: opened ? 'inbox.hideTotals' : 'inbox.totals' };
  }
  if (entry.kind === 'hq_refused_facts') {
    return { what: 'refused', label: opened ? 'inbox.hideRefused' : 'inbox.refused' };
  }
  if (entry.kind === 'conflict') {
    return { what: 'raw', label: opened ? 'inbox.hideCompare' : 'inbox.compare' };
  }
  if (subject.event === undefined) return null;
  return { what: 'raw', label: opened ? 'inbox.hideRaw' : 'inbox.raw' };
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

/** What the kitchen does every day is said in its own words. */
function inOurWords(button: InboxButton): InboxButton {
  if (button.command.kind === 'waste.log') return { ...button, label: 'inbox.wasteAll' };
  if (button.command.kind === 'batch.produce') return { ...button, label: 'inbox.logBatch' };
  return button;
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
