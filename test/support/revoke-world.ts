/** manage-certs' revocations as the command runs them, on an estate whose certificates the sandbox's own CA issued. */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { createHash, createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import { join } from "node:path";
import { parseDomainName } from "../../src/certificates/domain-name";
import { chainPem as pemOf } from "../../src/certificates/certificate-chain";
import type { IssuableKeyAlgorithm } from "../../src/certificates/key-algorithm";
import { issueCertificate } from "../../src/issuance/issue-certificate";
import { planNamed, prepareRevocations } from "../../src/manage-certs/revoke/prepare-revocations";
import type { PlannedRevocation, RevocationWishes } from "../../src/manage-certs/revoke/revocation-plan";
import type { RevokeParts } from "../../src/manage-certs/revoke/revoke-parts";
import { runRevocations, type RevocationReport } from "../../src/manage-certs/revoke/run-revocations";
import type { Estate } from "../../src/manage-certs/scan/estate";
import type { ConfiguredIssuer } from "../../src/manage-certs/config/config";
import type { SandboxOptions } from "../../src/sandbox/sandbox-options";
import { RenewWorld, type Held } from "./renew-world";

export interface Issued {
  readonly arn: string;
  readonly serial: string;
  /** PEM of leaf and chain. */
  readonly chain: string;
  readonly material: { readonly certificatePem: string; readonly chainPem: string; readonly privateKeyPem: string };
}

export interface Wanted extends Partial<RevocationWishes> {
  readonly leaf?: { readonly leaf: string; readonly chain: string };
  /** Changes to what is scanned. */
  readonly scanned?: Partial<Estate>;
  /** In place of those of the configuration. */
  readonly issuers?: readonly ConfiguredIssuer[];
}

export class RevokeWorld {
  readonly steps: string[] = [];
  private readonly prepared: ReturnType<typeof prepareRevocations>[] = [];

  private constructor(readonly estate: RenewWorld) {}

  static async start(options: Partial<SandboxOptions> = {}): Promise<RevokeWorld> {
    return new RevokeWorld(await RenewWorld.start(options));
  }

  get sandbox() {
    return this.estate.world.sandbox;
  }

  get store() {
    return this.estate.store;
  }

  /** For `RenewCommand`: the account that `issue` orders by. */
  sharedAccount(issuer: Readonly<Record<string, string>> = {}) {
    const { acme, files } = this.sandbox;
    return {
      accountStore: { file: join(this.estate.world.folder, "accounts") },
      issuers: [{ name: "sandbox", directoryUrl: acme.directoryUrl, caFile: files.acmeCaFile, ...issuer }],
    };
  }

  /** Ordered by our account, and imported. */
  async issue(names: readonly string[], keyAlgorithm: IssuableKeyAlgorithm = "EC_prime256v1"): Promise<Issued> {
    const zones = [{ type: "edge_dns" as const, name: "example.gov" }];
    const request = { names: names.map(parseDomainName), keyAlgorithm, zones };
    const { kept } = await issueCertificate(request, this.estate.world.parts, async ({ chain, key }) => {
      const material = {
        certificatePem: chain.leafPem,
        chainPem: chain.intermediatesPem.join(""),
        privateKeyPem: key.toPkcs8Pem().toString(),
      };
      const arn = await this.store.importNew({ ...material, tags: {} });
      return { arn, serial: chain.leaf.serial, chain: pemOf(chain), material };
    });
    return kept;
  }

  /** A certificate that somebody made with the key of another, and imported. */
  async importWithKeyOf({ material: { privateKeyPem } }: Issued, commonName: string): Promise<string> {
    const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const { subtle } = webcrypto;
    const privateKey = createPrivateKey(privateKeyPem);
    const secret = privateKey.export({ format: "der", type: "pkcs8" });
    const open = createPublicKey(privateKey).export({ format: "der", type: "spki" });
    const keys = {
      privateKey: await subtle.importKey("pkcs8", secret, algorithm, true, ["sign"]),
      publicKey: await subtle.importKey("spki", open, algorithm, true, ["verify"]),
    };
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
      name: `CN=${commonName}`,
      signingAlgorithm: algorithm,
      keys,
      extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: commonName }])],
    });
    return this.store.importNew({ certificatePem: certificate.toString("pem"), chainPem: "", privateKeyPem, tags: {} });
  }

  /** For `addLaggingAddress`. */
  heldAs({ arn, serial, material }: Issued): Held {
    const { certificatePem: leafPem, chainPem, privateKeyPem } = material;
    return { arn, serial, leaf: { leafPem, chainPem, privateKeyPem } };
  }

  /** What the CA says of a certificate. */
  revocationOf(serial: string): { readonly reason: number } | undefined {
    return this.sandbox.acme.certificates().find((each) => each.serial === serial)?.revocation;
  }

  /** How many revocations the CA has taken. */
  revocations(): number {
    return this.sandbox.acme.certificates().filter(({ revocation }) => revocation !== undefined).length;
  }

  async plan(arns: readonly string[], wanted: Wanted = {}, parts?: RevokeParts): Promise<readonly PlannedRevocation[]> {
    const { leaf, issuers, scanned: changed, ...wishes } = wanted;
    const scanned = { ...(await this.estate.scan()), ...changed };
    const { issuer, keyAlgorithm } = this.estate.config();
    const own = issuers ?? (issuer === undefined ? [] : [issuer]);
    return planNamed(
      {
        arns,
        wishes: { reason: "keyCompromise", replace: false, now: false, serials: [], unproved: false, ...wishes },
        leaf,
      },
      scanned,
      { issuers: own, issuer: own[0], keyAlgorithm },
      parts ?? this.parts(scanned),
    );
  }

  /** Plans and applies. */
  async revoke(
    arns: readonly string[],
    wanted: Wanted = {},
    changes: Partial<RevokeParts> = {},
  ): Promise<readonly RevocationReport[]> {
    const parts = { ...this.parts(await this.estate.scan()), ...changes };
    return runRevocations(await this.plan(arns, wanted, parts), parts, {
      concurrency: 4,
      onStep: (_, step, where) => this.steps.push(where === undefined ? step : `${step} ${where}`),
      onDone: () => undefined,
    });
  }

  parts(scanned: Estate): RevokeParts {
    const prepared = prepareRevocations(this.estate.parts(scanned, {}));
    this.prepared.push(prepared);
    return prepared;
  }

  /** SHA-256 over the public key of what ACM holds now. */
  async keyOf({ material }: Pick<Issued, "material">): Promise<string> {
    const key = createPublicKey(createPrivateKey(material.privateKeyPem)).export({ format: "der", type: "spki" });
    return createHash("sha256").update(key).digest("hex");
  }

  async close(): Promise<void> {
    await Promise.all(this.prepared.map((each) => each.close()));
    await this.estate.close();
  }
}
