/** What entries of head office, of goods between stores and of outside work were, in words of both languages. */
import type { Words } from '../contracts/command.ts';
import type { EntryKind } from '../ledger/entry.ts';
import { type Lang, type Name, nameIn } from './words.ts';

type Note = Readonly<Record<string, unknown>>;

/** What a store is called, by its id; undefined = nobody knows, and the id says it. */
export type StoreNames = (store: string) => Name | undefined;

/** A box knows other stores by their ids only. */
const NO_NAMES: StoreNames = () => undefined;

/** What was done; undefined for other kinds. */
export function chainVerb(kind: EntryKind, note: Note): Words | undefined {
  const what = String(note['what'] ?? '');
  if (kind === 'snapshot') return note['why'] === 'late_book' ? CORRECTED : undefined;
  if (kind === 'catalog') return SENT[String(note['state'])];
  if (kind === 'transfer') return TRANSFER[what];
  if (kind === 'requisition') return what === 'answer' ? ANSWER[String(note['state'])] : ASKED;
  return kind === 'outsource' ? OUTSIDE[what] : undefined;
}

/** The other store or who works outside, and the number; empty for other kinds. */
export function chainTail(
  lang: Lang,
  kind: EntryKind,
  note: Note,
  names: StoreNames = NO_NAMES,
): string {
  if (kind === 'catalog') return versionTail(lang, note);
  const said = (key: string) => (typeof note[key] === 'string' ? String(note[key]) : undefined);
  const store = (key: string) => {
    const id = said(key);
    return id === undefined || id === '' ? id : nameIn(lang, names(id), id);
  };
  const to = store('to');
  const from = store('from');
  const where = {
    zh: to === undefined ? from && `来自 ${from}` : `至 ${to}`,
    en: to === undefined ? from && `from ${from}` : `to ${to}`,
  };
  if (kind === 'transfer') return joined(where[lang], said('transfer'));
  if (kind === 'requisition') {
    const asked = lang === 'en' && to !== undefined ? `of ${to}` : where[lang];
    return joined(asked ?? store('other'), said('requisition'));
  }
  return kind === 'outsource' ? joined(said('processor'), said('job')) : '';
}

/** Ids of the stores that the words of an entry name. */
export function storesNamed(kind: EntryKind, note: Note): string[] {
  if (kind !== 'transfer' && kind !== 'requisition') return [];
  const said = ['to', 'from', 'other'].map((key) => note[key]);
  return said.filter((id): id is string => typeof id === 'string' && id !== '');
}

/** Words that a box made, with the names of other stores in the place of their ids. */
export function withStoreNames(
  words: Words,
  kind: EntryKind,
  note: Note,
  names: StoreNames,
): Words {
  if (storesNamed(kind, note).length === 0) return words;
  // Only the tail as the box wrote it: an id may also be a part of other words.
  const named = (lang: Lang) =>
    words[lang].replace(chainTail(lang, kind, note), () => chainTail(lang, kind, note, names));
  return { zh: named('zh'), en: named('en') };
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

/** `recipe book 12 · 40 sales corrected`, or why it was refused. */
function versionTail(lang: Lang, { kind, version, corrected, reason }: Note): string {
  const what = VERSIONS[String(kind)]?.[lang] ?? String(kind);
  const why = typeof reason === 'object' && reason !== null ? (reason as Partial<Words>)[lang] : '';
  const sales =
    typeof corrected === 'number' && corrected > 0
      ? { zh: `补正 ${corrected} 单`, en: `${corrected} sales corrected` }[lang]
      : '';
  const more = [sales, why].filter((part) => part !== '' && part !== undefined);
  return [`${what} ${String(version)}`, ...more].join(' · ');
}

const CORRECTED: Words = { zh: '补正销售', en: 'Corrected sale' };
const SENT: Readonly<Record<string, Words>> = {
  taken: { zh: '采用总部', en: "Took head office's" },
  refused: { zh: '未采用总部', en: "Refused head office's" },
  ignored: { zh: '非本店', en: 'For other stores:' },
};
const VERSIONS: Readonly<Record<string, Words>> = {
  book: { zh: '配方册', en: 'recipe book' },
  commands: { zh: '决定', en: 'decisions' },
  transfer: { zh: '调拨', en: 'transfer' },
  transfer_cancel: { zh: '取消调拨', en: 'cancelled transfer' },
  requisition: { zh: '要货', en: 'requisition' },
  requisition_state: { zh: '要货答复', en: 'answer to a requisition' },
};

const TRANSFER: Readonly<Record<string, Words>> = {
  send: { zh: '调出', en: 'Sent' },
  cancel: { zh: '取消调出', en: 'Called off sending' },
  restore: { zh: '恢复调出', en: 'Sent after all' },
  receive: { zh: '调入', en: 'Received' },
  reopen: { zh: '取消调入', en: 'Called off receiving' },
  again: { zh: '恢复调入', en: 'Received after all' },
  match: { zh: '核对调入', en: 'Compared with what was sent' },
};

const ASKED: Words = { zh: '要货', en: 'Asked' };
const ANSWER: Readonly<Record<string, Words>> = {
  accepted: { zh: '接受要货', en: 'Accepted' },
  declined: { zh: '拒绝要货', en: 'Declined' },
  shipped: { zh: '要货已发', en: 'Shipped' },
  cancelled: { zh: '取消要货', en: 'Called off' },
};

const OUTSIDE: Readonly<Record<string, Words>> = {
  send: { zh: '委外发料', en: 'Out for processing' },
  receive: { zh: '委外收回', en: 'Back from processing' },
};
