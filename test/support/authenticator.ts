/** An authenticator in software: one passkey on P-256 (ES256), without attestation (WebAuthn §6, §8.7). */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { z } from 'zod';

const optionsSchema = z.looseObject({ challenge: z.string() });

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 } as const;

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** Just enough CBOR (RFC 8949) for the two maps that are needed. */
const head = (major: number, length: number): Buffer => {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  return length < 256
    ? Buffer.from([(major << 5) | 24, length])
    : Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
};
const cborText = (text: string): Buffer => Buffer.concat([head(3, text.length), Buffer.from(text)]);
const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([head(2, bytes.length), bytes]);
const cborInteger = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value));
const cborMap = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, entries.length), ...entries.flat()]);

export class Authenticator {
  readonly #id = randomBytes(16);
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #origin: string;
  #count = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  #authenticatorData(flags: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE((this.#count += 1));
    return Buffer.concat([sha256(new URL(this.#origin).hostname), Buffer.from([flags]), count]);
  }

  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return cborMap([
      [cborInteger(1), cborInteger(2)],
      [cborInteger(3), cborInteger(-7)],
      [cborInteger(-1), cborInteger(1)],
      [cborInteger(-2), cborBytes(Buffer.from(x, 'base64url'))],
      [cborInteger(-3), cborBytes(Buffer.from(y, 'base64url'))],
    ]);
  }

  #clientData(type: string, options: unknown): Buffer {
    const { challenge } = optionsSchema.parse(options);
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.#origin, crossOrigin: false }));
  }

  get #credential() {
    const id = this.#id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} };
  }

  /** Is used at another site from now on, as one that is talked into it would be. */
  moveTo(origin: string): void {
    this.#origin = origin;
  }

  /** Becomes a copy of itself from before it was used (WebAuthn §6.1.1). */
  rewind(): void {
    this.#count = 0;
  }

  /** `navigator.credentials.create()` */
  create(options: unknown): unknown {
    const length = Buffer.from([0, this.#id.length]);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.#id, this.#coseKey()]);
    const flags = FLAGS.present | FLAGS.verified | FLAGS.attested;
    const authData = Buffer.concat([this.#authenticatorData(flags), attested]);
    const attestation = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(authData)],
    ]);
    const clientDataJSON = this.#clientData('webauthn.create', options).toString('base64url');
    const response = {
      clientDataJSON,
      attestationObject: attestation.toString('base64url'),
      transports: ['internal'],
    };
    return { ...this.#credential, response };
  }

  /** `navigator.credentials.get()`; `verified`: the device asked for a PIN or a finger. */
  get(options: unknown, verified = true): unknown {
    const data = this.#authenticatorData(FLAGS.present | (verified ? FLAGS.verified : 0));
    const clientData = this.#clientData('webauthn.get', options);
    const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), this.#keys.privateKey);
    const response = {
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: data.toString('base64url'),
      signature: signature.toString('base64url'),
    };
    return { ...this.#credential, response };
  }
}
