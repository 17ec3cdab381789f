/** The CA behind ACM: keys that are new at each start, in memory. */
import { generateKeyPair, randomInt, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { parseCertificate } from "../../../certificates/parse-certificate";
import type { IssuableKeyAlgorithm } from "../../../certificates/key-algorithm";
import { issueCertificate } from "../../acme-ca/issuing/issue-certificate";
import { createIssuingHierarchy, type IssuingHierarchy } from "../../acme-ca/issuing/issuing-hierarchy";
import { secondsProfile } from "../../acme-ca/profiles";
import type { ImportedMaterial } from "./imported-material";

export interface AcmAuthorityOptions {
  readonly lifetimeSeconds: () => number;
  readonly now: () => Date;
}

const makeKeys = promisify(generateKeyPair);

export class AcmAuthority {
  private hierarchy: IssuingHierarchy | undefined;

  constructor(private readonly options: AcmAuthorityOptions) {}

  /** In PEM. */
  get roots(): readonly string[] {
    return this.open().roots;
  }

  /** A new key and its certificate; every renewal makes both anew. */
  async issue(names: readonly string[], keyAlgorithm: IssuableKeyAlgorithm): Promise<ImportedMaterial> {
    const { publicKey, privateKey } = await keysOf(keyAlgorithm);
    const { intermediates } = this.open();
    const subjectPublicKeyInfo = publicKey.export({ format: "der", type: "spki" });
    const { chains } = issueCertificate({
      request: { publicKey, subjectPublicKeyInfo, names },
      names,
      // ACM user guide, "Public certificate characteristics": common name, and keyEncipherment for RSA keys
      profile: {
        ...secondsProfile(this.options.lifetimeSeconds()),
        commonName: true,
        keyEncipherment: true,
        subjectKeyId: true,
      },
      intermediate: intermediates[randomInt(2)] ?? intermediates[0],
      now: this.options.now(),
    });
    const [certificatePem = "", chainPem = ""] = (chains[0] ?? "").split(/(?<=-----END CERTIFICATE-----\n)/);
    const info = parseCertificate(certificatePem);
    const privateKeyPem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    return { certificatePem, chainPem, privateKeyPem, info, subject: `CN=${names[0] ?? ""}` };
  }

  private open(): IssuingHierarchy {
    this.hierarchy ??= createIssuingHierarchy(this.options.now(), "Sandbox Amazon");
    return this.hierarchy;
  }
}

function keysOf(keyAlgorithm: IssuableKeyAlgorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  const [family = "", size = ""] = keyAlgorithm.split("_");
  return family === "RSA"
    ? makeKeys("rsa", { modulusLength: Number(size) })
    : makeKeys("ec", { namedCurve: size === "prime256v1" ? "P-256" : "P-384" });
}
