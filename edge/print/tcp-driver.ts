/**
 * A printer in the network (raw, port 9100). Each page has its own connection, so that other programs
 * can use the printer in between; the printer is asked before and after how it is, and one that never
 * answers prints all the same.
 */
import type { PrinterState } from '#recipes/contracts/print-command.ts';
import type { Ports } from '../runtime/ports.ts';
import type { Driver, Outcome, Page } from './driver.ts';
import {
  cannotReach,
  cutOff,
  inTheMiddle,
  NO_ANSWER,
  NO_STATUS,
  NOT_CONFIRMED,
  reasonOf,
  stoppedWords,
} from './driver-words.ts';
import { isStopped } from './printer.ts';
import { openTcpLine, type TcpLine } from './tcp-line.ts';

/** Milliseconds. A printer that does not move is left after at most connect + answer + idle. */
export type TcpTimes = {
  readonly connectMs: number;
  /** For an answer before the page: a printer that talks does so at once. */
  readonly answerMs: number;
  /** The same for a printer that has answered before: it is busy, and not one that tells nothing. */
  readonly patientMs: number;
  /** Without a byte taken, or, at the end, without the answer of a printer that has answered before. */
  readonly idleMs: number;
  /** After the last byte to a printer that tells nothing: a broken connection shows itself by then. */
  readonly settleMs: number;
};

export const TCP_TIMES: TcpTimes = {
  connectMs: 5_000,
  answerMs: 1_500,
  patientMs: 8_000,
  idleMs: 20_000,
  settleMs: 1_000,
};

type Clock = Pick<Ports, 'after'>;

/** @throws never; what goes wrong is an outcome */
export function openTcpDriver(
  place: { readonly host: string; readonly port: number },
  clock: Clock,
  times: TcpTimes = TCP_TIMES,
): Driver {
  let open: TcpLine | undefined;
  let talks = false;

  /** @throws what the connection says */
  async function call(): Promise<TcpLine> {
    const line = openTcpLine(place, clock);
    open = line;
    await line.ready(times.connectMs);
    return line;
  }

  return {
    async status() {
      try {
        const line = await call();
        const state = await line.ask(times.answerMs);
        if (state !== null) talks = true;
        return state ?? 'unknown';
      } catch {
        return 'offline';
      } finally {
        open?.close();
        open = undefined;
      }
    },
    async print(page, begin) {
      try {
        const line = await call();
        const before = await line.ask(talks ? times.patientMs : times.answerMs);
        if (talks && before === null) {
          // Perhaps another printer by now: the next try takes it as it is.
          talks = false;
          return { kind: 'not_begun', state: 'offline', why: NO_ANSWER };
        }
        talks = before !== null;
        return await printOn(line, page, before, begin, times);
      } catch (error) {
        return { kind: 'not_begun', state: 'offline', why: cannotReach(reasonOf(error)) };
      } finally {
        open?.close();
        open = undefined;
      }
    },
    abort: () => open?.break(),
  };
}

/**
 * @param before how the printer is; null = it tells nothing
 * @throws only before the first byte
 */
async function printOn(
  line: TcpLine,
  page: Page,
  before: PrinterState | null,
  begin: () => boolean,
  times: TcpTimes,
): Promise<Outcome> {
  if (before !== null && isStopped(before)) {
    return { kind: 'not_begun', state: before, why: stoppedWords(before) };
  }
  const state = before ?? 'unknown';
  if (!begin()) return { kind: 'withdrawn', state };
  try {
    await line.write(page.bytes, times.idleMs);
    if (before === null) {
      await line.settle(times.settleMs);
      return { kind: 'printed', state, note: NO_STATUS };
    }
    return confirmed(await line.ask(times.idleMs));
  } catch (error) {
    return { kind: 'broken', state: 'offline', why: cutOff(reasonOf(error)) };
  }
}

/** @param after what a printer that talks says after the page; null = nothing */
function confirmed(after: PrinterState | null): Outcome {
  if (after === null) return { kind: 'broken', state: 'offline', why: NOT_CONFIRMED };
  if (isStopped(after)) return { kind: 'broken', state: after, why: inTheMiddle(after) };
  return { kind: 'printed', state: after, note: null };
}
