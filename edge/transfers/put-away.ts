/** What came of a transfer goes on the shelf, what did not leaves transit all the same, and both are noted. */
import { decimalFromMicro } from '#recipes/amount.ts';
import type { TransferReceive } from '#recipes/contracts/transfer-command.ts';
import type { ReceivedLine } from '#recipes/contracts/transfer-note.ts';
import { UNALLOCATED } from '#recipes/ledger/entry.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Arrival, Piece } from '#recipes/transfers/receive-lines.ts';
import type { CommandContext } from '../commands/execute.ts';
import type { Draft } from '../ledger/draft.ts';
import { lotCode } from '../ledger/lot-code.ts';
import { settleFromLot } from '../ledger/settle-shortage.ts';
import type { Arriving } from './arriving.ts';
import type { TransferParts } from './transfer-parts.ts';
import type { StoredTransfer } from './transfer-store.ts';

/** What comes, and what is known of it. */
export type Coming = {
  readonly arrival: Arrival;
  readonly known: StoredTransfer | undefined;
  readonly items: ReadonlyMap<string, Arriving>;
  readonly data: TransferReceive;
};

/** Makes the lots. @returns the code of each piece's lot; undefined where nothing came */
export function putAway(
  parts: TransferParts,
  draft: Draft,
  coming: Coming,
  context: CommandContext,
): (string | undefined)[] {
  const { ledger } = parts;
  const at = context.occurredAt;
  let lots = 0;
  return coming.arrival.pieces.map((piece, line) => {
    const item = coming.items.get(piece.item)?.number;
    if (item === undefined || piece.amount === 0) return undefined;
    const nth = lots++;
    const { transit, stock, adjust } = PLACES;
    // Nobody knows what was sent: then nothing of it is too much.
    const over = coming.known ? piece.over : 0;
    if (over > 0) {
      draft.move({ line, item, lot: UNALLOCATED, from: adjust, to: transit, amount: over });
    }
    const code = piece.lot ?? lotCode(parts, context, { line, item, nth });
    const { amount, cost } = piece;
    const lot = parts.lots.insert({
      item,
      code,
      supplier: null,
      entry: ledger.seq() + 1,
      amount,
      cost,
      receivedAt: at,
      ...datesOf(piece, coming, at),
      parent: null,
    });
    draft.move({ line, item, lot, from: transit, to: stock, amount });
    settleFromLot(ledger, draft, { line, item, lot, most: amount });
    return code;
  });
}

function datesOf(piece: Piece, { known, items, data }: Coming, at: number) {
  const sent = piece.sent === null ? undefined : known?.lines[piece.sent];
  if (sent) {
    const { producedAt, expiresAt, openedAt = null } = sent;
    return { producedAt, expiresAt, openedAt };
  }
  const said = piece.said === null ? undefined : data.lines?.[piece.said]?.expiresAt;
  const life = items.get(piece.item)?.book?.shelfLifeMs;
  const reckoned = life === undefined ? null : at + life;
  return {
    producedAt: null,
    expiresAt: said === undefined ? reckoned : Date.parse(said),
    openedAt: null,
  };
}

/** What was sent and did not come leaves transit, too. */
export function takeLosses(draft: Draft, { arrival, known, items }: Omit<Coming, 'data'>): void {
  for (const [line, amount] of arrival.missing.entries()) {
    const item = items.get(known?.lines[line]?.item ?? '')?.number;
    if (item === undefined || amount === 0) continue;
    const { transit, adjust } = PLACES;
    draft.move({ line, item, lot: UNALLOCATED, from: transit, to: adjust, amount });
  }
}

/** Every line that was sent, and every one that came beside them. */
export function receivedLines(
  { pieces }: Arrival,
  lots: readonly (string | undefined)[],
  { known, items, data }: Omit<Coming, 'arrival'>,
): ReceivedLine[] {
  const told = new Set<number>();
  const line = (piece: Piece, lot: string | undefined): ReceivedLine => {
    const { sent, said, item, amount, cost } = piece;
    const first = sent !== null && !told.has(sent);
    if (sent !== null) told.add(sent);
    const problem = said === null ? undefined : data.lines?.[said]?.problem;
    const was = first && sent !== null ? known?.lines[sent]?.qty : '0';
    return {
      ...naming(items, item),
      qty: decimalFromMicro(amount),
      sent: known ? (was ?? '0') : null,
      lot: lot ?? piece.lot,
      cost,
      ...(problem === undefined ? {} : { problem }),
    };
  };
  const came = pieces.map((piece, i) => line(piece, lots[i]));
  const missing = (known?.lines ?? []).flatMap(({ item, qty, lot }, i): ReceivedLine[] => {
    if (told.has(i)) return [];
    const said = data.lines?.find((one) => one.item === item && (one.lot ?? lot) === lot)?.problem;
    const problem = said === undefined ? {} : { problem: said };
    return [{ ...naming(items, item), qty: '0', sent: qty, lot, cost: null, ...problem }];
  });
  return [...came, ...missing];
}

function naming(
  items: ReadonlyMap<string, Arriving>,
  item: string,
): Pick<ReceivedLine, 'item' | 'name' | 'unit'> {
  const known = items.get(item);
  const name = known?.name;
  return { item, ...(name === undefined ? {} : { name }), unit: known?.unit ?? 'g' };
}
