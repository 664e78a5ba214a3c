import { say } from '#recipes/words/words.ts';
import { inBoth } from '../goods/texts.ts';
import type { House } from '../state/context.ts';
import { withPass } from '../state/with-pass.ts';
import type { PrinterSetup } from './printer-types.ts';

/**
 * Sets up a printer or changes it; false when a manager was needed and nobody came. Rejects with `Refused`
 * or `Unreachable`.
 */
export async function putPrinter(
  { api, passes }: Pick<House, 'api' | 'passes'>,
  name: string,
  { url, columns, chinese, uses }: PrinterSetup,
): Promise<boolean> {
  const text = inBoth((lang) => say(lang, 'printers.saveText', { name }));
  const body = { url, columns, chinese, uses };
  const path = `/printers/${encodeURIComponent(name)}`;
  return (await withPass(passes, text, () => api.put(path, body))) !== null;
}
