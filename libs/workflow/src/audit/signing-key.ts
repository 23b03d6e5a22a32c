import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

const ED25519 = 'ed25519';

/** A key that is not an Ed25519 key, or not written as one. Never says what was given: it may be a secret. */
export class WrongKeyError extends Error {}

function asEd25519(make: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = make();
  } catch {
    throw new WrongKeyError('is not the base64 of an Ed25519 key');
  }
  if (key.asymmetricKeyType !== ED25519) throw new WrongKeyError('is a key of another kind than Ed25519');
  return key;
}

/** Short name of a public key: the beginning of the SHA-256 of its DER. */
function fingerprint(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(der).digest('base64url').slice(0, 16);
}

/** Signs checkpoints. Its public half is told to whoever is to verify them. */
export class SigningKey {
  readonly fingerprint: string;
  private constructor(private readonly key: KeyObject) {
    this.fingerprint = fingerprint(createPublicKey(key));
  }

  /** @param text base64 of the key's PKCS #8 DER @throws WrongKeyError */
  static read(text: string): SigningKey {
    const der = Buffer.from(text, 'base64');
    return new SigningKey(asEd25519(() => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })));
  }

  /** A new pair, each base64 of its DER. */
  static generate(): { readonly signing: string; readonly verifying: string } {
    const { privateKey, publicKey } = generateKeyPairSync(ED25519);
    return {
      signing: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      verifying: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    };
  }

  /** base64url */
  sign(text: string): string {
    return sign(null, Buffer.from(text), this.key).toString('base64url');
  }

  get verifying(): VerifyingKey {
    return new VerifyingKey(createPublicKey(this.key));
  }
}

export class VerifyingKey {
  readonly fingerprint: string;

  constructor(private readonly key: KeyObject) {
    this.fingerprint = fingerprint(key);
  }

  /** @param text base64 of the key's SPKI DER @throws WrongKeyError */
  static read(text: string): VerifyingKey {
    const der = Buffer.from(text, 'base64');
    return new VerifyingKey(asEd25519(() => createPublicKey({ key: der, format: 'der', type: 'spki' })));
  }

  hasSigned(text: string, signature: string): boolean {
    return verify(null, Buffer.from(text), this.key, Buffer.from(signature, 'base64url'));
  }
}
