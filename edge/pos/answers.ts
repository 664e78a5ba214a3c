/**
 * What the box tells terminals: the result of every event, and how far their stream is complete.
 * Acks are coalesced, so that a rush costs five messages a second and not one per sale.
 */
import type { Ports, Timer } from '../runtime/ports.ts';
import type { Bus } from './bus.ts';
import type { Received } from './receive.ts';
import type { SequenceStore } from './sequence-store.ts';
import type { TerminalStore } from './terminal-store.ts';
import type { Topics } from './topics.ts';

export type AnswerParts = {
  readonly topics: Topics;
  readonly sequences: SequenceStore;
  readonly terminals: TerminalStore;
  readonly ports: Pick<Ports, 'after'>;
  readonly bus: () => Bus | undefined;
};

export type Answers = {
  results(received: readonly Received[]): void;
  /** How far their streams are complete now, without the results: others have told those. */
  acks(terminals: Iterable<string>): void;
  /** The state of each terminal's stream, for a broker that has forgotten its retained messages. */
  allAcks(): void;
  /** Tells what is still to be told, and nothing later. */
  close(): void;
};

const ACK_EVERY_MS = 200;
const RANGES_MAX = 100;

/** Publishes to the bus, if there is one yet. */
export function openAnswers(parts: AnswerParts): Answers {
  const dirty = new Set<string>();
  let scheduled: Timer | undefined;

  function flush(): void {
    scheduled?.cancel();
    scheduled = undefined;
    for (const terminal of dirty) publishAck(terminal);
    dirty.clear();
  }

  function acks(terminals: Iterable<string>): void {
    for (const terminal of terminals) dirty.add(terminal);
    if (scheduled || dirty.size === 0) return;
    scheduled = parts.ports.after(ACK_EVERY_MS, flush);
  }

  function publishAck(terminal: string): void {
    const state = ackOf(parts.sequences, parts.terminals.number(terminal));
    if (state === undefined) return;
    const payload = JSON.stringify(state);
    parts.bus()?.publish({ topic: parts.topics.ack(terminal), payload, retain: true });
  }

  return {
    results(received) {
      const bus = parts.bus();
      for (const { terminal, result } of received) {
        const payload = JSON.stringify(result);
        bus?.publish({ topic: parts.topics.result(terminal), payload, retain: false });
      }
      acks(received.map(({ terminal }) => terminal));
    },
    acks,
    allAcks() {
      for (const terminal of parts.terminals.names()) publishAck(terminal);
    },
    close: flush,
  };
}

export type AckState = {
  readonly epoch: string | null;
  readonly contiguous: number;
  readonly missing: readonly (readonly [number, number])[];
};

/** How far a terminal's newest stream is complete; undefined when it never counted. */
export function ackOf(sequences: SequenceStore, terminal: number): AckState | undefined {
  const cursor = sequences.newest(terminal);
  if (cursor === undefined) return undefined;
  const gaps = sequences.gaps(terminal, cursor.epoch, RANGES_MAX);
  return {
    epoch: cursor.epoch === '' ? null : cursor.epoch,
    contiguous: cursor.contiguous,
    missing: gaps.map((gap) => [gap.low, gap.high] as const),
  };
}
