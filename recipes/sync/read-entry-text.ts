/**
 * The hashed text of an entry, read back: what `entryText` wrote. Head office gets this text and no
 * other form, so that verifying the chain needs no rebuilding, and keeps its moves as they are.
 */

/** An entry as numbers and texts; `kind` may be one that this version does not know. */
export type EntryRecord = {
  readonly seq: number;
  readonly kind: number;
  readonly event: number | null;
  readonly sale: number | null;
  readonly reverses: number | null;
  readonly book: number | null;
  /** As 20261122. */
  readonly day: number;
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly command: string | null;
  readonly actor: string | null;
  /** JSON text. */
  readonly note: string | null;
  /** The tail of the text: `line,item,lot,from,to,amount;` for each move. */
  readonly moves: string;
};

/** The text is not one that `entryText` writes. */
export class EntryTextError extends Error {
  override readonly name = 'EntryTextError';
}

const NUMBERS = 10;
/** `line,item,lot,from,to,amount;` any number of times; a line may be -1. */
const MOVES = /^(?:-?\d{1,9},\d{1,9},\d{1,15},\d{1,2},\d{1,2},\d{1,16};)*$/;

/** @throws EntryTextError that says what is wrong */
export function readEntryText(text: string): EntryRecord {
  const numbers: (number | null)[] = [];
  let at = 0;
  for (let i = 0; i < NUMBERS; i++) {
    const end = text.indexOf(';', at);
    if (end < 0) throw new EntryTextError(`field ${i} does not end`);
    numbers.push(end === at ? null : wholeNumber(text.slice(at, end), i));
    at = end + 1;
  }
  const [version, seq, kind, event, sale, reverses, book, day, occurredAt, recordedAt] = numbers;
  if (version !== 1) throw new EntryTextError(`version ${version} of the text is not known`);
  const command = readSized(text, at);
  const actor = readSized(text, command.end);
  const note = readSized(text, actor.end);
  const moves = text.slice(note.end);
  if (!MOVES.test(moves)) throw new EntryTextError('the moves are not as they should be');
  return {
    seq: needed(seq, 'seq'),
    kind: needed(kind, 'kind'),
    event: event ?? null,
    sale: sale ?? null,
    reverses: reverses ?? null,
    book: book ?? null,
    day: needed(day, 'day'),
    occurredAt: needed(occurredAt, 'occurredAt'),
    recordedAt: needed(recordedAt, 'recordedAt'),
    command: command.text,
    actor: actor.text,
    note: note.text,
    moves,
  };
}

/** The text of a record: `writeEntryText(readEntryText(text)) === text`. */
export function writeEntryText(record: EntryRecord): string {
  const r = record;
  const numbers = `1;${r.seq};${r.kind};${r.event ?? ''};${r.sale ?? ''};${r.reverses ?? ''};${
    r.book ?? ''
  };${r.day};${r.occurredAt};${r.recordedAt};`;
  return numbers + sized(r.command) + sized(r.actor) + sized(r.note) + r.moves;
}

/** Calls back for each move of the packed text. */
export function eachMove(
  moves: string,
  visit: (
    line: number,
    item: number,
    lot: number,
    from: number,
    to: number,
    amount: number,
  ) => void,
): void {
  let at = 0;
  const fields: number[] = [0, 0, 0, 0, 0, 0];
  while (at < moves.length) {
    for (let f = 0; f < 6; f++) {
      const end = moves.indexOf(f === 5 ? ';' : ',', at);
      fields[f] = Number(moves.slice(at, end));
      at = end + 1;
    }
    const [line = 0, item = 0, lot = 0, from = 0, to = 0, amount = 0] = fields;
    visit(line, item, lot, from, to, amount);
  }
}

function wholeNumber(text: string, field: number): number {
  const number = Number(text);
  if (!/^-?\d{1,16}$/.test(text) || !Number.isSafeInteger(number)) {
    throw new EntryTextError(`field ${field} is no whole number`);
  }
  return number;
}

function needed(value: number | null | undefined, name: string): number {
  if (value === null || value === undefined) throw new EntryTextError(`${name} is missing`);
  return value;
}

function readSized(text: string, at: number): { text: string | null; end: number } {
  if (text.startsWith('-;', at)) return { text: null, end: at + 2 };
  const colon = text.indexOf(':', at);
  const length = Number(text.slice(at, colon));
  const end = colon + 1 + length;
  if (colon < 0 || !/^\d{1,9}$/.test(text.slice(at, colon)) || text[end] !== ';') {
    throw new EntryTextError('a text does not have the length it says');
  }
  return { text: text.slice(colon + 1, end), end: end + 1 };
}

function sized(text: string | null): string {
  return text === null ? '-;' : `${text.length}:${text};`;
}
