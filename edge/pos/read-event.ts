/**
 * Bytes to one understood event, or the reasons why not. Pure and total: whatever arrives, this
 * returns; nothing here may throw, because the bytes are already promised to be kept.
 */
import {
  dataSchemas,
  type Envelope,
  EVENT_BYTES_MAX,
  type EventType,
  envelopeSchema,
  idSchema,
  type PosEvent,
  type Reason,
  shortSaleSchema,
} from '#recipes/contracts/pos-event.ts';
import { reason } from '#recipes/contracts/reasons.ts';
import { countKeys, findDuplicateKeys } from '../adapters/json-strict.ts';

export type ReadEvent =
  | { readonly ok: true; readonly event: PosEvent }
  | {
      readonly ok: false;
      /** What can be read of it in spite of all, so that the answer finds its sender. */
      readonly claimedId: string | undefined;
      readonly epoch: string | undefined;
      readonly sequence: number | undefined;
      readonly reasons: Reason[];
    };

/** Who sent it: the authenticated identity, which the event's `source` may not contradict. */
export type Sender = { readonly store: string; readonly terminal: string };

/** Reads what arrived; never throws. `sender` is who is signed in. */
export function readEvent(body: Uint8Array, sender: Sender): ReadEvent {
  if (body.byteLength > EVENT_BYTES_MAX) {
    return refused(NO_CLAIM, reason('too_large', String(body.byteLength)));
  }
  const parsed = parseJson(body);
  if (!parsed.ok) return parsed;
  const value = parsed.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused(NO_CLAIM, reason('bad_shape', 'an event is one JSON object'));
  }
  const claim = claimOf(value);
  const keys = countValueKeys(value, 0);
  if (keys < 0) return refused(claim, reason('bad_shape', 'nested deeper than 16 levels'));
  if (keys !== countKeys(body)) {
    const twice = findDuplicateKeys(decoder.decode(body));
    return refused(claim, ...twice.slice(0, 10).map((path) => reason('duplicate_key', path, path)));
  }
  return isEnvelope(value) ? readEnvelope(value, sender, claim) : readShort(value, claim);
}

/**
 * An event that was understood when it came in, read again from its stored bytes; undefined for
 * bytes that were not understood. Skips what `readEvent` checked against the sender.
 */
export function readStored(body: Uint8Array): PosEvent | undefined {
  const parsed = parseJson(body);
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined;
  const value = parsed.value;
  const read = isEnvelope(value)
    ? readEnvelope(value, undefined, NO_CLAIM)
    : readShort(value, NO_CLAIM);
  return read.ok ? read.event : undefined;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type Parsed = { ok: true; value: unknown } | Extract<ReadEvent, { ok: false }>;

function parseJson(body: Uint8Array): Parsed {
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    return refused(NO_CLAIM, reason('bad_encoding'));
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return refused(NO_CLAIM, reason('bad_json', error instanceof Error ? error.message : ''));
  }
}

/** The short form has its lines on top; everything else is an envelope, defaults filled in. */
function isEnvelope(value: object): boolean {
  return 'specversion' in value || 'data' in value;
}

function readEnvelope(value: object, sender: Sender | undefined, claim: Claim): ReadEvent {
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) return refused(claim, ...shapeReasons(envelope.error.issues, ''));
  const { source, data, time, epoch, sequence } = envelope.data;
  if (envelope.data.specversion !== undefined && envelope.data.type === undefined) {
    return refused(claim, reason('bad_shape', '/type: a CloudEvent has a type', '/type'));
  }
  const type = envelope.data.type ?? 'larder.pos.sale.v1';
  if (source !== undefined && sender !== undefined && contradicts(source, sender)) {
    return refused(claim, reason('wrong_identity', source, '/source'));
  }
  if (!isKnownType(type)) return refused(claim, reason('unknown_type', type, '/type'));
  const content = dataSchemas[type].safeParse(data);
  if (!content.success) return refused(claim, ...shapeReasons(content.error.issues, '/data'));
  return accepted(envelope.data.id, { time, epoch, sequence }, type, content.data);
}

function readShort(value: object, claim: Claim): ReadEvent {
  const short = shortSaleSchema.safeParse(value);
  if (!short.success) return refused(claim, ...shapeReasons(short.error.issues, ''));
  const { items, saleId, channel, time, epoch, sequence } = short.data;
  const sale = {
    saleId: saleId ?? short.data.id,
    lines: items,
    ...(channel === undefined ? {} : { channel }),
  };
  return accepted(short.data.id, { time, epoch, sequence }, 'larder.pos.sale.v1', sale);
}

function accepted(
  id: string,
  when: Pick<Envelope, 'time' | 'epoch' | 'sequence'>,
  type: EventType,
  data: unknown,
): ReadEvent {
  const event = {
    id,
    type,
    data,
    occurredAt: when.time === undefined ? undefined : Date.parse(when.time),
    epoch: when.epoch,
    sequence: when.sequence === undefined ? undefined : Number(when.sequence),
  } as PosEvent;
  return { ok: true, event };
}

/** What can be read of an event that is not understood. */
export type Claim = Pick<Extract<ReadEvent, { ok: false }>, 'claimedId' | 'epoch' | 'sequence'>;

/** Nothing can be read of the sender's id. */
export const NO_CLAIM: Claim = { claimedId: undefined, epoch: undefined, sequence: undefined };

function refused(claim: Claim, ...reasons: Reason[]): Extract<ReadEvent, { ok: false }> {
  return { ok: false, ...claim, reasons };
}

function isKnownType(type: string): type is EventType {
  return Object.hasOwn(dataSchemas, type);
}

/** `/stores/{store}/pos/{terminal}` must be the sender; any other URI says nothing about identity. */
function contradicts(source: string, sender: Sender): boolean {
  const match = /^\/stores\/([^/]+)\/pos\/([^/]+)$/.exec(source);
  return match !== null && (match[1] !== sender.store || match[2] !== sender.terminal);
}

function claimOf(value: object): Claim {
  const fields = value as Record<string, unknown>;
  const id = idSchema.safeParse(fields['id']);
  const epoch = envelopeSchema.shape.epoch.safeParse(fields['epoch']);
  const sequence = envelopeSchema.shape.sequence.safeParse(fields['sequence']);
  return {
    claimedId: id.success ? id.data : undefined,
    epoch: epoch.success ? epoch.data : undefined,
    sequence: sequence.success && sequence.data !== undefined ? Number(sequence.data) : undefined,
  };
}

const DEPTH_MAX = 16;

/** Keys of all objects inside; negative when nested too deep. */
function countValueKeys(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (depth >= DEPTH_MAX) return -1;
  let count = 0;
  if (Array.isArray(value)) {
    for (const inner of value) {
      const found = countValueKeys(inner, depth + 1);
      if (found < 0) return -1;
      count += found;
    }
    return count;
  }
  for (const key in value) {
    const found = countValueKeys((value as Record<string, unknown>)[key], depth + 1);
    if (found < 0) return -1;
    count += found + 1;
  }
  return count;
}

function shapeReasons(
  issues: readonly { path: readonly PropertyKey[]; message: string }[],
  root: string,
): Reason[] {
  return issues.slice(0, 10).map((issue) => {
    const path = issue.path.reduce<string>((at, key) => `${at}/${String(key)}`, root);
    return reason('bad_shape', `${path || '/'}: ${issue.message}`, path || '/');
  });
}
