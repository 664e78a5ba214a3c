/** One simulated POS terminal: sells over real MQTT, as an integrator's would. */
import { addMicro, decimalFromMicro, microFromDecimal } from '#recipes/amount.ts';
import type { SoldLine } from '#recipes/contracts/pos-event.ts';
import type { Correction, DemandSale } from '#recipes/samples/red-braise-demand.ts';
import { openTillLine, type TillParts } from './till-line.ts';
import { readTill } from './till-state.ts';

export type Till = {
  /** @returns the sale's id */
  sell(sale: DemandSale): string;
  correct(saleId: string, correction: Correction): void;
  /** Closes the day when another one has begun. */
  closeDay(): void;
  /** Events that the box has not acknowledged. */
  waiting(): number;
  close(): Promise<void>;
};

export function openTill(parts: TillParts): Till {
  const { ports } = parts;
  const state = readTill(parts.file, ports);
  const { emit, ...line } = openTillLine(parts, state);

  function closeDay(): void {
    const today = parts.dayOf(ports.now());
    if (state.day === today) return;
    if (state.day !== '') {
      const { day: businessDate, sales: saleCount, shared } = state;
      const totals = shared ? {} : { saleCount, lineQty: decimalFromMicro(state.lineQty) };
      const lastSequence = String(state.sequence);
      emit('larder.pos.dayclose.v1', () => ({ businessDate, ...totals, lastSequence }));
    }
    state.day = today;
    state.shared = false;
    state.sales = 0;
    state.lineQty = 0;
  }

  return {
    sell({ lines, channel }) {
      closeDay();
      state.sales++;
      state.lineQty = addMicro(state.lineQty, sumOf(lines));
      const businessDate = state.day;
      const firedAt = new Date(ports.now()).toISOString();
      return emit('larder.pos.sale.v1', (saleId) => ({
        saleId,
        businessDate,
        channel,
        currency: 'CNY',
        lines: lines.map((line) => ({ ...line, firedAt })),
      }));
    },
    correct(saleId, correction) {
      const { kind, reason } = correction;
      const businessDate = state.day;
      if (kind === 'void') {
        const { disposition } = correction;
        emit('larder.pos.void.v1', () => ({ saleId, businessDate, disposition, reason }));
      } else {
        const { lines } = correction;
        emit('larder.pos.refund.v1', (refundId) => ({
          refundId,
          saleId,
          businessDate,
          lines,
          reason,
        }));
      }
    },
    closeDay,
    ...line,
  };
}

function sumOf(lines: readonly SoldLine[]): number {
  return lines.reduce((sum, line) => addMicro(sum, microFromDecimal(line.qty)), 0);
}
