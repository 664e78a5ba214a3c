/** The facts that entries carry beside their moves, read without trusting them. */

export type Note = Readonly<Record<string, unknown>>;

const NOTHING: Note = {};

/** The note of an entry; {} when it has none that can be read. */
export function readNote(text: string | null): Note {
  if (text === null) return NOTHING;
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Note) : NOTHING;
  } catch {
    // Early reversals noted their reason as it was.
    return { reason: text };
  }
}

/** A text of a note, or null. */
export function textOf(note: Note, key: string): string | null {
  const value = note[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A list of a note; empty when there is none. */
export function listOf(note: Note, key: string): readonly Note[] {
  const value = note[key];
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is Note => typeof one === 'object' && one !== null);
}
