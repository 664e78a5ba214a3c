import { type PlainKey, say, sayPlain } from '#recipes/words/words.ts';
import type { House } from '../state/context.ts';
import { errorText, refusalText } from '../state/error-text.ts';

/** What became of it: said to the reader; null = nobody came to confirm. */
export type Outcome = { readonly ok: boolean; readonly text: string } | null;

/** Changes one setting of the box; asks for a manager when the box wants one. */
export async function setSetting(
  { session, api, passes }: Pick<House, 'session' | 'api' | 'passes'>,
  key: string,
  value: string,
  label: PlainKey,
): Promise<Outcome> {
  const text = {
    zh: say('zh', 'settings.said', { what: sayPlain('zh', label) }),
    en: say('en', 'settings.said', { what: sayPlain('en', label) }),
  };
  return manage({ session, api, passes }, { kind: 'setting.set', data: { key, value } }, text);
}

/** Sends a manager's command and says what became of it. */
export async function manage(
  { session, api, passes }: Pick<House, 'session' | 'api' | 'passes'>,
  body: { readonly kind: string; readonly data: unknown },
  text: { readonly zh: string; readonly en: string },
): Promise<Outcome> {
  try {
    const result = await passes.manage(api, body, text);
    if (result === null) return null;
    const refusal = refusalText(session, result);
    if (refusal === null) return { ok: true, text: session.say('settings.saved') };
    return { ok: false, text: session.say('settings.failed', { reason: refusal }) };
  } catch (error) {
    return {
      ok: false,
      text: session.say('settings.failed', { reason: errorText(session, error) }),
    };
  }
}
