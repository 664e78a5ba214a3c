/** What the bridge says of head office: believed when the hash is ours, and how far behind that is. */
import { expect, test } from 'vitest';
import { NO_HASH } from '#recipes/contracts/sync.ts';
import { openHeadOffice } from '../../../edge/feed/head-office.ts';
import { clockAt } from './clock.ts';

const START = Date.parse('2026-11-22T10:00:00Z');
const hashOf = (seq: number) => (seq === 0 ? NO_HASH : String(seq).padStart(64, 'a'));

/** A ledger of which only numbers and times are known. */
function rig(configured = true, recorded: number[] = []) {
  const clock = clockAt(START);
  const at = [...recorded];
  let incarnation = 'one';
  const acked: number[] = [];
  const headOffice = openHeadOffice({
    store: {
      hashAt: (seq) => (seq <= at.length ? hashOf(seq) : undefined),
      recordedAt: (seq) => at[seq - 1],
    },
    seq: () => at.length,
    incarnation: () => incarnation,
    configured,
    onAck: (seq) => acked.push(seq),
    now: clock.ports.now,
    mono: clock.ports.mono,
  });
  return {
    clock,
    acked,
    status: headOffice.status,
    sell() {
      at.push(clock.ports.now());
      headOffice.appended();
    },
    ack: (seq: number, more = {}) =>
      headOffice.acked({ ackedSeq: seq, ackedHash: hashOf(seq), catalogHead: 0, ...more }),
    raw: headOffice.acked,
    newLife: () => {
      incarnation = 'two';
    },
  };
}

test('an acknowledgement of another entry, another hash or another life is refused', () => {
  const { sell, ack, raw, status, acked } = rig();
  sell();
  expect(raw({ ackedSeq: 1, ackedHash: hashOf(2), catalogHead: 0 })).toBe(false);
  expect(ack(2)).toBe(false);
  expect(ack(1, { incarnation: 'other' })).toBe(false);
  expect(status()).toMatchObject({ ackedSeq: null, ackedAt: null });
  expect(ack(0)).toBe(true);
  expect(ack(1, { incarnation: 'one', state: 'main', differences: 0 })).toBe(true);
  expect(status()).toEqual({
    configured: true,
    ackedSeq: 1,
    ackedAt: new Date(START).toISOString(),
    lagMs: 0,
    state: 'main',
    differences: 0,
    others: [],
    refusal: null,
    stuckFacts: null,
  });
  expect(acked).toEqual([0, 1]);
});

test('the lag is the age of the oldest entry that head office does not have', () => {
  const { clock, sell, ack, status } = rig();
  ack(0);
  clock.pass(60_000);
  expect(status().lagMs).toBe(0);
  sell();
  clock.pass(60_000);
  sell();
  clock.pass(60_000);
  expect(status().lagMs).toBe(120_000);
  ack(1);
  expect(status().lagMs).toBe(60_000);
  ack(2);
  expect(status().lagMs).toBe(0);
  clock.pass(600_000);
  expect(status().lagMs).toBe(0);
});

test('a clock that is set does not make head office late, or early', () => {
  const { clock, sell, ack, status } = rig();
  ack(0);
  sell();
  clock.pass(1_000);
  clock.setWall(86_400_000);
  sell();
  clock.pass(1_000);
  expect(status().lagMs).toBe(2_000);
  ack(1);
  expect(status().lagMs).toBeLessThanOrEqual(2_000);
  clock.setWall(-2 * 86_400_000);
  expect(status().lagMs).toBeLessThanOrEqual(2_000);
});

test('until head office says what it has, everything may be missing', () => {
  const { clock, status } = rig();
  clock.pass(360_000);
  expect(status()).toMatchObject({ ackedSeq: null, lagMs: 360_000 });
});

test('what was written before this start counts from when it was written', () => {
  const { ack, status } = rig(true, [START - 900_000, START - 60_000]);
  ack(0);
  expect(status().lagMs).toBe(900_000);
  ack(1);
  expect(status().lagMs).toBeLessThanOrEqual(60_000);
});

test('nobody waits where there is no head office', () => {
  const { clock, status, ack } = rig(false);
  clock.pass(3_600_000);
  expect(status().lagMs).toBeNull();
  ack(0);
  expect(status().lagMs).toBe(0);
});

test('what was said to the life before counts no more', () => {
  const { ack, newLife, status } = rig();
  ack(0, { state: 'main', differences: 3 });
  newLife();
  expect(status()).toMatchObject({ ackedSeq: null, state: null, differences: null });
});
