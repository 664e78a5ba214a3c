/** The bridge's calls against a server that does not play along. */
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openCalls, openRoom } from '../../cloud-bridge/uplink/http-call.ts';
import { realPorts } from '../../edge/runtime/ports.ts';

let server: Server;
let url: string;
let answer: (response: ServerResponse, n: number) => void;
let requests: number;
let connections: Socket[];
let stopping: AbortController;

beforeEach(async () => {
  requests = 0;
  connections = [];
  stopping = new AbortController();
  server = createServer((_request, response) => {
    requests += 1;
    answer(response, requests);
  });
  server.on('connection', (socket) => connections.push(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => {
  stopping.abort();
  server.closeAllConnections();
  server.close();
});

const open = () => openCalls('head office', realPorts(), stopping.signal);
const options = { timeoutMs: 1_000 };

test('a whole answer comes back, and the connection is kept', async () => {
  answer = (response) => response.writeHead(409, { 'x-a': 'b' }).end('{"code":"gap"}');
  const call = open();
  for (let i = 0; i < 3; i++) {
    const { status, headers, body } = await call('GET', url, options);
    expect([status, headers['x-a'], body.toString()]).toEqual([409, 'b', '{"code":"gap"}']);
  }
  expect(connections).toHaveLength(1);
});

test.each([
  ['of known length', { 'content-length': '100' }],
  ['in chunks', {}],
])('half an answer %s is no answer', async (_, headers) => {
  answer = (response) => {
    response.writeHead(200, headers);
    response.write('{"ackedSeq":1', () => response.destroy());
  };
  await expect(open()('GET', url, options)).rejects.toMatchObject({
    who: 'head office',
    why: 'cut_short',
  });
});

test('an answer that does not come, or does not end, is not waited for longer than asked', async () => {
  answer = () => {};
  const call = open();
  await expect(call('GET', url, { timeoutMs: 100 })).rejects.toMatchObject({ why: 'timeout' });
  answer = (response) => void response.writeHead(200).write('{');
  await expect(call('GET', url, { timeoutMs: 100 })).rejects.toMatchObject({ why: 'timeout' });
});

test('an answer without end is not read to the end', async () => {
  answer = (response) => {
    response.writeHead(200);
    const more = (): void => {
      if (!response.destroyed) response.write(Buffer.alloc(1_000_000), more);
    };
    more();
  };
  await expect(open()('GET', url, { timeoutMs: 20_000 })).rejects.toMatchObject({
    why: 'bad_answer',
  });
});

test('a kept connection that the server has closed meanwhile costs nothing but a second try', async () => {
  // As a server that closes idle connections does it just when the next request is on its way.
  answer = (response, n) => (n === 2 ? response.destroy() : response.end('{}'));
  const call = open();
  await call('GET', url, options);
  expect((await call('POST', url, { ...options, body: Buffer.from('{}') })).status).toBe(200);
  expect(requests).toBe(3);
});

test('a connection that breaks when it is new is trouble, once', async () => {
  answer = (response) => response.destroy();
  await expect(open()('GET', url, options)).rejects.toMatchObject({ why: 'unreachable' });
  expect(requests).toBe(1);
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
  await expect(open()('GET', url, options)).rejects.toMatchObject({ why: 'unreachable' });
});

test('what is under way ends with the bridge, and nothing begins after it', async () => {
  answer = () => {};
  const call = open();
  const asked = call('GET', url, options);
  setTimeout(() => stopping.abort(), 20);
  await expect(asked).rejects.toMatchObject({ why: 'stopped' });
  await expect(call('GET', url, options)).rejects.toMatchObject({ why: 'stopped' });
});

test('room is used again, and grows when an answer is larger', async () => {
  const sizes = [10, 2_000_000, 10];
  answer = (response, n) => response.end(String(n).repeat(sizes[n - 1] ?? 0));
  const into = openRoom();
  const call = open();
  const first = await call('GET', url, { ...options, into });
  expect(first.body.toString()).toBe('1'.repeat(10));
  const second = await call('GET', url, { ...options, into });
  expect(second.body.equals(Buffer.alloc(2_000_000, '2'))).toBe(true);
  const third = await call('GET', url, { ...options, into });
  expect(third.body.toString()).toBe('3'.repeat(10));
  expect(third.body.buffer).toBe(second.body.buffer);
});
