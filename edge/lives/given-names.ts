/**
 * Which names a command gives out, and where a command names what another one made. Names are on labels
 * and papers; where two lives of the box gave out the same, one of them is called otherwise here.
 */
import type { Named } from './name-store.ts';

/** A name that a command gave out. */
export type Given = {
  readonly what: Named;
  /** Id of the item of a lot, else empty. */
  readonly item: string;
  readonly name: string;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * The names in the answer of a command, in the order in which it gave them out; null where it gave none.
 * @param data what it answered with
 */
export function namesGiven(kind: string, data: unknown): (Given | null)[] {
  const answer = fieldsOf(data);
  const field = GIVEN[kind];
  if (field !== undefined) return [given(field.what, '', answer[field.field])];
  switch (kind) {
    case 'delivery.receive':
    case 'transfer.receive':
    case 'outsource.receive':
      return listOf(answer['lots']).map(lotOf);
    case 'trim.log':
      return listOf(answer['outs']).map(lotOf);
    case 'batch.produce':
    case 'lot.open':
      return [lotOf(answer)];
    default:
      return [];
  }
}

/** Commands that give out one number. */
const GIVEN: Readonly<Record<string, { readonly what: Named; readonly field: string }>> = {
  'order.create': { what: 'order', field: 'order' },
  'credit.record': { what: 'credit', field: 'credit' },
  'day.note': { what: 'note', field: 'note' },
  'transfer.send': { what: 'transfer', field: 'transfer' },
  'requisition.send': { what: 'requisition', field: 'requisition' },
  'outsource.send': { what: 'job', field: 'job' },
};

function lotOf(answer: unknown): Given | null {
  const { item, lot } = fieldsOf(answer);
  return given('lot', typeof item === 'string' ? item : '', lot);
}

function given(what: Named, item: string, name: unknown): Given | null {
  return typeof name === 'string' ? { what, item, name } : null;
}

/** What a name of the other life means here; undefined = the same. */
export type Translate = (what: Named, theirs: string, item?: string) => string | undefined;

/** The data of a command with every name that it uses in the words of this life. */
export function inOurNames(kind: string, data: unknown, translate: Translate): unknown {
  const said = fieldsOf(data);
  const named = { ...said };
  for (const [field, what] of Object.entries(USED[kind] ?? {})) {
    const theirs = said[field];
    const ours = typeof theirs === 'string' ? translate(what, theirs, itemOf(said)) : undefined;
    if (ours !== undefined) named[field] = ours;
  }
  if (LOT_LINES.has(kind) && Array.isArray(said['lines'])) {
    named['lines'] = said['lines'].map((line) => inOurNames('lot', line, translate));
  }
  return data === null || typeof data !== 'object' ? data : named;
}

/** Fields that name what another command made. What a command gives out itself is not among them. */
const USED: Readonly<Record<string, Readonly<Record<string, Named>>>> = {
  lot: { lot: 'lot' },
  'waste.log': { lot: 'lot' },
  'consume.log': { lot: 'lot' },
  'trim.log': { lot: 'lot' },
  'offcut.use': { lot: 'lot' },
  'lot.open': { lot: 'lot' },
  'count.observe': { lot: 'lot' },
  'delivery.receive': { order: 'order' },
  'order.edit': { order: 'order' },
  'order.submit': { order: 'order' },
  'order.approve': { order: 'order' },
  'order.reject': { order: 'order' },
  'order.send': { order: 'order' },
  'order.cancel': { order: 'order' },
  'credit.record': { order: 'order' },
  'day.note': { id: 'note' },
  'day.forget': { note: 'note' },
  'transfer.send': { requisition: 'requisition' },
  'transfer.receive': { transfer: 'transfer' },
  'requisition.answer': { requisition: 'requisition' },
  'outsource.receive': { job: 'job' },
};
/** Commands whose lines name lots that leave the larder. */
const LOT_LINES: ReadonlySet<string> = new Set([
  'delivery.return',
  'transfer.send',
  'outsource.send',
]);

function itemOf(said: Fields): string | undefined {
  const { item } = said as { readonly item?: unknown };
  return typeof item === 'string' ? item : undefined;
}

/** An object's fields; of anything else none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** A list; of anything else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
