/**
 * The entries of a store as batches, ready to send: 85 % sales, the rest what people do, with a note.
 * Every store of the bench sends the same ones: a store's name is no part of what is hashed.
 */
import { hash } from 'node:crypto';
import { zstdCompressSync } from 'node:zlib';
import { NO_HASH } from '#recipes/contracts/sync.ts';
import { entryText, type Move } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { seeded } from '../support/seeded.ts';

export type Prepared = {
  /** zstd of the JSON. */
  readonly body: Buffer;
  readonly to: number;
  readonly entries: number;
};

const ITEMS = 200;
const PER_DAY = 3_000;

/** @param moves mean number of moves of an entry */
export function prepareBatches(entries: number, batch: number, moves: number): Prepared[] {
  const random = seeded(7);
  const batches: Prepared[] = [];
  let previous = NO_HASH;
  let events = 0;
  for (let from = 1; from <= entries; from += batch) {
    const to = Math.min(entries, from + batch - 1);
    const prevHash = previous;
    const before = events;
    const texts: string[] = [];
    for (let seq = from; seq <= to; seq += 1) {
      const sale = random.chance(0.85);
      if (sale) events += 1;
      const text = entryOf(seq, sale ? events : null, movesOf(seq, sale, moves));
      previous = hash('sha256', previous + text, 'hex');
      texts.push(text);
    }
    const body = {
      incarnation: 'bench',
      from,
      to,
      prevHash,
      entries: texts,
      headHash: previous,
      stateDigest: null,
      head: { seq: entries, hash: NO_HASH },
      events: { after: before, to: events },
    };
    const packed = zstdCompressSync(Buffer.from(JSON.stringify(body)));
    batches.push({ body: packed, to, entries: texts.length });
  }
  return batches;

  function movesOf(seq: number, sale: boolean, mean: number): Move[] {
    const count = Math.max(1, Math.round(mean * (0.3 + 1.4 * random.next())));
    return Array.from({ length: count }, (_, i) => {
      const item = 1 + Math.floor(ITEMS * random.next() * random.next());
      return {
        line: sale ? Math.floor(i / 3) : -1,
        item,
        lot: random.chance(0.1) ? 0 : item + ITEMS * Math.floor(seq / 4_000),
        from: PLACES.stock,
        to: sale ? PLACES.sold : PLACES.waste,
        amount: random.between(1, 200) * 1_000_000,
      };
    });
  }

  function entryOf(seq: number, event: number | null, own: readonly Move[]): string {
    const sale = event !== null;
    const id = Array.from({ length: 8 }, () => random.between(4096, 65_535).toString(16)).join('-');
    const note = { reason: 'expired', item: `item-${own[0]?.item}`, said: '300 g', 说: '掉在地上' };
    const occurredAt = 1_795_000_000_000 + seq * 16_800 + random.between(0, 9_000);
    return entryText(
      {
        seq,
        kind: sale ? 'sale' : 'waste',
        event,
        command: sale ? null : id,
        sale: event,
        reverses: null,
        book: sale ? 12 : null,
        day: 20_261_101 + Math.floor((seq - 1) / PER_DAY),
        occurredAt,
        recordedAt: occurredAt + random.between(0, 900),
        actor: sale ? null : `p${random.between(1, 9)}`,
        note: sale ? null : JSON.stringify(note),
      },
      own,
    );
  }
}
