import type { Lang } from '#recipes/words/words.ts';

/** Opens the wall: the token stays behind the `#`, where no server and no log sees it. */
export function wallLink(
  origin: string,
  token: string,
  lang: Lang,
  theme: 'dark' | 'light',
): string {
  return `${origin}/#${new URLSearchParams({ wall: token, lang, theme })}`;
}
