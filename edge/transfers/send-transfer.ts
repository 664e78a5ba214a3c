/** Goods go to another store: out of the larder, on their way. They stay ours until the other store has them. */
import { must } from '#recipes/assert.ts';
import type { TransferSend } from '#recipes/contracts/transfer-command.ts';
import type { TransferNote } from '#recipes/contracts/transfer-note.ts';
import { PLACES } from '#recipes/ledger/place.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { moneyOf } from '../ledger/money.ts';
import { movesAnswer } from '../ledger/moves-answer.ts';
import { refuse } from '../refuse.ts';
import { newNumber } from './new-number.ts';
import type { StoredRequisition } from './requisition-store.ts';
import { takeGoods } from './take-goods.ts';
import {
  badNumber,
  bookAt,
  isRefusal,
  numberExists,
  ownStore,
  type TransferParts,
} from './transfer-parts.ts';

/** Carries out `transfer.send`. What no lot can give goes all the same and is told: it has left the house. */
export function sendTransfer(
  parts: TransferParts,
  data: TransferSend,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.occurredAt);
  if (isRefusal(inForce)) return inForce;
  const wrong = doesNotFit(parts, data);
  if (wrong) return wrong;
  const asked = requisitionFor(parts, data);
  if (asked && isRefusal(asked)) return asked;
  const draft = parts.ledger.draft();
  const taken = takeGoods(parts, draft, inForce.kitchen, data.lines, PLACES.transit);
  if (isRefusal(taken)) return taken;
  const id = data.transfer ?? newNumber(parts, 'TR', context);
  const { to, requisition, note } = data;
  const facts: TransferNote = {
    what: 'send',
    transfer: id,
    step: 1,
    to,
    ...(requisition === undefined ? {} : { requisition }),
    lines: [...taken.lines],
    ...(note === undefined ? {} : { note }),
  };
  const entry = {
    kind: 'transfer',
    note: { ...facts, cost: taken.cost },
    book: inForce.book,
  } as const;
  const seq = appendOfCommand(parts, entry, context, draft);
  parts.transfers.put({
    id,
    direction: 'out',
    other: to,
    state: 'sent',
    entry: seq,
    at: context.occurredAt,
    step: 1,
    requisition: requisition ?? null,
    lines: taken.lines,
    received: null,
    hq: null,
    note: note ?? null,
  });
  if (asked) parts.requisitions.put({ ...asked, state: 'shipped' });
  return {
    ok: true,
    seq,
    data: {
      transfer: id,
      to,
      cost: moneyOf(taken.cost),
      moves: movesAnswer(parts, draft.moves),
      short: taken.short,
    },
  };
}

function doesNotFit(parts: TransferParts, { transfer, to }: TransferSend): Refusal | undefined {
  if (to === parts.store) return ownStore('to', to);
  if (transfer === undefined) return undefined;
  const bad = badNumber('transfer', 'TR', parts.store, transfer);
  if (bad) return bad;
  return parts.transfers.has(transfer) ? numberExists('transfer', transfer) : undefined;
}

/** What was asked for with it, when it can be shipped to this store. */
function requisitionFor(
  parts: TransferParts,
  { requisition: id, to }: TransferSend,
): StoredRequisition | Refusal | undefined {
  if (id === undefined) return undefined;
  const asked = parts.requisitions.get(id);
  if (asked?.direction !== 'in') return unknownRequisition(id);
  if (asked.other !== to) {
    return refuse(
      'other_store',
      `requisition: "${id}" is of store "${asked.other}"; send the goods there`,
      `requisition:“${id}”属于门店“${asked.other}”;请发往该门店`,
    );
  }
  return asked.state === 'cancelled' || asked.state === 'declined'
    ? requisitionState(id, asked.state)
    : asked;
}

/** The refusal of a requisition that is not known here. */
export function unknownRequisition(id: string): Refusal {
  return refuse(
    'unknown_requisition',
    `requisition: there is no "${id}" that this store can answer; see GET /requisitions`,
    `requisition:没有可处理的要货单“${id}”;请查看 GET /requisitions`,
  );
}

/** The refusal of an act that does not fit what became of a requisition. */
export function requisitionState(id: string, state: StoredRequisition['state']): Refusal {
  const { en, zh } = must(STATES[state], state);
  return refuse('requisition_state', `requisition: "${id}" ${en}`, `requisition:“${id}”${zh}`);
}

const STATES: Readonly<
  Record<StoredRequisition['state'], { readonly en: string; readonly zh: string }>
> = {
  sent: { en: 'waits for an answer', zh: '等待处理' },
  accepted: { en: 'was accepted', zh: '已接受' },
  declined: { en: 'was declined; ask with a new one', zh: '已被拒绝;请另下要货单' },
  shipped: { en: 'was shipped already', zh: '已发货' },
  received: { en: 'has come already', zh: '已收货' },
  cancelled: { en: 'was called off', zh: '已取消' },
};
