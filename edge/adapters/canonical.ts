/** The last step of every adapter: canonical envelopes, checked against the contract. */
import {
  dataSchemas,
  type EventType,
  envelopeSchema,
  type Reason,
} from '#recipes/contracts/pos-event.ts';
import type { AdaptedEvent, AdapterContext, AdapterOutcome, Notes } from './adapter.ts';
import { parseStrict, type StrictJson } from './json-strict.ts';
import { reason } from './reasons.ts';

/** One event before its envelope. `at` is epoch milliseconds, undefined when the vendor gives none. */
export type Draft = {
  readonly id: string;
  readonly type: EventType;
  readonly at: number | undefined;
  readonly data: object;
};

/** Drafts as events; a reject when anything was at fault or an event breaks the contract. */
export function outcomeOf(
  drafts: readonly Draft[],
  notes: Notes,
  ctx: AdapterContext,
): AdapterOutcome {
  const events = drafts.map((draft) => seal(draft, ctx));
  const faults = notes.faults.length > 0 ? notes.faults : events.flatMap(breaches);
  if (faults.length > 0) return { kind: 'reject', reasons: faults };
  return { kind: 'events', events, warnings: notes.warnings };
}

/** A body that was understood and moves no stock, for this one reason. */
export function ignored(why: Reason): AdapterOutcome {
  return { kind: 'ignored', why };
}

/** A body that was not understood; the caller must give at least one reason. */
export function rejected(...reasons: readonly Reason[]): AdapterOutcome {
  return { kind: 'reject', reasons };
}

/** The text of a body; undefined when it is not UTF-8. A byte order mark is dropped. */
export function textOfBody(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/**
 * Parses vendor JSON. A fault, and a repeated key out of `stockKeys`, become faults; any other
 * repeated key is a warning, and its last value counts. `at` is the pointer of the text itself.
 */
export function parseVendorJson(
  text: string,
  at: string,
  stockKeys: ReadonlySet<string>,
  notes: Notes,
): Extract<StrictJson, { ok: true }> | undefined {
  const parsed = parseStrict(text);
  if (!parsed.ok) {
    notes.faults.push(reason('not_json', at, parsed.detail));
    return undefined;
  }
  for (const pointer of parsed.duplicates) {
    const key = pointer.slice(pointer.lastIndexOf('/') + 1);
    if (stockKeys.has(key)) notes.faults.push(reason('duplicate_key_stock', at + pointer));
    else notes.warnings.push(reason('duplicate_key', at + pointer));
  }
  return parsed;
}

function seal(draft: Draft, ctx: AdapterContext): AdaptedEvent {
  const envelope = {
    specversion: '1.0',
    id: draft.id,
    source: `/stores/${ctx.store}/pos/${ctx.terminal}`,
    type: draft.type,
    ...(draft.at === undefined ? {} : { time: new Date(draft.at).toISOString() }),
    datacontenttype: 'application/json',
    data: draft.data,
  };
  return { id: draft.id, envelope };
}

function breaches(event: AdaptedEvent): Reason[] {
  const envelope = envelopeSchema.safeParse(event.envelope);
  if (!envelope.success) return envelope.error.issues.map((issue) => breach('', issue));
  const data = dataSchemas[envelope.data.type as EventType].safeParse(envelope.data.data);
  return data.success ? [] : data.error.issues.map((issue) => breach('/data', issue));
}

function breach(base: string, issue: { path: readonly PropertyKey[]; message: string }): Reason {
  const path = [base, ...issue.path.map(String)].join('/');
  return reason('does_not_fit', undefined, `${path}: ${issue.message}`);
}
