/** How orders become paper. Printing is another part of the box: it hands its functions over when it opens. */
import type { CommandContext, Refusal } from '../commands/execute.ts';
import type { OrderView } from './order-view.ts';

/** Orders to another store of the chain become requisitions there; inside the transaction that sends them. */
export type OrderToStore = {
  /** @returns the number of the requisition, or why there can be none */
  send(
    order: {
      readonly order: string;
      readonly to: string;
      /** Business day as the number 20261123. */
      readonly deliverOn: number | null;
      readonly lines: readonly { readonly item: string; readonly qty: number }[];
      readonly note: string | null;
    },
    context: CommandContext,
  ): { readonly requisition: string } | Refusal;
  /** @returns whether the other store will hear that it is off */
  cancel(order: string, context: CommandContext): boolean;
};

/** Puts the paper of an order into the print queue; inside the transaction that sends it. */
export type PrintOrder = (
  order: OrderView,
  how: {
    readonly printer: string | undefined;
    readonly language: 'zh' | 'en' | undefined;
    readonly actor: string | null;
  },
) => { readonly job: number | string } | Refusal;

/** An order on A4, for the supplier and the files. */
export type OrderPdf = (order: OrderView, language?: 'zh' | 'en') => Promise<Uint8Array>;

/** What printing and the stores' side have handed over so far. */
export type OrderPapers = {
  print: PrintOrder | undefined;
  /** Whether a printer would take an order now. */
  prints: () => boolean;
  pdf: OrderPdf | undefined;
  chain: OrderToStore | undefined;
};

/** Nothing prints until somebody says how. */
export function openPapers(): OrderPapers {
  return { print: undefined, prints: () => false, pdf: undefined, chain: undefined };
}
