/** The goods of a requisition came: it is answered, and the purchase order it was sent for is received. */
import { microFromDecimal } from '#recipes/amount.ts';
import type { ReceivedLine } from '#recipes/contracts/transfer-note.ts';
import type { TransferParts } from './transfer-parts.ts';

/** What a receipt does to what was asked for. */
export type CameFor = {
  /** The purchase order behind it. */
  readonly order: string | undefined;
  /** Writes it down, after the entry. @returns what the screen shows of the order */
  note(entry: number, lines: readonly ReceivedLine[]): unknown;
};

/**
 * @param requisition as the transfer names it
 * @param transfer the one that came: while another one of the same requisition is on its way, the order stays open
 */
export function requisitionCame(
  parts: TransferParts,
  requisition: string | null,
  transfer: string,
): CameFor {
  const asked = requisition === null ? undefined : parts.requisitions.get(requisition);
  if (asked?.direction !== 'out') return { order: undefined, note: () => undefined };
  const { purchase } = asked;
  const order = purchase !== null && parts.orders.has(purchase) ? purchase : undefined;
  return {
    order,
    note(entry, lines) {
      parts.requisitions.put({ ...asked, state: 'received' });
      if (order === undefined) return undefined;
      const waits = parts.transfers
        .ofRequisition(asked.id)
        .some(({ id, state }) => id !== transfer && state === 'incoming');
      return parts.orders.received({
        order,
        entry,
        lines: lines.map(({ item, qty }) => ({ item, qty: microFromDecimal(qty) })),
        close: !waits,
      });
    },
  };
}
