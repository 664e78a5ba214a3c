import { say, type WordKey } from '#recipes/words/words.ts';

type Named =
  | 'people.addSaid'
  | 'people.editSaid'
  | 'people.removeSaid'
  | 'devices.pairSaid'
  | 'devices.editSaid'
  | 'devices.revokeSaid';

/** What a manager is asked to confirm, in both languages. */
export function saidOf(key: Named & WordKey, name: string): { zh: string; en: string } {
  return { zh: say('zh', key, { name }), en: say('en', key, { name }) };
}
