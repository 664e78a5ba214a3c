/**
 * The signature of head office: one Ed25519 key pair for the chain, made once and kept in its
 * database. A box keeps the first public key that it sees and believes no other.
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { HqParts } from '../parts.ts';
import { keptOnce } from './catalog-store.ts';

export type Signer = {
  /** Public key, base64 of its 32 bytes. */
  readonly key: string;
  /** base64 of the signature of the text's UTF-8 bytes. */
  sign(text: string): string;
};

const SEED_BYTES = 32;
/** What stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The chain's key pair; makes it when there is none. The same one for every receiver. */
export async function openSigner(parts: Pick<HqParts, 'db' | 'ports'>): Promise<Signer> {
  const kept = await keptOnce(parts.db.chain, 'catalogKey', () =>
    Buffer.from(parts.ports.randomBytes(SEED_BYTES)).toString('base64'),
  );
  return signerOf(Buffer.from(kept, 'base64'));
}

/** @param seed 32 bytes */
export function signerOf(seed: Uint8Array): Signer {
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  return {
    key: publicKeyOf(secret),
    sign: (text) => sign(null, Buffer.from(text, 'utf8'), secret).toString('base64'),
  };
}

function publicKeyOf(secret: KeyObject): string {
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' });
  return Buffer.from(x, 'base64url').toString('base64');
}
