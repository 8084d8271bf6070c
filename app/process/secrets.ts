import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Everything that needs the secret key. Each use derives a key of its own, so that a hash can never
 * be mistaken for a code, nor a code for a cipher key.
 */
export type Secrets = {
  /** Keyed hash of an e-mail address (trimmed, lower case): recognises it, cannot be turned back without the key. */
  readonly hashEmail: (email: string) => string;
  /** 20 bytes that only this key can derive from a redemption id: the reward code's material. */
  readonly codeBytes: (redemptionId: string) => Uint8Array;
  /** Bytes that only this key can derive from a transfer's own key: they choose the second at which its credit ends. */
  readonly transferBytes: (key: string) => Uint8Array;
  /** Keyed hash of a code that a merchant uploaded, as it is written: recognises one that comes again. */
  readonly hashPoolCode: (code: string) => string;
  /** Keyed hash of who calls (an address, a customer): recognises them, names nobody. */
  readonly hashCaller: (who: string) => string;
  readonly encrypt: (plain: string) => Uint8Array<ArrayBuffer>;
  /** Throws when the text was changed or was written with another key. */
  readonly decrypt: (cipher: Uint8Array) => string;
};

const keyVersion = 1;
const ivBytes = 12;
const tagBytes = 16;

/** Derives the working keys from 32 bytes in base64. */
export const createSecrets = (keyBase64: string): Secrets => {
  const root = Buffer.from(keyBase64, 'base64');
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', root, '', `fidelio:${use}:1`, 32));
  const [emailKey, codeKey, cipherKey] = [derive('email'), derive('code'), derive('cipher')];
  const [poolKey, callerKey, transferKey] = [derive('pool'), derive('caller'), derive('transfer')];
  return {
    hashEmail: (email) => createHmac('sha256', emailKey).update(email.trim().toLowerCase()).digest('base64url'),
    codeBytes: (redemptionId) =>
      new Uint8Array(createHmac('sha256', codeKey).update(redemptionId.toLowerCase()).digest()).slice(0, 20),
    transferBytes: (key) => new Uint8Array(createHmac('sha256', transferKey).update(key.toLowerCase()).digest()),
    hashPoolCode: (code) => createHmac('sha256', poolKey).update(code).digest('base64url'),
    hashCaller: (who) => createHmac('sha256', callerKey).update(who).digest('base64url'),
    encrypt: (plain) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', cipherKey, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      // The version byte leads, so that a later key can be told from this one.
      return new Uint8Array(Buffer.concat([Buffer.from([keyVersion]), iv, cipher.getAuthTag(), body]));
    },
    decrypt: (cipher) => {
      if (cipher[0] !== keyVersion) throw new Error(`The text was encrypted with key version ${cipher[0]}.`);
      const buffer = Buffer.from(cipher);
      const iv = buffer.subarray(1, 1 + ivBytes);
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, iv);
      decipher.setAuthTag(buffer.subarray(1 + ivBytes, 1 + ivBytes + tagBytes));
      const body = buffer.subarray(1 + ivBytes + tagBytes);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
};

/** SHA-256 in hexadecimal: fingerprints of canonical JSON. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
