/** The vendors' own example bodies, read from the shared data and never copied into the project. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestContext } from 'vitest';
import { dataSchemas, type EventType, envelopeSchema } from '#recipes/contracts/pos-event.ts';
import type { AdapterContext, AdapterOutcome } from '../../../edge/adapters/adapter.ts';

export const SHOP: AdapterContext = {
  store: 'demo',
  terminal: 'T1',
  receivedAt: Date.UTC(2026, 10, 22, 4, 30),
  timezone: 'Asia/Shanghai',
};

export type Vendor = 'square' | 'freemud-kaigedian';

/** The bytes of one example; skips the test, loudly, where the shared data is not there. */
export function vendorBody(ctx: TestContext, vendor: Vendor, name: string): Buffer {
  return readFileSync(join(folderOf(ctx, vendor), name));
}

/** Names of all examples of a vendor, in order. */
export function vendorNames(ctx: TestContext, vendor: Vendor): string[] {
  return readdirSync(folderOf(ctx, vendor))
    .filter((name) => name.endsWith('.json'))
    .sort();
}

export function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}

type Line = { lineId?: string; sku: string; qty: string; [field: string]: unknown };
export type ReadEvent = {
  id: string;
  type: string;
  time: string | undefined;
  data: { lines?: Line[]; [field: string]: unknown };
};

/** The events of an outcome, each checked against the contract; throws for any other outcome. */
export function eventsOf(outcome: AdapterOutcome): ReadEvent[] {
  if (outcome.kind !== 'events') throw new Error(`no events but ${JSON.stringify(outcome)}`);
  return outcome.events.map((event) => {
    const envelope = envelopeSchema.parse(event.envelope);
    const schema = dataSchemas[envelope.type as EventType];
    const data = schema.parse(envelope.data) as ReadEvent['data'];
    if (envelope.id !== event.id) throw new Error(`id ${event.id} is not that of its envelope`);
    return { id: envelope.id, type: envelope.type ?? '', time: envelope.time, data };
  });
}

/** The lines of the only event. */
export function linesOf(outcome: AdapterOutcome): Line[] {
  return eventsOf(outcome)[0]?.data.lines ?? [];
}

/**
 * An outcome in one line: `kind`, then the reason codes, or per event its type with the number of
 * lines and the sum of their quantities, and the warnings.
 */
export function summary(outcome: AdapterOutcome): string {
  if (outcome.kind === 'ignored') return `ignored ${outcome.why.code}`;
  if (outcome.kind === 'fetch') return `fetch ${outcome.order} ${outcome.version}`;
  if (outcome.kind === 'reject') return `reject ${outcome.reasons.map((r) => r.code).join(' ')}`;
  const events = eventsOf(outcome).map(({ type, data }) => {
    const lines = data.lines ?? [];
    const sum = lines.reduce((total, line) => total + Number(line.qty), 0);
    return `${type.replace('larder.pos.', '').replace('.v1', '')} ${lines.length} lines ${sum}`;
  });
  const warned = outcome.warnings.map((w) => w.code).join(' ');
  return `events ${events.join(', ')}${warned === '' ? '' : ` ! ${warned}`}`;
}

function folderOf(ctx: TestContext, vendor: Vendor): string {
  const root = resolve(import.meta.dirname, '../../..');
  const shared = process.env['LARDER_SHARED'] ?? join(root, '../shared');
  const folder = join(shared, 'data/pos-payloads', vendor);
  if (!existsSync(folder)) {
    console.warn(`SKIPPED: the example bodies are not at ${folder}; set LARDER_SHARED`);
    ctx.skip();
  }
  return folder;
}
