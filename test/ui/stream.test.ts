import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { followStream, LONGEST_WAIT_MS } from '../../kitchen-ui/src/stream.ts';

let server: Server | undefined;
afterEach(() => new Promise((resolve) => server?.close(resolve)));

type Serve = (lastEventId: string | undefined, turn: number) => string | number | null;

/** A server that answers each connection with what `serve` says: text and the end, or a status. */
async function listen(serve: Serve): Promise<string> {
  let turn = 0;
  server = createServer((request, response) => {
    const id = request.headers['last-event-id'];
    const answer = serve(typeof id === 'string' ? id : undefined, turn);
    turn += 1;
    if (answer === null) return void request.socket.destroy();
    if (typeof answer === 'number') return void response.writeHead(answer).end();
    response.writeHead(200, { 'content-type': 'text/event-stream', connection: 'close' });
    response.end(answer);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function follow(url: string, until: (log: string[], waits: number[]) => boolean) {
  const stop = new AbortController();
  const log: string[] = [];
  const waits: number[] = [];
  const check = () => {
    if (until(log, waits)) stop.abort();
  };
  await followStream(
    {
      open: (lastEventId, signal) =>
        fetch(url, { signal, headers: lastEventId === '' ? {} : { 'last-event-id': lastEventId } }),
      wait: async (ms) => {
        waits.push(ms);
        check();
      },
      jitter: () => 0.5,
    },
    {
      opened: () => log.push('opened'),
      event: (event) => {
        log.push(event.data);
        check();
      },
      lost: () => log.push('lost'),
    },
    stop.signal,
  );
  return { log, waits };
}

describe('followStream', () => {
  it('comes back after a cut with the id of the last event it has seen', async () => {
    const seen: (string | undefined)[] = [];
    const url = await listen((id, turn) => {
      seen.push(id);
      return turn === 1 ? null : `id: ${turn}\ndata: event ${turn}\n\n`;
    });
    const { log } = await follow(url, (entries) => entries.includes('event 2'));
    expect(seen).toEqual([undefined, '0', '0']);
    expect(log).toEqual(['opened', 'event 0', 'lost', 'lost', 'opened', 'event 2']);
  });

  it('waits longer each time, up to a limit, and starts anew after an event', async () => {
    const url = await listen((_, turn) => (turn === 7 ? 'data: x\n\n' : 503));
    const { waits } = await follow(url, (_, all) => all.length === 9);
    expect(waits.slice(0, 7)).toEqual([
      500,
      1000,
      2000,
      4000,
      8000,
      LONGEST_WAIT_MS,
      LONGEST_WAIT_MS,
    ]);
    expect(waits.slice(7)).toEqual([500, 1000]);
  });
});
