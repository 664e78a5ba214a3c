/**
 * Stands between a socket and the broker and lets through only what looks like MQTT of a sane size.
 *
 * aedes has no limit of its own: one stranger on the guest WiFi could make it hold hundreds of
 * megabytes without ever logging in. The guard reads only the fixed headers: the first packet is a
 * CONNECT of at most 4 KiB within 5 seconds, later ones have at most 1 MiB. (Between 64 KiB and
 * that, an event is kept and quarantined with a reason, so that a POS does not resend it for ever.)
 */

import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Ports, Timer } from '../runtime/ports.ts';

export const CONNECT_BYTES_MAX = 4 * 1024;
export const PACKET_BYTES_MAX = 1024 * 1024 + 1024;
const CONNECT_WITHIN_MS = 5_000;
const CONNECT_TYPE = 1;

export type GuardReason = 'no_connect' | 'not_mqtt' | 'too_large';

/** The socket as the broker may see it; `onRefused` says why it was cut off. */
export function guardSocket(
  socket: Socket,
  ports: Pick<Ports, 'after'>,
  onRefused: (why: GuardReason) => void,
): Duplex {
  return new GuardedSocket(socket, ports, onRefused);
}

class GuardedSocket extends Duplex {
  readonly #socket: Socket;
  readonly #frames = new FrameReader();
  readonly #deadline: Timer;

  constructor(socket: Socket, ports: Pick<Ports, 'after'>, onRefused: (why: GuardReason) => void) {
    super({ readableHighWaterMark: 256 * 1024 });
    this.#socket = socket;
    const refuse = (why: GuardReason) => {
      onRefused(why);
      this.destroy();
    };
    this.#deadline = ports.after(CONNECT_WITHIN_MS, () => {
      if (!this.#frames.connected) refuse('no_connect');
    });
    socket.on('data', (chunk: Buffer) => {
      const wrong = this.#frames.read(chunk);
      if (wrong) return refuse(wrong);
      if (this.#frames.connected) this.#deadline.cancel();
      if (!this.push(chunk)) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', () => this.destroy());
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(
    chunk: Buffer,
    encoding: BufferEncoding,
    done: (error?: Error | null) => void,
  ): void {
    this.#socket.write(chunk, encoding, done);
  }

  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    done: (error?: Error | null) => void,
  ): void {
    this.#socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#deadline.cancel();
    this.#socket.destroy();
    done(error);
  }
}

/** Follows the packets of a stream by their fixed headers alone. */
class FrameReader {
  connected = false;
  /** Bytes of the current packet's body still to come. */
  #body = 0;
  /** Inside a fixed header: its type, and the remaining length read so far. */
  #type = 0;
  #length = 0;
  #lengthBytes = -1;

  read(chunk: Uint8Array): GuardReason | undefined {
    let at = 0;
    while (at < chunk.length) {
      if (this.#body > 0) {
        const skipped = Math.min(this.#body, chunk.length - at);
        this.#body -= skipped;
        at += skipped;
        continue;
      }
      const wrong = this.#header(chunk[at] ?? 0);
      if (wrong) return wrong;
      at++;
    }
    return undefined;
  }

  #header(byte: number): GuardReason | undefined {
    if (this.#lengthBytes < 0) {
      this.#type = byte >> 4;
      this.#length = 0;
      this.#lengthBytes = 0;
      return this.#type === CONNECT_TYPE || this.connected ? undefined : 'no_connect';
    }
    if (this.#lengthBytes === 4) return 'not_mqtt';
    this.#length += (byte & 0x7f) * 128 ** this.#lengthBytes;
    this.#lengthBytes++;
    if (byte & 0x80) return undefined;
    this.#lengthBytes = -1;
    this.#body = this.#length;
    if (this.#type === CONNECT_TYPE) this.connected = true;
    const limit = this.#type === CONNECT_TYPE ? CONNECT_BYTES_MAX : PACKET_BYTES_MAX;
    return this.#length > limit ? 'too_large' : undefined;
  }
}
