/** Text that cannot be kept is refused at the door: an entry is never changed afterwards. */
import type { Command, Words } from '#recipes/contracts/command.ts';
import { unkeepableAt } from '#recipes/keepable-text.ts';

/** As a handler refuses. */
type BadText = {
  readonly ok: false;
  readonly code: 'bad_text';
  readonly message: Words;
};

/**
 * Why a command cannot be kept as it is written: head office could take neither its entry nor any that
 * follows. Undefined when it can.
 */
export function badText({ actor, data }: Command): BadText | undefined {
  const path = unkeepableAt({ actor, data });
  if (path === undefined) return undefined;
  return {
    ok: false,
    code: 'bad_text',
    message: {
      en: `${path}: there is a character in it that cannot be kept (NUL, or half of a pair); type it anew`,
      zh: `${path}:含有无法保存的字符(NUL 或不完整的字符);请重新输入`,
    },
  };
}
