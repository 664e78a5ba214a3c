import fc from 'fast-check';
import { describe, expect, it, type TestContext } from 'vitest';
import type { Adapter, AdapterOutcome } from '../../../edge/adapters/adapter.ts';
import { freemudAdapter } from '../../../edge/adapters/freemud.ts';
import { squareAdapter } from '../../../edge/adapters/square.ts';
import { bytes, eventsOf, SHOP, type Vendor, vendorBody, vendorNames } from './vendor-bodies.ts';

/** Values that tempt a reader to assume something. */
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1e300,
  0.1,
  '',
  ' ',
  'x'.repeat(5000),
  '\ud800',
  [],
  [[]],
  {},
  { toString: 1, length: 1 },
  [null, 1, 'x', {}],
  '1e3',
  '0x10',
  2 ** 53,
];

const DOORS: readonly (readonly [Vendor, Adapter])[] = [
  ['square', squareAdapter({ deduct: 'open' })],
  ['freemud-kaigedian', freemudAdapter()],
];

describe.each(DOORS)('%s bodies, damaged', (vendor, adapter) => {
  it('byte by byte never make the adapter throw or break the contract', (ctx) => {
    const bodies = vendorNames(ctx, vendor).map((name) => vendorBody(ctx, vendor, name));
    const change = fc.record({
      at: fc.nat({ max: 20_000 }),
      cut: fc.nat({ max: 12 }),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc.constantFrom(...'"{}[]:,\\0-.e', '\\"', '"":', '1e9').map((text) => bytes(text)),
      ),
    });
    fc.assert(
      fc.property(
        fc.nat({ max: bodies.length - 1 }),
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (which, changes) => {
          let body: Buffer = bodies[which] ?? Buffer.alloc(0);
          for (const { at, cut, put } of changes) {
            const from = at % (body.length + 1);
            body = Buffer.concat([body.subarray(0, from), put, body.subarray(from + cut)]);
          }
          checkOutcome(adapter.read(body, SHOP));
        },
      ),
      { numRuns: 4000 },
    );
  });

  it('value by value never make the adapter throw or break the contract', (ctx) => {
    let tried = 0;
    for (const value of parsedBodies(ctx, vendor)) {
      for (const [change, restore] of places(value)) {
        for (const odd of ODD) {
          change(odd);
          checkOutcome(adapter.read(bytes(repack(value)), SHOP));
          tried += 1;
        }
        restore();
      }
    }
    expect(tried).toBeGreaterThan(1000);
  });

  it('nested deeper than any stack are refused, not fatal', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const inner = `{"orderCode":"A","version":1,"products":[{"productId":"1","qty":${deep}}]}`;
    const quantity = `{"order":{"id":"A","state":"OPEN","version":1,"line_items":[{"name":"x","quantity":${deep}}]}}`;
    for (const text of [deep, quantity, `{"requestBody":${JSON.stringify(inner)}}`]) {
      expect(adapter.read(bytes(text), SHOP).kind).toBe('reject');
    }
  });

  it('read the same way every time', (ctx) => {
    for (const name of vendorNames(ctx, vendor)) {
      const body = vendorBody(ctx, vendor, name);
      const later = { ...SHOP, receivedAt: SHOP.receivedAt + 86_400_000 };
      expect(plain(adapter.read(body, later))).toBe(plain(adapter.read(body, SHOP)));
    }
  });
});

/** Whatever the bytes were: events fit the contract, and everything else says why in both languages. */
function checkOutcome(outcome: AdapterOutcome): void {
  if (outcome.kind === 'fetch') {
    expect(outcome.order).toMatch(/^[\w.:/-]{1,128}$/);
    return;
  }
  if (outcome.kind === 'events') expect(eventsOf(outcome).length).toBeGreaterThan(0);
  const reasons =
    outcome.kind === 'events'
      ? outcome.warnings
      : outcome.kind === 'reject'
        ? outcome.reasons
        : [outcome.why];
  if (outcome.kind === 'reject') expect(reasons.length).toBeGreaterThan(0);
  for (const { message, messageZh } of reasons) {
    expect(message).not.toMatch(/\{\}|undefined/);
    expect(messageZh).toMatch(/\p{Script=Han}/u);
  }
}

/** The bodies as values, with the text inside Freemud's envelope opened. */
function parsedBodies(ctx: TestContext, vendor: Vendor): Record<string, unknown>[] {
  return vendorNames(ctx, vendor).map((name) => {
    const text = vendorBody(ctx, vendor, name).toString('utf8').replace(/,?\t+/, ',');
    const value = JSON.parse(text) as Record<string, unknown>;
    for (const field of ['requestBody', 'responseBody']) {
      const inner = value[field];
      if (typeof inner === 'string' && inner !== '') value[field] = JSON.parse(inner);
    }
    return value;
  });
}

function repack(value: Record<string, unknown>): Record<string, unknown> {
  const outer = { ...value };
  for (const field of ['requestBody', 'responseBody']) {
    if (typeof outer[field] === 'object') outer[field] = JSON.stringify(outer[field]);
  }
  return outer;
}

/** Every place in a value, as a way to change what is there and a way to put it back. */
function* places(value: object): Generator<readonly [(odd: unknown) => void, () => void]> {
  for (const [key, part] of Object.entries(value)) {
    const put = (what: unknown) => {
      Object.assign(value, { [key]: what });
    };
    yield [put, () => put(part)];
    if (typeof part === 'object' && part !== null) yield* places(part);
  }
}

function plain(outcome: AdapterOutcome): string {
  return JSON.stringify(outcome);
}
