import { type Fill, type Lang, say, type WordKey } from '#recipes/words/words.ts';

export type Theme = 'dark' | 'light';

export type SessionPorts = {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** What the browser prefers, as `navigator.language`. */
  readonly browserLanguage: string;
};

/** Who looks, in which language and light: what this device remembers between visits. */
export class Session {
  token = $state('');
  lang = $state<Lang>('zh');
  theme = $state<Theme>('dark');
  /** The box did not accept the last token. */
  refused = $state(false);
  readonly #storage: SessionPorts['storage'];

  constructor(ports: SessionPorts) {
    this.#storage = ports.storage;
    const lang = ports.storage.getItem(KEY.lang);
    this.token = ports.storage.getItem(KEY.token) ?? '';
    this.lang = lang === 'zh' || lang === 'en' ? lang : firstLanguage(ports.browserLanguage);
    this.theme = ports.storage.getItem(KEY.theme) === 'light' ? 'light' : 'dark';
  }

  say<K extends WordKey>(key: K, ...fill: Fill<K>): string {
    return say(this.lang, key, ...fill);
  }

  signIn(token: string): void {
    this.token = token;
    this.refused = false;
    this.#storage.setItem(KEY.token, token);
  }

  signOut(refused: boolean): void {
    this.token = '';
    this.refused = refused;
    this.#storage.removeItem(KEY.token);
  }

  speak(lang: Lang): void {
    this.lang = lang;
    this.#storage.setItem(KEY.lang, lang);
  }

  switchTheme(): void {
    this.theme = this.theme === 'dark' ? 'light' : 'dark';
    this.#storage.setItem(KEY.theme, this.theme);
  }
}

const KEY = { token: 'larder.token', lang: 'larder.lang', theme: 'larder.theme' };

function firstLanguage(browserLanguage: string): Lang {
  return browserLanguage.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
