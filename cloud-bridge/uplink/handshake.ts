/** Where to go on: what head office holds of this life of the box, if the box holds the same. */
import type { Ack, SideHeads } from '#recipes/contracts/sync.ts';
import type { BoxClient } from './box-client.ts';
import type { HqClient } from './hq-client.ts';

/** Both ends have the same entries up to `seq`. */
export type Position = {
  readonly incarnation: string;
  readonly seq: number;
  readonly hash: string;
  /** undefined = head office takes entries and nothing else. */
  readonly side: SideHeads | undefined;
};

export type Handshake =
  | { readonly agreed: true; readonly position: Position; readonly cursor: Ack }
  /** Head office holds another entry of this number, or one that the box does not have. */
  | { readonly agreed: false; readonly incarnation: string; readonly suspect: number };

/** @throws Trouble */
export async function shakeHands(box: BoxClient, hq: HqClient): Promise<Handshake> {
  hq.of(await box.find());
  const { head } = await box.feed({ seq: 0, limit: 1, waitS: 0, side: undefined });
  const { incarnation } = head;
  const cursor = await hq.cursor(incarnation);
  const { ackedSeq: seq, ackedHash: hash, side } = cursor;
  if (seq > 0 && (await box.hashes([seq])).get(seq) !== hash) {
    return { agreed: false, incarnation, suspect: seq };
  }
  return { agreed: true, position: { incarnation, seq, hash, side }, cursor };
}
