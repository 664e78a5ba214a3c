import { flushSync, mount, unmount } from 'svelte';
import type { LabelForm } from './label.ts';
import { SHEETS } from './label-face.ts';
import PrintSheets, { type Sheet } from './PrintSheets.svelte';

let cleanUp: (() => void) | null = null;

/** Something here can print at all; a kiosk browser may not. */
export function canPrint(): boolean {
  return typeof window.print === 'function';
}

/**
 * Hands the sheets to the browser's printing, one page each, in the size of the label. False when
 * nothing here can print. What became of the paper nobody can say: reprinting is always possible.
 */
export function printSheets(sheets: readonly Sheet[], form: LabelForm): boolean {
  cleanUp?.();
  if (sheets.length === 0 || !canPrint()) return false;
  const view = mount(PrintSheets, { target: document.body, props: { sheets } });
  flushSync();
  const size = pageSize(form);
  document.adoptedStyleSheets.push(size);
  cleanUp = () => {
    cleanUp = null;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== size);
    void unmount(view);
  };
  window.addEventListener('afterprint', () => cleanUp?.(), { once: true });
  window.print();
  return true;
}

function pageSize(form: LabelForm): CSSStyleSheet {
  const { width, height } = SHEETS[form];
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@page { size: ${width}mm ${height}mm; margin: 0; }`);
  return sheet;
}
