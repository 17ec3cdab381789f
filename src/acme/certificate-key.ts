import { generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import type { IssuableKeyAlgorithm } from "../certificates/key-algorithm";

/**
 * The key pair of a certificate, in memory only. The private half leaves as PEM only through `toPkcs8Pem`, for the
 * import into ACM; printing or serialising the object shows nothing of it.
 */
export class CertificateKey {
  readonly #privateKey: KeyObject;

  constructor(
    readonly algorithm: IssuableKeyAlgorithm,
    readonly publicKey: KeyObject,
    privateKey: KeyObject,
  ) {
    this.#privateKey = privateKey;
  }

  /** Runs an operation that needs the private half, such as signing. */
  use<T>(operation: (privateKey: KeyObject) => T): T {
    return operation(this.#privateKey);
  }

  /** The private key, unencrypted PKCS#8 PEM. A secret: hand it over and let go of it. */
  toPkcs8Pem(): string {
    return this.#privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  }
}

const generate = promisify(generateKeyPair);

/** A new key pair; made off the main thread, since an RSA one takes seconds at worst. */
export async function generateCertificateKey(algorithm: IssuableKeyAlgorithm): Promise<CertificateKey> {
  const { publicKey, privateKey } = await generatePair(algorithm);
  return new CertificateKey(algorithm, publicKey, privateKey);
}

function generatePair(algorithm: IssuableKeyAlgorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  switch (algorithm) {
    case "EC_prime256v1":
      return generate("ec", { namedCurve: "prime256v1" });
    case "EC_secp384r1":
      return generate("ec", { namedCurve: "secp384r1" });
    case "RSA_2048":
      return generate("rsa", { modulusLength: 2048 });
    case "RSA_3072":
      return generate("rsa", { modulusLength: 3072 });
    case "RSA_4096":
      return generate("rsa", { modulusLength: 4096 });
  }
}
