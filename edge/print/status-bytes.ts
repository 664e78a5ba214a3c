/**
 * The real-time status of ESC/POS printers: `DLE EOT n` is answered with one byte, even while the printer
 * is off line. Source: Epson, ESC/POS command reference, DLE EOT.
 */
import type { PrinterState } from '#recipes/contracts/print-command.ts';

/** Printer, cause of being off line, paper: asked in this order, answered in this order. */
export const STATUS_QUESTIONS = Uint8Array.from([0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 4]);
const ANSWERS = 3;

/** Bits 0, 1, 4, 7 of every answer are 0, 1, 1, 0: whatever else a printer says by itself is no answer. */
function isAnswer(byte: number): boolean {
  return (byte & 0b1001_0011) === 0b0001_0010;
}

/** Collects what comes back for one round of questions. */
export function openStatusReader() {
  const answers: number[] = [];
  return {
    /** @returns true when all questions are answered */
    take(bytes: Uint8Array): boolean {
      for (const byte of bytes) if (isAnswer(byte) && answers.length < ANSWERS) answers.push(byte);
      return answers.length === ANSWERS;
    },
    /** Null when the printer told nothing, or not all. */
    state: (): PrinterState | null => stateOf(answers),
  };
}

function stateOf(answers: readonly number[]): PrinterState | null {
  const [printer, cause, paper] = answers;
  if (printer === undefined || cause === undefined || paper === undefined) return null;
  if (cause & 0x04) return 'cover_open';
  if (paper & 0x60 || cause & 0x20) return 'paper_out';
  // Off line for another reason, an error among them.
  if (printer & 0x08 || cause & 0x40) return 'offline';
  return paper & 0x0c ? 'paper_low' : 'ready';
}
