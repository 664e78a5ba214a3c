/** Words and marks of the screen. */
import { type Lang, type Name, nameIn, sayIfKnown } from '#recipes/words/words.ts';
import type { Tone } from '../parts/tone.ts';

/** How far it is. */
export function stateText(lang: Lang, state: string): string {
  return sayIfKnown(lang, `transfers.state.${state}`, state);
}

/** The mark beside it. */
export function stateTone(state: string): Tone {
  return TONES[state] ?? 'idle';
}

const TONES: Readonly<Record<string, Tone>> = {
  incoming: 'low',
  asked: 'low',
  sent: 'low',
  out: 'low',
  partly_back: 'low',
  accepted: 'ok',
  shipped: 'ok',
  received: 'ok',
  done: 'ok',
  declined: 'gone',
  cancelled: 'gone',
  disputed: 'out',
};

/** A store by its name and its id, once where they are the same. */
export function storeText(lang: Lang, name: Name, store: string): string {
  const said = nameIn(lang, name, store);
  return said === store ? store : `${said} (${store})`;
}

/** The first few items by name. */
export function itemsText(
  lang: Lang,
  lines: readonly { readonly item: string; readonly name: Name }[],
): string {
  const names = [...new Map(lines.map(({ item, name }) => [item, name]))].map(([item, name]) =>
    nameIn(lang, name, item),
  );
  const shown = names.slice(0, 3).join(lang === 'zh' ? '、' : ', ');
  return names.length > 3 ? `${shown} …` : shown;
}
