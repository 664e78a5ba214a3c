/** A connection to a printer, in which no wait is without end. The one file here that opens a socket. */

import { createConnection } from 'node:net';
import type { PrinterState } from '#recipes/contracts/print-command.ts';
import type { Ports } from '../runtime/ports.ts';
import { openStatusReader, STATUS_QUESTIONS } from './status-bytes.ts';

/** Every promise rejects when the connection ends. Waits are in milliseconds. */
export type TcpLine = {
  ready(ms: number): Promise<void>;
  /** How the printer is; null when it does not say so in time. */
  ask(ms: number): Promise<PrinterState | null>;
  /** @param idleMs as long as this it may take nothing */
  write(bytes: Uint8Array, idleMs: number): Promise<void>;
  /** The time in which a broken connection shows itself. */
  settle(ms: number): Promise<void>;
  /** Says goodbye; the printer keeps what it has. */
  close(): void;
  /** Breaks off: whatever waits is rejected. */
  break(): void;
};

export function openTcpLine(
  place: { readonly host: string; readonly port: number },
  clock: Pick<Ports, 'after'>,
): TcpLine {
  const socket = createConnection({ ...place, noDelay: true });
  const waits = openWaits(clock);
  let heard: (bytes: Uint8Array) => void = () => undefined;

  function end(error: Error): void {
    waits.end(error);
    socket.destroy();
  }
  socket.on('error', end);
  socket.on('end', () => end(new Error('hung up')));
  socket.on('close', () => end(new Error('closed')));
  socket.on('data', (bytes) => heard(bytes));

  return {
    ready: (ms) =>
      waits.until(ms, late('no answer'), (done) => {
        if (socket.connecting) socket.once('connect', done);
        else done();
      }),
    async ask(ms) {
      const reader = openStatusReader();
      await waits.until(ms, inTime, (done) => {
        heard = (bytes) => reader.take(bytes) && done();
        socket.write(STATUS_QUESTIONS);
      });
      heard = () => undefined;
      return reader.state();
    },
    async write(bytes, idleMs) {
      // Piece by piece, so that a printer that takes nothing more is noticed.
      for (let at = 0; at < bytes.length; at += PIECE) {
        await waits.until(idleMs, late('it takes no more'), (done) => {
          socket.write(bytes.subarray(at, at + PIECE), (error) => {
            if (!error) done();
          });
        });
      }
    },
    settle: (ms) => waits.until(ms, inTime, () => undefined),
    close() {
      waits.end(new Error('closed'));
      socket.end();
      clock.after(GOODBYE_MS, () => socket.destroy());
    },
    break: () => end(new Error('the box stops')),
  };
}

/** Waits that end by what they wait for, by their time, or all at once. */
function openWaits(clock: Pick<Ports, 'after'>) {
  let ended: Error | undefined;
  const open = new Set<(error: Error) => void>();
  return {
    end(error: Error): void {
      ended ??= error;
      for (const fail of open) fail(ended);
    },
    /** @param over resolves or rejects when the time is over */
    until(
      ms: number,
      over: (resolve: () => void, reject: (error: Error) => void) => void,
      what: (done: () => void) => void,
    ): Promise<void> {
      return new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        const timer = clock.after(ms, () => {
          open.delete(fail);
          over(resolve, reject);
        });
        function fail(error: Error): void {
          timer.cancel();
          open.delete(fail);
          reject(error);
        }
        open.add(fail);
        what(() => {
          timer.cancel();
          open.delete(fail);
          resolve();
        });
      });
    },
  };
}

/** Time that is over is a fault. */
function late(what: string) {
  return (_resolve: () => void, reject: (error: Error) => void) => reject(new Error(what));
}

/** Time that is over ends the wait, nothing more. */
function inTime(resolve: () => void): void {
  resolve();
}

const PIECE = 4_096;
const GOODBYE_MS = 1_000;
