import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  fitsSquareSignature,
  freemudRsaVerifier,
  freemudSignedText,
  squareSignature,
} from '../../../edge/adapters/signature.ts';
import { bytes } from './vendor-bodies.ts';

describe("Square's signature", () => {
  const url = 'https://shop.example/pos/T1/square';
  const body = bytes('{"type":"order.updated","名":"面"}');
  const text = `${url}{"type":"order.updated","名":"面"}`;
  const good = createHmac('sha256', 'the key').update(text, 'utf8').digest('base64');

  it('is over the address and the raw body', () => {
    expect(squareSignature('the key', url, body)).toBe(good);
    expect(fitsSquareSignature('the key', url, body, good)).toBe(true);
  });

  it('does not fit another key, address, body or header', () => {
    expect(fitsSquareSignature('a key', url, body, good)).toBe(false);
    expect(fitsSquareSignature('the key', `${url}/`, body, good)).toBe(false);
    expect(fitsSquareSignature('the key', url, body.subarray(1), good)).toBe(false);
    for (const header of [undefined, '', good.slice(0, -1), `${good}=`, `A${good.slice(1)}`]) {
      expect(fitsSquareSignature('the key', url, body, header)).toBe(false);
    }
    expect(fitsSquareSignature('', url, body, squareSignature('', url, body))).toBe(false);
  });
});

describe("Freemud's signature", () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const verify = freemudRsaVerifier(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  // The example of the vendor's guide, with its own order of fields.
  const message = {
    ver: 1,
    partnerId: '2018',
    appId: '2038',
    requestBody: '{"orderCode":"1023987523084","operator":"操作人员"}',
    empty: '',
  };
  const text =
    'appId=2038&partnerId=2018&requestBody={"orderCode":"1023987523084","operator":"操作人员"}&ver=1';

  it('is over the sorted fields that are not empty', () => {
    expect(freemudSignedText({ ...message, sign: 'x' })).toBe(text);
    const good = sign('sha256', Buffer.from(text), privateKey).toString('base64');
    expect(verify({ ...message, sign: good })).toBe(true);
    expect(verify({ ...message, partnerId: '2019', sign: good })).toBe(false);
    for (const bad of [undefined, '', '<sign>', 'AAAA', 7]) {
      expect(verify({ ...message, sign: bad })).toBe(false);
    }
  });

  it('refuses a setting that is no public key', () => {
    expect(() => freemudRsaVerifier('not a key')).toThrow();
  });
});
