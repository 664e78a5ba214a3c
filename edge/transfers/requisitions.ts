/** What a store asks of another: sending it, answering it, and orders that go to another store of the chain. */
import { decimalFromMicro, type Micro } from '#recipes/amount.ts';
import type { RequisitionAnswer, RequisitionSend } from '#recipes/contracts/transfer-command.ts';
import type { AskedLine, RequisitionNote } from '#recipes/contracts/transfer-note.ts';
import { dayNumber } from '#recipes/time/business-day.ts';
import type { Carried, CommandContext, Refusal } from '../commands/execute.ts';
import { appendOfCommand } from '../ledger/command-entry.ts';
import { refuse } from '../refuse.ts';
import { newNumber } from './new-number.ts';
import { appendOwn } from './own-entry.ts';
import type { RequisitionState, StoredRequisition } from './requisition-store.ts';
import { requisitionState, unknownRequisition } from './send-transfer.ts';
import {
  badNumber,
  bookAt,
  isRefusal,
  numberExists,
  ownStore,
  type TransferParts,
} from './transfer-parts.ts';

/** Carries out `requisition.send`. */
export function sendRequisition(
  parts: TransferParts,
  data: RequisitionSend,
  context: CommandContext,
): Carried {
  const inForce = bookAt(parts, context.now);
  if (isRefusal(inForce)) return inForce;
  if (data.to === parts.store) return ownStore('to', data.to);
  const given = data.requisition;
  if (given !== undefined) {
    const bad = badNumber('requisition', 'RQ', parts.store, given);
    if (bad) return bad;
    if (parts.requisitions.has(given)) return numberExists('requisition', given);
  }
  const lines: AskedLine[] = [];
  for (const [i, { item: id, qty }] of data.lines.entries()) {
    const item = inForce.kitchen.items.get(id);
    if (!item) {
      return refuse(
        'unknown_item',
        `lines[${i}].item: "${id}" is not in the recipe book`,
        `lines[${i}].item:配方册中没有物料“${id}”`,
      );
    }
    const amount = item.convert(qty);
    if (amount <= 0) {
      return refuse(
        'bad_quantity',
        `lines[${i}].qty must be more than 0`,
        `lines[${i}].qty 必须大于 0`,
      );
    }
    lines.push({ item: id, name: item.name, qty: decimalFromMicro(amount), unit: item.unit });
  }
  const id = given ?? newNumber(parts, 'RQ', context);
  const { to, note } = data;
  const deliverOn = data.deliverOn === undefined ? null : dayNumber(data.deliverOn);
  const facts = askNote({ id, to, deliverOn, lines, note });
  const seq = appendOfCommand(
    parts,
    { kind: 'requisition', note: facts, book: inForce.book },
    context,
  );
  parts.requisitions.put(askedRow({ id, to, deliverOn, lines, note }, seq, context.occurredAt));
  return { ok: true, seq, data: { requisition: id, to, state: 'sent' } };
}

/** Carries out `requisition.answer`: by the store that was asked, or `cancelled` by the one that asked. */
export function answerRequisition(
  parts: TransferParts,
  data: RequisitionAnswer,
  context: CommandContext,
): Carried {
  const asked = parts.requisitions.get(data.requisition);
  const own = data.state === 'cancelled' ? 'out' : 'in';
  if (asked?.direction !== own) return unknownRequisition(data.requisition);
  if (!MAY_BECOME[data.state].includes(asked.state)) return requisitionState(asked.id, asked.state);
  const facts = answerNote(asked, data.state, data.note);
  const seq = appendOfCommand(parts, { kind: 'requisition', note: facts }, context);
  parts.requisitions.put({ ...asked, state: data.state, note: data.note ?? asked.note });
  return { ok: true, seq, data: { requisition: asked.id, state: data.state } };
}

const MAY_BECOME: Readonly<Record<RequisitionAnswer['state'], readonly RequisitionState[]>> = {
  accepted: ['sent', 'declined'],
  declined: ['sent', 'accepted'],
  shipped: ['sent', 'accepted'],
  cancelled: ['sent', 'accepted'],
};

/** A purchase order for another store of the chain, as purchasing hands it over. */
export type ChainOrder = {
  readonly order: string;
  readonly to: string;
  /** Business day as the number 20261123. */
  readonly deliverOn: number | null;
  readonly lines: readonly { readonly item: string; readonly qty: Micro }[];
  readonly note: string | null;
};

/** Orders to another store of the chain become requisitions. Only inside `transact`. */
export type ChainOrders = {
  /** @returns the number of the requisition; the one that is open already, when the order is sent again */
  send(order: ChainOrder, context: CommandContext): { readonly requisition: string } | Refusal;
  /**
   * The order was called off: nobody need ship it any more.
   * @returns false when there is nothing to call off: it is shipped, or nobody was asked
   */
  cancel(order: string, context: CommandContext): boolean;
};

/** What purchasing is handed. */
export function openChainOrders(parts: TransferParts): ChainOrders {
  return {
    send({ order, to, deliverOn, lines: said, note }, context) {
      if (to === parts.store) return ownStore('supplier', to);
      const before = parts.requisitions.ofPurchase(order);
      if (before && OPEN.has(before.state)) return { requisition: before.id };
      const { now } = context;
      const kitchen = parts.knowledge.at(now)?.kitchen;
      const lines = said.map(({ item, qty }): AskedLine => {
        const known = kitchen?.items.get(item);
        const number = parts.ledger.items.find(item);
        const unit = known?.unit ?? (number === undefined ? 'g' : parts.ledger.items.unit(number));
        return {
          item,
          ...(known ? { name: known.name } : {}),
          qty: decimalFromMicro(qty),
          unit: unit as AskedLine['unit'],
        };
      });
      const id = numberFor(parts, order);
      const asked = { id, to, deliverOn, lines, note: note ?? undefined, purchase: order };
      const seq = appendOwn(parts, { kind: 'requisition', note: askNote(asked) }, context);
      parts.requisitions.put(askedRow(asked, seq, now));
      return { requisition: id };
    },
    cancel(order, context) {
      const asked = parts.requisitions.ofPurchase(order);
      if (!asked || !OPEN.has(asked.state)) return false;
      const note = answerNote(asked, 'cancelled', undefined);
      appendOwn(parts, { kind: 'requisition', note }, context);
      parts.requisitions.put({ ...asked, state: 'cancelled' });
      return true;
    },
  };
}

const OPEN: ReadonlySet<RequisitionState> = new Set(['sent', 'accepted']);

type Asked = {
  readonly id: string;
  readonly to: string;
  readonly deliverOn: number | null;
  readonly lines: AskedLine[];
  readonly note?: string | undefined;
  readonly purchase?: string;
};

/** From the number of the order, so that another life of this box asks with the same one. */
function numberFor({ store, requisitions }: TransferParts, order: string): string {
  const first = `RQ-${store}-${order}`.slice(0, NUMBER_MAX);
  for (let n = 1; ; n++) {
    const id = n === 1 ? first : `${first}.${n}`;
    if (!requisitions.has(id)) return id;
  }
}

const NUMBER_MAX = 120;

function askNote({ id, to, deliverOn, lines, note, purchase }: Asked): RequisitionNote {
  return {
    what: 'send',
    requisition: id,
    to,
    deliverOn,
    ...(purchase === undefined ? {} : { purchase }),
    lines,
    ...(note === undefined ? {} : { note }),
  };
}

function askedRow(asked: Asked, entry: number, at: number): StoredRequisition {
  const { id, to, deliverOn, lines, note = null, purchase = null } = asked;
  const direction = 'out';
  return { id, direction, other: to, state: 'sent', entry, at, deliverOn, lines, purchase, note };
}

function answerNote(
  { id, other }: StoredRequisition,
  state: RequisitionAnswer['state'],
  note: string | undefined,
): RequisitionNote {
  const said = note === undefined ? {} : { note };
  return { what: 'answer', requisition: id, state, other, ...said };
}
