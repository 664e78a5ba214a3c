/** A web server that keeps what it gets and answers as a test wants. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

export type Posted = {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type HttpSink = {
  readonly url: string;
  readonly posts: Posted[];
  /** What it answers: called for each post with its number, from 1. 0 = no answer at all. */
  answer: (
    n: number,
    posted: Posted,
  ) => { status: number; body?: string; headers?: Record<string, string> };
  close(): Promise<void>;
};

export async function openHttpSink(body = '{}'): Promise<HttpSink> {
  const posts: Posted[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const posted = { url: request.url ?? '', headers: request.headers, body: text };
      posts.push(posted);
      const { status, headers, body: said = body } = sink.answer(posts.length, posted);
      if (status === 0) return;
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(said);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const sink: HttpSink = {
    url: `http://127.0.0.1:${port}`,
    posts,
    answer: () => ({ status: 200 }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return sink;
}
