/**
 * Goods that came from their paper are announced afterwards. What was sent and did not come leaves transit
 * now, what is too much goes into it; and what still lies there of the lots gets the dates, codes and cost
 * that came with the announcement.
 */
import { type Micro, microFromDecimal, proportion } from '#recipes/amount.ts';
import type { SentLine } from '#recipes/contracts/transfer-note.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import { arrivedAsSaid, differences } from '#recipes/transfers/receive-lines.ts';
import type { Draft } from '../ledger/draft.ts';
import { appendOwn } from './own-entry.ts';
import type { TransferParts } from './transfer-parts.ts';
import type { StoredTransfer } from './transfer-store.ts';

/** Only inside `transact`. @returns by how much the two differ, by item, in millionths */
export function matchAnnounced(
  parts: TransferParts,
  row: StoredTransfer,
  lines: readonly SentLine[],
  now: number,
): ReadonlyMap<string, Micro> {
  const draft = parts.ledger.draft();
  const sent = lines.map(({ item, lot, qty, cost }) => {
    return { item, lot, amount: microFromDecimal(qty), cost };
  });
  const came = (row.received ?? []).map(({ item, lot, qty }) => {
    return { item, lot: lot ?? undefined, amount: microFromDecimal(qty) };
  });
  const off = differences(sent, came);
  for (const [item, amount] of off) balance(parts, draft, item, amount, lines);
  const { pieces, lost } = arrivedAsSaid(sent, came);
  let cost: number | null = null;
  let whole: number | null = null;
  for (const [i, lot] of lotsOf(parts, row).entries()) {
    for (const piece of pieces) {
      const line = piece.sent === null ? undefined : lines[piece.sent];
      if (piece.said !== i || !line || piece.amount === 0) continue;
      if (piece.cost !== null) whole = (whole ?? 0) + piece.cost;
      const worth = papersFor(parts, draft, { lot, piece, line });
      if (worth !== null) cost = (cost ?? 0) + worth;
    }
  }
  const gone = whole === null ? null : whole - (cost ?? 0);
  const step = row.step + 1;
  const note = {
    what: 'match',
    transfer: row.id,
    step,
    from: row.other,
    lost,
    cost,
    gone,
  } as const;
  appendOwn(parts, { kind: 'transfer', note }, { actor: null, now }, draft);
  parts.transfers.put({ ...row, step, lines });
  return off;
}

/** What came less what was sent, between transit and the losses of this store. */
function balance(
  { ledger }: TransferParts,
  draft: Draft,
  item: string,
  amount: Micro,
  lines: readonly SentLine[],
): void {
  const unit = lines.find((line) => line.item === item)?.unit ?? 'g';
  const number = ledger.items.find(item) ?? ledger.items.number(item, unit);
  const { adjust, transit } = PLACES;
  const [from, to] = amount > 0 ? [adjust, transit] : [transit, adjust];
  draft.move({ line: -1, item: number, lot: UNALLOCATED, from, to, amount: Math.abs(amount) });
}

/** The lots that the receipt made, by its lines; undefined where nothing came. */
function lotsOf({ ledger }: TransferParts, row: StoredTransfer): (number | undefined)[] {
  const moves = ledger.entries.movesOf(row.entry);
  return (row.received ?? []).map(
    (_, line) =>
      moves.find(
        (move) => move.line === line && move.from === PLACES.transit && move.lot !== UNALLOCATED,
      )?.lot,
  );
}

/** What is left of a piece goes through transit into a lot with papers. @returns what that lot costs */
function papersFor(
  parts: TransferParts,
  draft: Draft,
  {
    lot: id,
    piece,
    line,
  }: {
    readonly lot: number | undefined;
    readonly piece: { readonly amount: Micro; readonly cost: number | null };
    readonly line: SentLine;
  },
): number | null {
  const lot = id === undefined ? undefined : parts.lots.get(id);
  if (!lot) return null;
  const { ledger } = parts;
  const left = ledger.shelf.lotsOf(lot.item).find((state) => state.lot === lot.id)?.amount ?? 0;
  const amount = Math.min(left, piece.amount);
  if (amount <= 0) return null;
  const cost = piece.cost === null ? null : proportion(piece.cost, amount, piece.amount);
  const fresh = parts.lots.insert({
    item: lot.item,
    code: lot.code,
    supplier: null,
    entry: ledger.seq() + 1,
    amount,
    cost,
    receivedAt: lot.receivedAt,
    producedAt: line.producedAt,
    expiresAt: line.expiresAt ?? lot.expiresAt,
    openedAt: line.openedAt ?? null,
    parent: lot.id,
  });
  const { stock, transit } = PLACES;
  const { item } = lot;
  draft.move({ line: -1, item, lot: lot.id, from: stock, to: transit, amount });
  draft.move({ line: -1, item, lot: fresh, from: transit, to: stock, amount });
  return cost;
}
