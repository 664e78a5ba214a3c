/** Undoing a sending or a receipt of goods between stores, and bringing it back. */
import { must } from '#recipes/assert.ts';
import { type TransferNote, transferNoteSchema } from '#recipes/contracts/transfer-note.ts';
import type { Refusal } from '../commands/execute.ts';
import { refuse } from '../refuse.ts';
import { appendOwn } from './own-entry.ts';
import type { TransferParts } from './transfer-parts.ts';
import type { StoredTransfer } from './transfer-store.ts';
import { notAgain, type Root, type Undoing } from './undo-root.ts';

/** What undoing (or restoring) an entry of a transfer does, or why it cannot be done. */
export function undoTransfer(parts: TransferParts, root: Root): Undoing | Refusal | undefined {
  const note = transferNoteSchema.safeParse(root.note).data;
  const row = note && parts.transfers.get(note.transfer);
  if (!row) return undefined;
  if (note.what === 'send') return root.restores ? sendAgain(parts, row) : callOff(parts, row);
  if (note.what !== 'receive') return undefined;
  return root.restores ? receiveAgain(parts, row, root, note) : reopen(parts, row, root);
}

function callOff(parts: TransferParts, row: StoredTransfer): Undoing | Refusal {
  if (row.hq !== null) {
    return refuse(
      'transfer_received',
      `entry: "${row.other}" has received "${row.id}"; let them send the goods back`,
      `entry:“${row.other}”已收到“${row.id}”;请由对方发回`,
    );
  }
  return {
    done(context) {
      const { id: transfer, other: to } = row;
      const step = row.step + 1;
      appendOwn(parts, { kind: 'transfer', note: { what: 'cancel', transfer, step, to } }, context);
      parts.transfers.put({ ...row, state: 'cancelled', step });
      shipped(parts, row, 'accepted');
    },
  };
}

function sendAgain(parts: TransferParts, row: StoredTransfer): Undoing | Refusal {
  return {
    done(context) {
      const { id: transfer, other: to, requisition, note } = row;
      const step = row.step + 1;
      const facts: TransferNote = {
        what: 'restore',
        transfer,
        step,
        to,
        ...(requisition === null ? {} : { requisition }),
        lines: [...row.lines],
        ...(note === null ? {} : { note }),
      };
      appendOwn(parts, { kind: 'transfer', note: facts }, context);
      parts.transfers.put({ ...row, state: 'sent', step });
      shipped(parts, row, 'shipped');
    },
  };
}

/** What was asked for waits again, unless another transfer of it is under way. */
function shipped(parts: TransferParts, row: StoredTransfer, state: 'accepted' | 'shipped'): void {
  const asked = row.requisition === null ? undefined : parts.requisitions.get(row.requisition);
  if (!asked || asked.state === 'cancelled') return;
  const others = parts.transfers.ofRequisition(asked.id).some(({ id }) => id !== row.id);
  if (state === 'shipped' || !others) parts.requisitions.put({ ...asked, state });
}

function reopen(parts: TransferParts, row: StoredTransfer, root: Root): Undoing | Refusal {
  if (row.entry !== root.seq) return notAgain('entry', row.id);
  const matched = row.lines.length > 0 && row.received?.some(({ sent }) => sent === null);
  if (matched) {
    return refuse(
      'transfer_matched',
      `entry: "${row.id}" was compared with what was sent; correct the stock with a count`,
      `entry:“${row.id}”已与发货单核对;请用盘点更正库存`,
    );
  }
  return {
    done(context) {
      const { id: transfer, other: from } = row;
      const step = row.step + 1;
      appendOwn(
        parts,
        { kind: 'transfer', note: { what: 'reopen', transfer, step, from } },
        context,
      );
      const state = row.lines.length > 0 ? 'incoming' : 'undone';
      parts.transfers.put({ ...row, state, entry: 0, step, received: null, hq: null });
      came(parts, row, 'shipped');
    },
  };
}

function receiveAgain(
  parts: TransferParts,
  row: StoredTransfer,
  root: Root,
  note: Extract<ReturnType<typeof transferNoteSchema.parse>, { what: 'receive' | 'again' }>,
): Undoing | Refusal {
  const unannounced = note.lines.some(({ sent }) => sent === null);
  if (row.entry !== 0 || row.state === 'cancelled' || unannounced !== (row.lines.length === 0)) {
    return notAgain('entry', row.id);
  }
  return {
    done(context) {
      const step = row.step + 1;
      appendOwn(parts, { kind: 'transfer', note: { ...note, what: 'again', step } }, context);
      const head = must(parts.ledger.entries.get(root.seq), 'the receipt that is restored').head;
      const { lines: received } = note;
      const at = head.occurredAt;
      parts.transfers.put({ ...row, state: 'received', entry: root.seq, at, step, received });
      came(parts, row, 'received');
    },
  };
}

function came(parts: TransferParts, row: StoredTransfer, state: 'shipped' | 'received'): void {
  const asked = row.requisition === null ? undefined : parts.requisitions.get(row.requisition);
  if (asked?.direction === 'out') parts.requisitions.put({ ...asked, state });
}
