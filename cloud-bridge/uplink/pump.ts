/**
 * The pump: reads the feed after what head office holds and sends it, one batch at a time. All that it
 * remembers is where both ends agree, and when anything is in doubt it asks them again.
 */
import type { Ack, SideHeads } from '#recipes/contracts/sync.ts';
import type { Log } from '../../edge/runtime/log.ts';
import type { Ports } from '../../edge/runtime/ports.ts';
import { NO_HASH } from './answers.ts';
import { type BackOff, openBackOff, pause } from './back-off.ts';
import { openBatchSize } from './batch-size.ts';
import type { BoxClient, Feed } from './box-client.ts';
import type { UplinkConfig } from './config.ts';
import { type Down, openDown } from './down.ts';
import { findCommon } from './fork.ts';
import { type Position, shakeHands } from './handshake.ts';
import type { HqClient, Sent } from './hq-client.ts';
import { openPacking } from './packing.ts';
import { openRefusals, type Refusal } from './refusals.ts';
import { Trouble, type TroubleCode } from './trouble.ts';

export type PumpParts = {
  readonly config: UplinkConfig;
  readonly box: BoxClient;
  readonly hq: HqClient;
  readonly log: Log;
  readonly ports: Ports;
  /** Ends the pump. */
  readonly stop: AbortSignal;
};

/** A box that does not hold its answer back must not be asked without a pause. */
const IDLE_MS = 1_000;
/** After these the next batch is smaller: what is good of a refused one goes through. */
const SMALLER: ReadonlySet<TroubleCode> = new Set([
  'timeout',
  'too_large',
  'bad_answer',
  'refused',
]);

/** Runs until `stop`; every trouble is waited out. */
export async function runPump(parts: PumpParts): Promise<void> {
  const pump = new Pump(parts);
  while (!parts.stop.aborted) await pump.round();
}

class Pump {
  readonly #parts: PumpParts;
  readonly #backOff: BackOff;
  readonly #down: Down;
  readonly #size = openBatchSize();
  readonly #packing = openPacking();
  readonly #refusals = openRefusals();
  #position: Position | undefined;
  /** Head office is known to have everything up to here; more may have come since. */
  #atHead = false;
  /** What head office said last, while it has more for the box than was carried at once. */
  #moreDown: Ack | undefined;
  /** Whether a head office of another make takes empty batches. */
  #takesSigns = true;
  #sentAt = Number.NEGATIVE_INFINITY;
  #refoldAt: number | undefined;
  /** Set when a step went back: twice without an entry arriving in between is trouble. */
  #wentBack = false;

  constructor(parts: PumpParts) {
    this.#parts = parts;
    this.#backOff = openBackOff(parts.config.pace, parts.ports);
    this.#down = openDown(parts, parts.config.pace, parts.ports);
  }

  async round(): Promise<void> {
    const { stop, ports } = this.#parts;
    const at = this.#position;
    try {
      if (at === undefined) await this.#begin();
      else await this.#step(at);
    } catch (error) {
      if (!(error instanceof Trouble)) throw error;
      if (stop.aborted) return;
      const smallest = this.#size.limit() === 1;
      const waitMs = this.#recover(error);
      const refusal = this.#refusals.after(error, at, smallest);
      if (refusal) await this.#tellRefusal(refusal);
      await pause(waitMs, ports, stop);
    }
  }

  async #tellRefusal(refusal: Refusal): Promise<void> {
    const { box, log } = this.#parts;
    await box.refused(refusal).catch((error: unknown) => {
      if (!(error instanceof Trouble)) throw error;
      log.warn({ code: error.why }, 'the box was not told of it');
    });
  }

  /** The wait after a failure, milliseconds. */
  #recover(error: Trouble): number {
    const { log } = this.#parts;
    if (error.who === 'head office' && SMALLER.has(error.why)) this.#size.failed();
    // Whoever is only busy will go on where we are; after anything else nobody knows who has what.
    if (error.why !== 'busy') this.#position = undefined;
    const waitMs = Math.round(this.#backOff.next(error));
    const fields = { code: error.why, waitMs, limit: this.#size.limit() };
    if (error.why === 'forbidden' || error.why === 'refused') log.error(fields, error.message);
    else log.warn(fields, error.message);
    return waitMs;
  }

  async #begin(): Promise<void> {
    const { box, hq, log } = this.#parts;
    const hands = await shakeHands(box, hq);
    if (!hands.agreed) return await this.#fork(hands.incarnation, hands.suspect);
    const { position, cursor } = hands;
    const { incarnation, seq } = position;
    log.info({ incarnation, seq, side: position.side !== undefined }, 'going on');
    this.#position = position;
    this.#atHead = false;
    // Silence is not news, but whoever was away is waited for: the first batch may be empty.
    this.#sentAt = Number.NEGATIVE_INFINITY;
    if (seq > 0) await this.#tellBox(position, cursor);
  }

  async #step(position: Position): Promise<void> {
    const { box, config, ports, stop } = this.#parts;
    const waits = this.#atHead && this.#moreDown === undefined;
    const askedAt = ports.mono();
    const feed = await box.feed({
      seq: position.seq,
      limit: this.#size.limit(),
      waitS: waits ? Math.round(config.pace.pollMs / 1000) : 0,
      side: position.side,
    });
    const { head, body } = feed;
    if (head.incarnation !== position.incarnation || head.prevHash !== position.hash) {
      // Restored meanwhile, or not where we thought it was: the handshake finds out.
      return this.#back('box', 'the box is in another life, or its entries are others');
    }
    if (!this.#isNews(feed) && !this.#isSignDue()) {
      this.#atHead = true;
      if (this.#moreDown !== undefined) return await this.#tellBox(position, this.#moreDown);
      if (!waits || ports.mono() - askedAt < IDLE_MS) await pause(IDLE_MS, ports, stop);
      return;
    }
    this.#size.read(body.length, head.entries);
    await this.#send(position, feed);
  }

  async #send(position: Position, { head, body }: Feed): Promise<void> {
    const { hq, ports } = this.#parts;
    const sent = await hq.send(this.#packing.pack(body), this.#packing.encoding());
    this.#sentAt = ports.mono();
    if (sent.what === 'unread') return this.#unread(position, head.entries, sent);
    if (sent.what === 'fork') {
      this.#position = undefined;
      if (sent.seq === 0)
        return this.#back('head office', 'it has another entry and not says which');
      return await this.#fork(position.incarnation, sent.seq);
    }
    if (sent.what === 'gap') return await this.#gap(position, sent);
    const { ack } = sent;
    if (ack.ackedSeq === head.to && ack.ackedHash !== head.headHash) {
      throw new Trouble('head office', 'bad_answer', `acknowledged another entry ${head.to}`);
    }
    if (ack.ackedSeq < head.to && ack.ackedSeq <= position.seq && head.entries > 0) {
      return this.#back('head office', `took none of the entries ${head.from} to ${head.to}`);
    }
    if (head.entries === 0 && head.beside > 0 && isSame(position.side, ack.side)) {
      return this.#back('head office', 'took none of the rows beside the entries');
    }
    this.#packing.accepted();
    this.#size.took(head.entries);
    this.#refusals.took();
    if (head.refold) this.#refoldAt = head.refold.at;
    const next = {
      ...position,
      seq: ack.ackedSeq,
      hash: ack.ackedHash,
      side: ack.side ?? position.side,
    };
    this.#position = next;
    this.#atHead = head.newest === undefined ? head.entries === 0 : ack.ackedSeq >= head.newest;
    await this.#tellBox(next, ack);
    // Not before the box has agreed: what only head office says may be wrong each time.
    if (this.#position === undefined) return;
    this.#wentBack = false;
    this.#backOff.reset();
  }

  /** Perhaps it is the packing; and an empty batch is not in everybody's book. */
  #unread(position: Position, entries: number, sent: Sent & { what: 'unread' }): void {
    const stranger = position.side === undefined;
    if (stranger && entries === 0 && !sent.clear) {
      this.#takesSigns = false;
      return;
    }
    // Our own head office says 415 when it means it.
    if ((sent.clear || stranger) && this.#packing.refused(sent.clear)) return;
    throw sent.error;
  }

  /** The box hears what was acknowledged, and gets what head office has for it. */
  async #tellBox(position: Position, ack: Ack): Promise<void> {
    const { box, config } = this.#parts;
    const stuck = this.#refusals.stuck() && { stuck: true };
    const told = await box.acked({ ...ack, hqUrl: shownUrl(config.hqUrl), ...stuck });
    if (told === 'differs') return this.#back('box', `entry ${ack.ackedSeq} is another one here`);
    const more = await this.#down.after(position.incarnation, ack, told.catalogHead);
    this.#moreDown = more ? ack : undefined;
  }

  /** Head office wants to hear earlier entries again: the box's hash tells whether it has the same. */
  async #gap(position: Position, gap: Sent & { what: 'gap' }): Promise<void> {
    const { box, log } = this.#parts;
    const { expected, side = position.side } = gap;
    const seq = Math.max(0, expected - 1);
    log.info({ expected, had: position.seq }, 'head office goes on from another entry');
    if (this.#wentBack) return this.#back('head office', `expects entry ${expected} again`);
    this.#wentBack = true;
    const hash = seq === 0 ? NO_HASH : (await box.hashes([seq])).get(seq);
    this.#position = hash === undefined ? undefined : { ...position, seq, hash, side };
    this.#atHead = false;
  }

  /** The box goes on as a life of its own, from the last entry that both have. */
  async #fork(incarnation: string, suspect: number): Promise<void> {
    const { box, hq, log } = this.#parts;
    if (this.#wentBack) this.#back('head office', 'a new life was not enough');
    const common = await findCommon(box, hq, incarnation, suspect);
    if (common === undefined) {
      return this.#back('head office', `entry ${suspect} differs and then does not`);
    }
    this.#wentBack = true;
    const life = await box.fork({ incarnation, ...common, why: 'found' });
    log.warn({ incarnation, life, ...common, suspect }, 'two histories: the box begins a new life');
  }

  /** Asks both ends again; the second time in a row it waits first. */
  #back(who: Trouble['who'], why: string): void {
    const again = this.#wentBack;
    this.#position = undefined;
    this.#wentBack = true;
    if (again) {
      this.#wentBack = false;
      throw new Trouble(who, 'changed', why);
    }
    this.#parts.log.info({ who }, why);
  }

  #isNews({ head }: Feed): boolean {
    if (head.entries > 0 || head.beside > 0) return true;
    return head.refold != null && head.refold.at !== this.#refoldAt;
  }

  #isSignDue(): boolean {
    if (!this.#takesSigns) return false;
    return this.#parts.ports.mono() - this.#sentAt >= this.#parts.config.pace.signMs;
  }
}

/** Whether head office counts no more of the tables beside the ledger than before. */
function isSame(before: SideHeads | undefined, now: SideHeads | undefined): boolean {
  if (before === undefined || now === undefined) return true;
  const { items, lots, books, events } = before;
  const { items: i, lots: l, books: b, events: e } = now;
  return items === i && lots === l && books === b && events === e;
}

/** What people may see of the address: no password. */
function shownUrl(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}
