import { type Fill, type Lang, say, type WordKey } from '#recipes/words/words.ts';
import type { Paired } from '../api-types.ts';

export type Theme = 'dark' | 'light';
export type Who = { readonly user: string; readonly name: string };
export type Device = { readonly device: string; readonly name: string; readonly station: string };

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
  /** Who uses the tablet now; null = nobody said. */
  who = $state.raw<Who | null>(null);
  /** What the box calls this tablet, when it was paired. */
  device = $state.raw<Device | null>(null);
  /** The page itself is kept on this tablet: a reload works without the network. */
  worksOffline = $state(false);
  /** A pairing code from the address bar that is not used yet. */
  pairing = $state('');
  readonly #storage: SessionPorts['storage'];

  constructor(ports: SessionPorts) {
    this.#storage = ports.storage;
    const lang = ports.storage.getItem(KEY.lang);
    this.token = ports.storage.getItem(KEY.token) ?? '';
    this.lang = lang === 'zh' || lang === 'en' ? lang : firstLanguage(ports.browserLanguage);
    this.who = parsed<Who>(ports.storage.getItem(KEY.who));
    this.device = parsed<Device>(ports.storage.getItem(KEY.device));
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

  /** This tablet has a token of its own now. */
  paired(given: Paired): void {
    this.device = { device: given.device, name: given.name, station: given.station ?? '' };
    this.#storage.setItem(KEY.device, JSON.stringify(this.device));
    this.pairing = '';
    this.signIn(given.token);
  }

  /** One tap, no PIN: who logs from here on. */
  switchTo(who: Who | null): void {
    this.who = who;
    if (who === null) this.#storage.removeItem(KEY.who);
    else this.#storage.setItem(KEY.who, JSON.stringify(who));
  }

  /** Clock of the box minus this one, milliseconds, as last measured; undefined = never. */
  get clockOffset(): number | undefined {
    const text = this.#storage.getItem(KEY.offset);
    return text === null || !/^-?\d+$/.test(text) ? undefined : Number(text);
  }

  measuredClock(offsetMs: number): void {
    this.#storage.setItem(KEY.offset, String(Math.round(offsetMs)));
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

const KEY = {
  token: 'larder.token',
  lang: 'larder.lang',
  theme: 'larder.theme',
  who: 'larder.who',
  device: 'larder.device',
  offset: 'larder.clockOffset',
};

function parsed<T>(text: string | null): T | null {
  try {
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

function firstLanguage(browserLanguage: string): Lang {
  return browserLanguage.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
