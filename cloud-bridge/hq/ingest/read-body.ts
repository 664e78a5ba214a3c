/** The body of a batch: unpacked within limits, because a small one can hold a very large one. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, type ZlibOptions, type ZstdOptions, zstdDecompress } from 'node:zlib';
import type { Context } from 'hono';
import type { Words } from '#recipes/contracts/command.ts';
import type { Ports } from '../../../edge/runtime/ports.ts';

/** Most bytes on the wire and, unpacked, of JSON: a batch has 4 MiB at most, a book may come on top. */
export const PACKED_MAX = 8 * 1024 * 1024;
export const UNPACKED_MAX = 24 * 1024 * 1024;

export type Body =
  | { readonly ok: true; readonly value: unknown; readonly bytes: number }
  | {
      readonly ok: false;
      readonly status: 400 | 413 | 415;
      readonly code: string;
      readonly words: Words;
    };

/** Where a body comes from: Node's own stream, many times cheaper than the one of `Request`. */
export type BodySource = IncomingMessage;

/** The body of a request that came over the network. */
export function bodyOf(c: Context): BodySource {
  const { incoming } = c.env as { incoming: BodySource };
  return incoming;
}

/** Reads the whole body. @param encoding of the header `Content-Encoding`, if there is one */
export async function readBody(
  source: BodySource,
  encoding: string | undefined,
  ports: Pick<Ports, 'after'>,
): Promise<Body> {
  const unpack = UNPACK[(encoding ?? 'identity').trim().toLowerCase()];
  if (unpack === undefined) {
    await skipBody(source, ports);
    return refuse(415, 'bad_encoding', {
      en: `Content-Encoding ${encoding} is not known: zstd, gzip or identity`,
      zh: `不支持的 Content-Encoding ${encoding}:可用 zstd、gzip 或 identity`,
    });
  }
  const packed = await readLimited(source, ports);
  if (packed === 'large') return tooLarge(PACKED_MAX);
  if (packed === 'cut') {
    return refuse(400, 'bad_body', { en: 'the body did not arrive whole', zh: '请求内容不完整' });
  }
  let json: Buffer;
  try {
    json = await unpack(packed);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      return tooLarge(UNPACKED_MAX);
    return refuse(400, 'bad_body', {
      en: `the body is not ${encoding}: ${message(error)}`,
      zh: `请求内容不是 ${encoding} 格式`,
    });
  }
  try {
    return { ok: true, value: JSON.parse(json.toString('utf8')), bytes: json.length };
  } catch (error) {
    return refuse(400, 'bad_body', {
      en: `the body is no JSON: ${message(error)}`,
      zh: '请求内容不是 JSON',
    });
  }
}

/** A batch comes out in one or two pieces; in the default of 16 KiB putting them together costs more. */
const CHUNK = 256 * 1024;
const LIMIT: ZlibOptions & ZstdOptions = { maxOutputLength: UNPACKED_MAX, chunkSize: CHUNK };
const UNPACK: Readonly<Record<string, (packed: Buffer) => Promise<Buffer>>> = {
  identity: (packed) => Promise.resolve(packed),
  gzip: (packed) => promisify(gunzip)(packed, LIMIT) as Promise<Buffer>,
  zstd: (packed) =>
    (promisify(zstdDecompress) as (packed: Buffer, options: ZstdOptions) => Promise<Buffer>)(
      packed,
      LIMIT,
    ),
};

/**
 * Reads what was sent and forgets it. Who is answered while still sending may lose the answer with the
 * connection, and so never hear when to come again.
 */
export async function skipBody(source: BodySource, ports: Pick<Ports, 'after'>): Promise<void> {
  let size = 0;
  try {
    for await (const chunk of chunksOf(source, ports)) {
      size += chunk.length;
      if (size > PACKED_MAX) return;
    }
  } catch {
    // Gone while it was sending: nobody is there to be answered.
  }
}

/**
 * Whoever stops reading leaves the connection as it is: the answer still has to go over it. Who falls
 * silent in the middle, or takes too long, is cut off: a line that broke would keep its place here for
 * as long as nobody notices.
 */
async function* chunksOf(
  source: BodySource,
  { after }: Pick<Ports, 'after'>,
): AsyncGenerator<Buffer> {
  const cut = () => void source.destroy();
  const whole = after(WHOLE_MS, cut);
  let quiet = after(QUIET_MS, cut);
  try {
    for await (const chunk of source.iterator({ destroyOnReturn: false })) {
      quiet.cancel();
      quiet = after(QUIET_MS, cut);
      yield chunk as Buffer;
    }
  } finally {
    whole.cancel();
    quiet.cancel();
  }
}

/** Between two pieces of a body, and for all of it. */
const QUIET_MS = 10_000;
const WHOLE_MS = 120_000;

/** `large`: more than may be sent, what was read is dropped. `cut`: the sender went away. */
async function readLimited(
  source: BodySource,
  ports: Pick<Ports, 'after'>,
): Promise<Buffer | 'large' | 'cut'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of chunksOf(source, ports)) {
      size += chunk.length;
      if (size > PACKED_MAX) return 'large';
      chunks.push(chunk);
    }
  } catch {
    return 'cut';
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(max: number): Body {
  const mib = Math.round(max / 1024 / 1024);
  return refuse(413, 'too_large', {
    en: `the batch has more than ${mib} MiB: send fewer entries at once`,
    zh: `该批数据超过 ${mib} MiB:请减少每批条数`,
  });
}

function refuse(status: 400 | 413 | 415, code: string, words: Words): Body {
  return { ok: false, status, code, words };
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
