/** What a driver says when a page did not come out, or may not have. */

import type { Words } from '#recipes/contracts/command.ts';
import type { PrinterState } from '#recipes/contracts/print-command.ts';

/** Why nothing can be printed in this state. */
export function stoppedWords(state: PrinterState): Words {
  return STOPPED[state];
}

const STOPPED: Readonly<Record<PrinterState, Words>> = {
  ready: { en: 'the printer is ready', zh: '打印机就绪' },
  paper_low: { en: 'the paper is nearly used up', zh: '纸快用完' },
  paper_out: { en: 'the printer is out of paper; put in a new roll', zh: '打印机缺纸,请换纸' },
  cover_open: { en: 'the cover of the printer is open; close it', zh: '打印机上盖未关,请关好' },
  offline: { en: 'the printer is off line; look at its lights', zh: '打印机离线,请查看指示灯' },
  unknown: { en: 'the printer does not tell how it is', zh: '打印机未报告状态' },
};

export const cannotReach = (why: string): Words => ({
  en: `the printer cannot be reached (${why}); is it on, and in the network?`,
  zh: `无法连接打印机(${why});请检查是否开机并在网络中`,
});

export const cutOff = (why: string): Words => ({
  en: `the printer was cut off in the middle (${why})`,
  zh: `打印中途连接中断(${why})`,
});

export const inTheMiddle = (state: PrinterState): Words => ({
  en: `in the middle: ${STOPPED[state].en}`,
  zh: `打印中途:${STOPPED[state].zh}`,
});

export const NO_ANSWER: Words = {
  en: 'the printer has answered before and does not now; look whether it is busy',
  zh: '打印机之前有应答,现在没有;请查看是否正忙',
};

export const NOT_CONFIRMED: Words = {
  en: 'all of it was sent, but the printer no longer answers',
  zh: '已全部发送,但打印机不再应答',
};

/** A note on a printed job, no fault. */
export const NO_STATUS: Words = {
  en: 'sent; this printer tells no status',
  zh: '已发送;该打印机不报告状态',
};

/** What an operating system's error means, short. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.message : String(error);
}
