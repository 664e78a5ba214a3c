/** Whether a body was really sent by the vendor whose door it came to. */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

/** The header of Square's signature. */
export const SQUARE_SIGNATURE_HEADER = 'x-square-hmacsha256-signature';

/**
 * Square signs the notification URL, exactly as it is written in its dashboard, followed by the raw
 * body: HMAC-SHA256 with the subscription's signature key, in base64.
 */
export function squareSignature(key: string, notificationUrl: string, body: Uint8Array): string {
  return createHmac('sha256', key).update(notificationUrl, 'utf8').update(body).digest('base64');
}

/** Compares in constant time. A missing header does not fit. */
export function fitsSquareSignature(
  key: string,
  notificationUrl: string,
  body: Uint8Array,
  header: string | undefined,
): boolean {
  if (key === '' || header === undefined) return false;
  const wanted = Buffer.from(squareSignature(key, notificationUrl, body), 'utf8');
  const given = Buffer.from(header, 'utf8');
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** The outer fields of a Freemud message as they were sent, `sign` among them. */
export type FreemudEnvelope = Readonly<Record<string, unknown>>;

/**
 * Says whether a Freemud message is signed by who it claims to be. Without one in the settings
 * nothing is verified: then the door must not be reachable from outside the shop.
 */
export type FreemudVerifier = (envelope: FreemudEnvelope) => boolean;

/**
 * The published rule (开个店 guide, general.md, 接口签名): all fields but `sign` and empty ones, sorted
 * by name, joined as `name=value` with `&`; SHA256withRSA, base64. `publicKeyPem` is the key of the
 * sender: the platform's for its pushes. Throws when it is not a public key, which is a wrong setting.
 */
export function freemudRsaVerifier(publicKeyPem: string): FreemudVerifier {
  const key = createPublicKey(publicKeyPem);
  return (envelope) => {
    const sign = envelope['sign'];
    if (typeof sign !== 'string') return false;
    const signed = Buffer.from(freemudSignedText(envelope), 'utf8');
    return verify('sha256', signed, key, Buffer.from(sign, 'base64'));
  };
}

/** What is signed. The vendor sends text and numbers only; a list or an object never fits. */
export function freemudSignedText(envelope: FreemudEnvelope): string {
  return Object.keys(envelope)
    .filter((name) => name !== 'sign' && !EMPTY.has(envelope[name]))
    .sort()
    .map((name) => `${name}=${written(envelope[name])}`)
    .join('&');
}

const EMPTY: ReadonlySet<unknown> = new Set([undefined, null, '']);

function written(value: unknown): string {
  return typeof value === 'object' ? '' : String(value);
}
