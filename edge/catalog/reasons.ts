/** Why a version of head office is not taken, in both languages. */
import type { Words } from '#recipes/contracts/command.ts';
import { fingerprint } from './verify-version.ts';

/** Why a version was not taken: a code for machines, words for people. */
export type Reason = Words & { readonly code: string };

/** Signed with another key than the one this box believes. */
export function wrongKey(pinned: string, shown: string): Reason {
  const [known, other] = [fingerprint(pinned), fingerprint(shown)];
  return {
    code: 'wrong_key',
    en: `signed with the key ${other}; this box believes ${known} only; if head office was set up anew, a manager confirms its key`,
    zh: `签名密钥为 ${other};本机只信任 ${known};如总部已重建,请由店长确认新密钥`,
  };
}

/** The text was changed on its way. */
export const BAD_SIGNATURE: Reason = {
  code: 'bad_signature',
  en: 'the text is not the one that was signed; it is fetched again',
  zh: '内容与签名不符;将重新获取',
};
/** Signed, and not understood. */
export const UNREADABLE: Reason = {
  code: 'bad_version',
  en: 'the signed text is no version; bring this box up to date',
  zh: '签名内容不是有效版本;请升级本机',
};
/** Its turn is over. */
export const OLD: Reason = {
  code: 'version_old',
  en: 'a later version was dealt with before; head office publishes this again under a new number',
  zh: '已处理过更新的版本;请总部以新编号重新发布',
};

/** A kind of a later version of the program. */
export function unknownKind(kind: string): Reason {
  return {
    code: 'unknown_kind',
    en: `this box does not know "${kind}" yet; bring it up to date, then publish it again`,
    zh: `本机尚不支持“${kind}”;请升级后重新发布`,
  };
}

/** Nobody heard of a failure: whenever it was tried, the program ended. */
export const ENDS_THE_BOX: Reason = {
  code: 'cannot_take',
  en: 'this box stopped each time it was tried; call support, and publish it again when the program is mended',
  zh: '每次执行时本机程序都会中止;请联系技术支持,修复后由总部重新发布',
};

/** What the box could not do. */
export function cannotTake(error: unknown): Reason {
  const what = error instanceof Error ? error.message : String(error);
  return {
    code: 'cannot_take',
    en: `it cannot be carried out: ${what}`,
    zh: `无法执行:${what}`,
  };
}
