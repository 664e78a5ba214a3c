/**
 * Goods of another store come in. Each lot keeps its code, its dates and its share of the cost. All of what
 * was sent leaves transit here: what came goes on the shelf, what did not is a loss of this store, and what is
 * too much a surplus; so transit adds up to zero over the chain. A transfer that nobody has announced yet is
 * received from its paper.
 */
import { decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { TransferReceive } from '#recipes/contracts/transfer-command.ts';
import type { SentLine, TransferNote } from '#recipes/contracts/transfer-note.ts';
import { arrivedAsSaid, arrivedAsSent, differences } from '#recipes/transfers/receive-lines.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { moneyOf } from '../ledger/money.ts';
import { refuse } from '../refuse.ts';
import { itemsOf, readCame } from './arriving.ts';
import { putAway, receivedLines, takeLosses } from './put-away.ts';
import { requisitionCame } from './requisition-came.ts';
import { isRefusal, ownStore, type TransferParts } from './transfer-parts.ts';
import type { StoredTransfer } from './transfer-store.ts';

/** Carries out `transfer.receive`. */
export function receiveTransfer(
  parts: TransferParts,
  data: TransferReceive,
  context: CommandContext,
): Carried {
  const row = parts.transfers.get(data.transfer);
  const refusal = cannot(parts, row, data);
  if (refusal) return refusal;
  // A receipt from paper that was undone leaves a row behind that knows of nothing.
  const known = row && row.lines.length > 0 ? row : undefined;
  const from = known?.other ?? (data.from as string);
  const sent = (known?.lines ?? []).map(sentOf);
  const items = itemsOf(parts, known?.lines ?? [], data, context.occurredAt);
  if (isRefusal(items)) return items;
  const came = data.lines && readCame(data.lines, items);
  if (came && isRefusal(came)) return came;
  const arrival = came ? arrivedAsSaid(sent, came) : arrivedAsSent(sent);
  if (!known && arrival.pieces.length === 0) return nothingCame();
  const draft = parts.ledger.draft();
  const lots = putAway(parts, draft, { arrival, known, items, data }, context);
  takeLosses(draft, { arrival, known, items });
  const lines = receivedLines(arrival, lots, { known, items, data });
  const asked = requisitionCame(parts, known?.requisition ?? null, data.transfer);
  const step = (row?.step ?? 0) + 1;
  const { note } = data;
  const facts: TransferNote = {
    what: 'receive',
    transfer: data.transfer,
    step,
    from,
    ...(known?.requisition ? { requisition: known.requisition } : {}),
    ...(asked.order === undefined ? {} : { order: asked.order }),
    lines,
    lost: arrival.lost,
    ...(note === undefined ? {} : { note }),
  };
  const cost = sumOf(lines.map((line) => line.cost));
  const seq = appendOfCommand(
    parts,
    { kind: 'transfer', note: { ...facts, cost } },
    context,
    draft,
  );
  parts.transfers.put({
    id: data.transfer,
    direction: 'in',
    other: from,
    state: 'received',
    entry: seq,
    at: context.occurredAt,
    step,
    requisition: known?.requisition ?? null,
    lines: known?.lines ?? [],
    received: lines,
    hq: null,
    note: note ?? known?.note ?? null,
  });
  const order = asked.note(seq, lines);
  return {
    ok: true,
    seq,
    data: {
      transfer: data.transfer,
      from,
      lots: lots.flatMap((lot, i) =>
        lot === undefined ? [] : [{ item: arrival.pieces[i]?.item, lot }],
      ),
      // All of it, so that it can be received from its paper where nobody has announced it.
      lines: lines.map(({ item, lot, qty }) => ({ item, ...(lot === null ? {} : { lot }), qty })),
      differences: known ? differencesOf(known, lines) : [],
      cost: moneyOf(cost),
      lost: moneyOf(arrival.lost),
      ...(order === undefined ? {} : { order }),
    },
  };
}

/** By item, decimal text: what came less what was sent. */
export function differencesOf(
  known: Pick<StoredTransfer, 'lines'>,
  came: readonly { readonly item: string; readonly qty: string }[],
): { readonly item: string; readonly qty: string }[] {
  const amounts = (lines: readonly { readonly item: string; readonly qty: string }[]) =>
    lines.map(({ item, qty }) => ({ item, amount: microFromDecimal(qty) }));
  return [...differences(amounts(known.lines), amounts(came))].map(([item, qty]) => ({
    item,
    qty: decimalFromMicro(qty),
  }));
}

function cannot(
  { store }: TransferParts,
  known: StoredTransfer | undefined,
  { transfer: id, from, lines }: TransferReceive,
): Refusal | undefined {
  if (known?.direction === 'out') {
    return refuse(
      'own_transfer',
      `transfer: "${id}" was sent by this store; if the goods came back, undo the sending`,
      `transfer:“${id}”由本店发出;如货物退回,请撤销发货`,
    );
  }
  if (known?.state === 'received') {
    return refuse(
      'transfer_received',
      `transfer: "${id}" was received already; if that was wrong, undo that first`,
      `transfer:“${id}”已收货;如有误,请先撤销`,
    );
  }
  if (known?.state === 'cancelled') {
    return refuse(
      'transfer_cancelled',
      `transfer: "${id}" was called off by "${known.other}"; if the goods came all the same, let them send again`,
      `transfer:“${id}”已被“${known.other}”取消;如货物已到,请对方重新发货`,
    );
  }
  if (known && known.lines.length > 0) return undefined;
  if (from === undefined || lines === undefined) {
    return refuse(
      'unknown_transfer',
      `transfer: "${id}" was not announced here yet; receive it from its paper: say from and lines`,
      `transfer:“${id}”尚未通知本店;可按纸质单收货:请填写 from 与 lines`,
    );
  }
  return from === store ? ownStore('from', from) : undefined;
}

function sentOf({ item, lot, qty, cost }: SentLine) {
  return { item, lot, amount: microFromDecimal(qty), cost };
}

function sumOf(costs: readonly (number | null)[]): number | null {
  return costs.reduce((sum, cost) => (cost === null ? sum : (sum ?? 0) + cost), null);
}

function nothingCame(): Refusal {
  return refuse(
    'bad_quantity',
    'lines: nothing of it came; then there is nothing to receive',
    'lines:没有到货,无需收货',
  );
}
