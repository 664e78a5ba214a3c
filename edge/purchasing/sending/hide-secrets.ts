/** What a stranger answers may repeat what it was told, and part of an address may be a secret. */
import { shownTarget } from './channels.ts';
import { plain } from './post-json.ts';

/** Shorter ones are words that may stand anywhere. */
const SECRET_LENGTH = 4;

/**
 * The text without the address and without the secrets of it: user, password, values of the query.
 * @param target as in the book; when the address is another, all of its path is a secret, too
 * @param more secrets that are in no address
 */
export function hideSecrets(
  text: string,
  address: string,
  target: string,
  more: readonly string[] = [],
): string {
  const shown = shownTarget(target);
  const known = [...secretsIn(address, address !== target), ...more].flatMap((one) => [
    one,
    plain(one),
  ]);
  const secrets = [...new Set(known)].filter(({ length }) => length >= SECRET_LENGTH);
  // A secret may be a part of another.
  secrets.sort((a, b) => b.length - a.length);
  const whole = [address, ...(URL.canParse(address) ? [new URL(address).href] : [])];
  const without = whole.reduce((rest, one) => rest.replaceAll(one, shown), text);
  return secrets.reduce((rest, one) => rest.replaceAll(one, '…'), without);
}

function secretsIn(address: string, hidden: boolean): string[] {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return [];
  const { username, password, pathname, search, searchParams } = new URL(address);
  const [, token = ''] = /\/hook\/(.+)$/.exec(pathname) ?? [];
  const path = hidden ? [pathname, search] : [];
  const pairs = search
    .slice(1)
    .split('&')
    .map((pair) => pair.slice(pair.indexOf('=') + 1));
  return [username, password, token, ...path, ...pairs, ...searchParams.values()];
}
