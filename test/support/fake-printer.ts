/**
 * A TCP printer with a script: it runs out of paper in the middle, is opened, breaks the line, takes
 * nothing, says nothing, is slow, is switched off and comes back. Nothing of the product is in it.
 */
import { createServer, type Server, type Socket } from 'node:net';

/** From now on, until something else is said. */
export type Behaviour = {
  /** Takes so many more bytes of pages, then is out of paper: what comes later waits in its ears. */
  readonly paperFor?: number;
  readonly coverOpen?: boolean;
  readonly paperLow?: boolean;
  /** After so many bytes of pages the line breaks with a reset. */
  readonly resetAfter?: number;
  /** Accepts the line and never reads. */
  readonly deaf?: boolean;
  /** Prints and never answers. */
  readonly mute?: boolean;
  /** Bytes a second. */
  readonly slow?: number;
};

export type FakePrinter = {
  readonly port: number;
  /** Every byte that lies on paper, questions about the status left out. */
  paper(): Buffer;
  /** Pages by their foot `#12`: which job each was, and whether it said REPRINT. */
  pages(): readonly { readonly job: number; readonly reprint: boolean }[];
  /** Times somebody called. */
  calls(): number;
  behave(behaviour: Behaviour): void;
  /** A new roll, the cover closed: prints what it had in its ears, as real ones do, or forgets it. */
  refill(keep: boolean): void;
  /** Switched off: nobody answers, open lines break. */
  off(): Promise<void>;
  on(): Promise<void>;
  close(): Promise<void>;
};

const DLE = 0x10;
const EOT = 0x04;
const TICK_MS = 20;

export async function startFakePrinter(): Promise<FakePrinter> {
  let behaviour: Behaviour = {};
  let port = 0;
  let server: Server | undefined;
  let calls = 0;
  let outOfPaper = false;
  let paperLeft = Number.POSITIVE_INFINITY;
  let untilReset = Number.POSITIVE_INFINITY;
  const printed: number[] = [];
  /** Heard and not printed: there is no paper. */
  let ears: number[] = [];
  const lines = new Set<Socket>();

  function answer(n: number): number {
    const coverOpen = behaviour.coverOpen === true;
    const stopped = coverOpen || outOfPaper;
    if (n === 1) return stopped ? 0x1a : 0x12;
    if (n === 2) return 0x12 | (coverOpen ? 0x04 : 0) | (outOfPaper ? 0x20 : 0);
    return 0x12 | (outOfPaper ? 0x60 : 0) | (behaviour.paperLow ? 0x0c : 0);
  }

  function put(byte: number): void {
    untilReset--;
    if (outOfPaper || behaviour.coverOpen === true) {
      ears.push(byte);
      return;
    }
    printed.push(byte);
    if (--paperLeft <= 0) outOfPaper = true;
  }

  function hear(socket: Socket) {
    let pending: number[] = [];
    return (bytes: Buffer) => {
      for (const byte of bytes) {
        pending.push(byte);
        if (pending[0] !== DLE) {
          put(byte);
          pending = [];
        } else if (pending.length === 2 && byte !== EOT) {
          for (const one of pending) put(one);
          pending = [];
        } else if (pending.length === 3) {
          if (!behaviour.mute) socket.write(Uint8Array.of(answer(byte)));
          pending = [];
          continue;
        }
        if (untilReset <= 0) {
          untilReset = Number.POSITIVE_INFINITY;
          socket.resetAndDestroy();
          return;
        }
      }
    };
  }

  function take(socket: Socket): void {
    calls++;
    lines.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => lines.delete(socket));
    if (behaviour.deaf) {
      socket.pause();
      return;
    }
    const on = hear(socket);
    if (behaviour.slow === undefined) {
      socket.on('data', on);
      return;
    }
    const piece = Math.max(1, Math.round((behaviour.slow * TICK_MS) / 1_000));
    socket.pause();
    const timer = setInterval(() => {
      const bytes = (socket.read(piece) ?? socket.read()) as Buffer | null;
      if (bytes) on(bytes);
    }, TICK_MS);
    socket.on('close', () => clearInterval(timer));
  }

  async function on(): Promise<void> {
    const fresh = createServer({ allowHalfOpen: false, highWaterMark: 1_024 }, take);
    server = fresh;
    await new Promise<void>((resolve) => fresh.listen(port, '127.0.0.1', resolve));
    const address = fresh.address();
    if (typeof address === 'object' && address) port = address.port;
  }

  async function off(): Promise<void> {
    const old = server;
    server = undefined;
    for (const line of lines) line.resetAndDestroy();
    await new Promise<void>((resolve) => (old ? old.close(() => resolve()) : resolve()));
  }

  await on();
  return {
    get port() {
      return port;
    },
    paper: () => Buffer.from(printed),
    pages: () => pagesOf(Buffer.from(printed).toString('latin1')),
    calls: () => calls,
    behave(next) {
      behaviour = next;
      outOfPaper = false;
      paperLeft = next.paperFor ?? Number.POSITIVE_INFINITY;
      untilReset = next.resetAfter ?? Number.POSITIVE_INFINITY;
    },
    refill(keep) {
      behaviour = {};
      outOfPaper = false;
      paperLeft = Number.POSITIVE_INFINITY;
      const heard = ears;
      ears = [];
      if (keep) for (const byte of heard) put(byte);
    },
    off,
    on,
    close: off,
  };
}

/** Whole pages only: each begins with a reset (ESC @), and its foot is its last line. */
function pagesOf(text: string): { job: number; reprint: boolean }[] {
  const pages: { job: number; reprint: boolean }[] = [];
  let from = 0;
  for (const match of text.matchAll(/#(\d+)[^\n]*\n/g)) {
    const before = text.slice(from, match.index);
    const begin = before.lastIndexOf('\u001b@');
    const page = before.slice(begin);
    if (begin >= 0) pages.push({ job: Number(match[1]), reprint: page.includes('REPRINT') });
    from = match.index + match[0].length;
  }
  return pages;
}
