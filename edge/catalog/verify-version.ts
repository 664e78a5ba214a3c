/** Whether a version was signed by the head office that this box knows. */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import {
  type CatalogVersion,
  catalogVersionSchema,
  type SignedVersion,
} from '#recipes/contracts/sync.ts';

/** A version of a kind that this program may not know yet. */
export type ReadVersion = Omit<CatalogVersion, 'kind'> & { readonly kind: string };

const looseSchema = catalogVersionSchema.extend({ kind: z.string().min(1).max(64) });
const KEY_BYTES = 32;

/** Whether the text was signed with this key (Ed25519). Never throws, whatever the three are. */
export function isSigned({ signed, signature, key }: SignedVersion): boolean {
  const x = Buffer.from(key, 'base64');
  if (x.length !== KEY_BYTES) return false;
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: x.toString('base64url') };
  try {
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const bytes = Buffer.from(signed, 'utf8');
    return verify(null, bytes, publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** What a signed text says; undefined when it is no version, or another one than its envelope says. */
export function readVersion(envelope: SignedVersion): ReadVersion | undefined {
  let value: unknown;
  try {
    value = JSON.parse(envelope.signed);
  } catch {
    return undefined;
  }
  const read = looseSchema.safeParse(value);
  if (!read.success || read.data.version !== envelope.version) return undefined;
  return read.data;
}

/** A key as people compare it: the first 16 digits of its bytes, in fours. */
export function fingerprint(key: string): string {
  const hex = Buffer.from(key, 'base64').toString('hex').slice(0, 16);
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}
