import type { Name } from '#recipes/words/words.ts';
import { useHouse } from '../state/context.ts';
import { useLive } from '../state/live.svelte.ts';

type Answer = { readonly modifiers: readonly { readonly sku: string; readonly name: Name }[] };

/**
 * What the book calls a modifier: a sale carries only the name that its POS uses. Read once, and again
 * when a sale has a code that is not among them and the menu has changed since.
 */
export function useModifierNames() {
  const { api, board } = useHouse();
  const missing = (): boolean =>
    board.sales.some((sale) =>
      sale.lines.some((line) => (line.modifiers ?? []).some(({ sku }) => !names.has(sku))),
    );
  const live = useLive(
    'modifiers',
    () => api.get<Answer>('/book/modifiers'),
    (change) => change.menu === true && missing(),
  );
  const names = $derived(
    new Map<string, Name | string>(
      (live.value?.modifiers ?? []).map(({ sku, name }) => [sku, name]),
    ),
  );
  return {
    get map(): ReadonlyMap<string, Name | string> {
      return names;
    },
  };
}
