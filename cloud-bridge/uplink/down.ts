/**
 * What goes down: versions of the catalog, facts of another life of the store, and the question for all
 * balances. None of it may hold up what goes up, nor the other two: a failure here waits by itself.
 */
import type { Ack } from '#recipes/contracts/sync.ts';
import type { Log } from '../../edge/runtime/log.ts';
import type { Ports } from '../../edge/runtime/ports.ts';
import type { BoxClient } from './box-client.ts';
import type { Pace } from './config.ts';
import type { HqClient } from './hq-client.ts';
import { openLane } from './lane.ts';
import { Trouble } from './trouble.ts';

export type Down = {
  /**
   * Does what an acknowledgement asks for.
   * @param boxHead highest version that the box has dealt with; undefined = it did not say
   * @returns whether there is more of it at once
   * @throws Trouble `stopped` only
   */
  after(incarnation: string, ack: Ack, boxHead: number | undefined): Promise<boolean>;
};

/** Then what goes up has its turn. */
const PAGES_AT_ONCE = 5;
const SEGMENTS_AT_ONCE = 10;
/** All balances are some hundred kilobytes: not with every acknowledgement. */
const BALANCES_EVERY_MS = 60_000;

type Ends = { readonly box: BoxClient; readonly hq: HqClient; readonly log: Log };

export function openDown(ends: Ends, pace: Pace, ports: Ports): Down {
  const lane = (name: string) => openLane(name, ends.log, pace, ports);
  const lanes = { versions: lane('versions'), facts: lane('facts'), balances: lane('balances') };
  const versions = openVersions(ends);
  const carried = new Set<string>();
  let balancesAt = Number.NEGATIVE_INFINITY;
  return {
    async after(incarnation, ack, boxHead = Number.POSITIVE_INFINITY) {
      const left = await lanes.versions.run(() => versions(incarnation, ack, boxHead));
      let more = left === true;
      // What happened to the other life needs the books and papers that it had; those that the box does
      // not believe may never come.
      const ready = left === false || lanes.versions.trouble() instanceof Disbelief;
      if (ack.takeover === true && ready) {
        more =
          (await lanes.facts.run(() => carryFacts(ends, incarnation, carried))) === true || more;
      }
      if (ack.wantBalances === true && ports.mono() - balancesAt >= BALANCES_EVERY_MS) {
        await lanes.balances.run(async () => {
          balancesAt = ports.mono();
          await ends.hq.balances(incarnation, await ends.box.balances());
        });
      }
      return more;
    },
  };
}

/** The box could not read a version as head office's: the ones after it wait, and nothing else. */
class Disbelief extends Trouble {}

/** @returns what hands versions over, and says whether more are left */
function openVersions(
  ends: Ends,
): (incarnation: string, ack: Ack, boxHead: number) => Promise<boolean> {
  /** Between these two there was nothing for this store: not asked for again. */
  let nothing = { after: -1, to: -1 };
  /** Where the last pages began: with each the box must have come further. */
  let before = -1;
  /** The last version that a life was offered while decisions waited: its own number may lie below it. */
  let offered = { incarnation: '', to: -1 };
  return async (incarnation, ack, boxHead) => {
    const holds = waitsForPeople(ack);
    if (!holds || offered.incarnation !== incarnation) offered = { incarnation, to: -1 };
    const { catalogHead } = ack;
    const known = nothing.after === boxHead && nothing.to === catalogHead;
    if (catalogHead <= boxHead || known) return false;
    if (boxHead === before) {
      before = -1;
      throw new Trouble('box', 'bad_answer', `it stays at version ${boxHead} of the catalog`);
    }
    const { after, held, left } = await carryVersions(ends, Math.max(boxHead, offered.to), holds);
    if (holds) offered = { incarnation, to: after };
    before = left && !held ? boxHead : -1;
    if (!left && !held) nothing = { after, to: catalogHead };
    return left;
  };
}

/**
 * A decision names an order by its number, and in two boxes that may be two orders: what the other one
 * did is taken over first. A second box decides nothing.
 */
function waitsForPeople({ takeover, state }: Ack): boolean {
  return takeover === true || state === 'second';
}

type Carried = {
  /** The last one that the box has dealt with. */
  readonly after: number;
  /** More may be left. */
  readonly left: boolean;
  /** The box keeps some for later: its highest number may stay where it is. */
  readonly held: boolean;
};

/** In their order, each after the one before; with `holds` the box puts decisions aside. */
async function carryVersions(
  { box, hq, log }: Ends,
  boxHead: number,
  holds: boolean,
): Promise<Carried> {
  let after = boxHead;
  let held = false;
  for (let page = 0; page < PAGES_AT_ONCE; page++) {
    const { versions } = await hq.catalog(after);
    const fresh = versions.filter(({ version }) => version > after);
    if (fresh.length === 0) return { after, left: false, held };
    for (const version of fresh) {
      const { state, reason } = await box.takeVersion(version, holds);
      if (state === 'aside') held = true;
      log.info({ version: version.version, state, reason }, 'a version from head office');
      const why = disbelief(state, reason);
      // The ones after it must not overtake it: this one would be too old then.
      if (why) throw new Disbelief('box', why, `it does not believe version ${version.version}`);
      after = version.version;
    }
  }
  return { after, left: true, held };
}

/**
 * Another life's facts, piece by piece.
 * @param carried pieces that head office has heard of, since it had none for us
 * @returns whether there are more
 */
async function carryFacts(
  { box, hq, log }: Ends,
  incarnation: string,
  carried: Set<string>,
): Promise<boolean> {
  for (let i = 0; i < SEGMENTS_AT_ONCE; i++) {
    const takeover = await hq.takeover(incarnation);
    if (takeover === undefined) {
      carried.clear();
      return false;
    }
    const { incarnation: of, segment } = takeover;
    const piece = `${incarnation} ${of} ${segment}`;
    // Head office did not keep what became of it; again and again would help nobody.
    if (carried.has(piece)) {
      carried.clear();
      throw new Trouble('head office', 'bad_answer', `segment ${segment} of ${of} came again`);
    }
    const result = await box.takeOver(takeover);
    await hq.tookOver({ incarnation, of, segment, result });
    carried.add(piece);
    const { applied, duplicates, refused } = result;
    const counts = { applied, duplicates, refused: refused?.length };
    log.info({ of, segment, ...counts }, 'facts of another life were taken over');
  }
  return true;
}

/**
 * What to do about a version that the box could not even read as head office's: a changed text is
 * fetched again, a new key waits for a person. Undefined = it was dealt with, or refused for good.
 */
function disbelief(state: string, reason: unknown): 'bad_answer' | 'forbidden' | undefined {
  if (state !== 'refused') return undefined;
  const code = (reason as { code?: unknown } | null | undefined)?.code;
  if (code === 'wrong_key') return 'forbidden';
  return code === 'bad_signature' || code === 'bad_version' ? 'bad_answer' : undefined;
}
