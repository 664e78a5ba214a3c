/** One way of reaching a printer. Four files implement it; the queue knows only this. */

import type { Words } from '#recipes/contracts/command.ts';
import type { PrinterState } from '#recipes/contracts/print-command.ts';

/** What is to lie in the tray: the exact bytes, and how they will look. */
export type Page = {
  readonly bytes: Uint8Array;
  /** PNG of the paper; asked for only where it is kept. */
  readonly picture: () => Promise<Uint8Array>;
};

export type Outcome =
  /** All of it went out and nothing speaks against it; `note` when the printer could not confirm. */
  | { readonly kind: 'printed'; readonly state: PrinterState; readonly note: Words | null }
  /** Not one byte of the page was sent: it may be tried again unasked. */
  | { readonly kind: 'not_begun'; readonly state: PrinterState; readonly why: Words }
  /** Some of it was sent, and nobody knows what came out: a person has to look. */
  | { readonly kind: 'broken'; readonly state: PrinterState; readonly why: Words }
  /** The job was taken away while the printer was being called. */
  | { readonly kind: 'withdrawn'; readonly state: PrinterState };

export type Driver = {
  /** How the printer is; never throws. */
  status(): Promise<PrinterState>;
  /**
   * Sends one page; never throws, and ends in bounded time when the printer does not move.
   * @param begin is called right before the first byte of the page; false = do not send it
   */
  print(page: Page, begin: () => boolean): Promise<Outcome>;
  /** Breaks off what is under way. */
  abort(): void;
};
