/** A printer as it is set up, and what it says of itself. */
import type { PrinterState, PrintUse } from '#recipes/contracts/print-command.ts';
import type { Columns } from '#recipes/slips/slip.ts';

export type Printer = {
  readonly name: string;
  /** `tcp://HOST:9100`, `file:/dev/usb/lp0`, `serial:/dev/ttyUSB0?baud=9600`, `virtual:NAME`. */
  readonly url: string;
  readonly columns: Columns;
  /** How it is told Chinese: as text, or as a picture of the text. */
  readonly chinese: 'gb18030' | 'image';
  /** Empty = anything. */
  readonly uses: readonly PrintUse[];
};

/** Whether nothing can be printed now. */
export function isStopped(state: PrinterState): boolean {
  return state === 'paper_out' || state === 'cover_open' || state === 'offline';
}

/** The printer of this name, or the first that is for this use, or takes anything, or is the only one. */
export function choosePrinter(
  printers: readonly Printer[],
  use: PrintUse,
  name?: string,
): Printer | undefined {
  if (name !== undefined) return printers.find((one) => one.name === name);
  const said = printers.find(({ uses }) => uses.includes(use));
  const anything = printers.find(({ uses }) => uses.length === 0);
  return said ?? anything ?? (printers.length === 1 ? printers[0] : undefined);
}
