/**
 * What a till keeps on its disk: how far it has counted, the totals of its day, and every event that
 * was not yet acknowledged. Written before an event is sent, so that a till that is switched off
 * loses nothing either.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type Ports, randomHex } from '../runtime/ports.ts';

export type Envelope = Readonly<Record<string, unknown>> & { readonly id: string };

export type TillState = {
  /** Made once, at the till's installation. */
  readonly epoch: string;
  sequence: number;
  /** Business day that the totals are of, YYYY-MM-DD; empty before the first sale. */
  day: string;
  sales: number;
  /** Somebody else sold as this terminal today: the totals of the day are not this till's to tell. */
  shared: boolean;
  /** Millionths, over all lines. */
  lineQty: number;
  outbox: Envelope[];
};

/** The state of a till from its file, or a fresh one. */
export function readTill(file: string, ports: Ports): TillState {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as TillState;
  return {
    epoch: randomHex(ports, 3),
    sequence: 0,
    day: '',
    shared: false,
    sales: 0,
    lineQty: 0,
    outbox: [],
  };
}

/** Whole or not at all. */
export function writeTill(file: string, state: TillState): void {
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
