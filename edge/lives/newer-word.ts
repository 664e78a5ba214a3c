/**
 * Of a setting, a mapping, a person the newest word counts. What another life said earlier than this one
 * must not undo what was said here since.
 */
import { overridesOf } from '#recipes/book/overrides.ts';
import type { BookOverride } from '#recipes/contracts/catalog-command.ts';
import { fieldsOf } from './given-names.ts';
import type { WordKind, WordStore } from './word-store.ts';

type Subject = { readonly kind: WordKind; readonly field: string; readonly name: string };

/**
 * Whether this box knows a later word on what a command is about.
 * @param at when it was said, epoch milliseconds
 */
export function isOutdated(
  words: WordStore,
  command: { readonly kind: string; readonly at: number; readonly data: unknown },
): boolean {
  if (command.kind === 'book.override') return isOverruled(words, command);
  const subject = subjectOf(command.kind, command.data);
  if (subject === undefined) return false;
  const { kind, field, name } = subject;
  return words.since(kind, command.at).some((note) => fieldsOf(note)[field] === name);
}

/** Whether anything of it was said anew here: what is different is said field by field. */
function isOverruled(
  words: WordStore,
  { at, data }: { readonly at: number; readonly data: unknown },
): boolean {
  const fields = (said: unknown) =>
    overridesOf(said as BookOverride).map(({ what, id, field }) => `${what} ${id} ${field}`);
  const said = new Set(fields(data));
  return words.since('override', at).some((note) => fields(note).some((one) => said.has(one)));
}

/** What a command is about, as the note of its entry says it; undefined where every word counts. */
function subjectOf(kind: string, data: unknown): Subject | undefined {
  const said = fieldsOf(data);
  const about = ABOUT[kind];
  if (about === undefined) return undefined;
  const name = said[about.said];
  if (typeof name !== 'string') return undefined;
  const own = { kind: about.kind, field: about.field ?? about.said };
  return { ...own, name: kind.startsWith('printer.') ? `printer ${name}` : name };
}

type About = {
  readonly kind: WordKind;
  /** Where the command says it. */
  readonly said: string;
  /** Where the note says it, when it is another word. */
  readonly field?: string;
};

/** A tablet that was locked out stays locked out, whatever was said of it later. */
const ABOUT: Readonly<Record<string, About>> = {
  'setting.set': { kind: 'setting', said: 'key' },
  'printer.set': { kind: 'setting', said: 'name', field: 'key' },
  'printer.remove': { kind: 'setting', said: 'name', field: 'key' },
  'sku.map': { kind: 'mapping', said: 'sku' },
  'barcode.learn': { kind: 'barcode', said: 'barcode' },
  'user.add': { kind: 'person', said: 'user' },
  'user.edit': { kind: 'person', said: 'user' },
  'user.remove': { kind: 'person', said: 'user' },
  'device.edit': { kind: 'device', said: 'device' },
};
