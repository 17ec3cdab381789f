import { keyAlgorithms, type IssuableKeyAlgorithm, type KeyAlgorithm } from "../../../src/certificates/key-algorithm";
import type { PastCertificate } from "../../../src/sandbox/aws/acm/acm-state";
import { validationRecord } from "../../../src/sandbox/aws/acm/certificate-request";
import type { ImportedMaterial } from "../../../src/sandbox/aws/acm/imported-material";
import type { Renewal } from "../../../src/sandbox/aws/acm/issuance";
import type { AwsAccount } from "../../../src/sandbox/aws/aws-account";
import type { AwsRegion } from "../../../src/sandbox/aws/aws-region";
import type { CertificateFactory } from "./certificate-factory";
import type { SeededCertificate, SeededOrigin, SeededOwner, SeededTrait } from "./seeded-estate";

export interface WantedCertificate {
  readonly names: readonly string[];
  readonly origin: Exclude<SeededOrigin, "iam">;
  /** @default one of the seven that the origin has, in turn */
  readonly keyAlgorithm?: KeyAlgorithm;
  /** Whether it is good for what asks more of a certificate than a load balancer: valid, and with its chain. @default false */
  readonly faultless?: boolean;
  readonly traits?: readonly SeededTrait[];
}

const dayMs = 24 * 3600 * 1000;

/** ACM issues these alone (ACM user guide, "Public certificate characteristics"). */
const issuedByAcm: readonly IssuableKeyAlgorithm[] = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];

const ownerTags: Readonly<Record<SeededOwner, Readonly<Record<string, string>>>> = {
  terraform: { ManagedBy: "terraform", team: "platform" },
  unexpired: { "unexpired:managed-by": "manage-certs" },
  nobody: { team: "web" },
  acm: { team: "web" },
  "acme-client": {},
};

/** Puts certificates into accounts, each a little different from the one before, and notes what they are. */
export class CertificateSeeder {
  readonly certificates: SeededCertificate[] = [];
  /** Names of validation records that are not in DNS any more, without a final dot. */
  readonly goneRecords = new Set<string>();
  private count = 0;

  constructor(
    private readonly factory: CertificateFactory,
    private readonly now: Date,
  ) {}

  /** Into ACM. */
  add(region: AwsRegion, wanted: WantedCertificate): SeededCertificate {
    const turn = this.count++;
    const { origin, names } = wanted;
    const types: readonly KeyAlgorithm[] = origin === "amazon-issued" ? issuedByAcm : keyAlgorithms;
    const keyAlgorithm = wanted.keyAlgorithm ?? types[turn % types.length] ?? "RSA_2048";
    const traits = new Set<SeededTrait>(wanted.traits);
    if (!wanted.faultless) for (const trait of traitsInTurn(turn, origin)) traits.add(trait);
    if (keyAlgorithm === "RSA_1024") traits.add("weak");
    const material = traits.has("pending") ? undefined : this.issue(names, keyAlgorithm, traits);
    const owner = ownerOf(origin, turn);
    const { arn } = region.acm.place(
      {
        ...this.past(region, { names, origin, keyAlgorithm, traits, material }),
        material,
        tags: Object.entries(ownerTags[owner]),
      },
      this.now,
    );
    const accountId = region.account.accountId;
    return this.note({ arn, accountId, region: region.name, origin, keyAlgorithm, names, owner, traits }, material);
  }

  /** Into IAM, long ago, so that it may be over by now. */
  upload(
    account: AwsAccount,
    name: string,
    path: string,
    wanted: Pick<WantedCertificate, "names" | "traits" | "keyAlgorithm">,
  ): SeededCertificate {
    const { names, keyAlgorithm = "RSA_2048" } = wanted;
    const traits = new Set<SeededTrait>(wanted.traits);
    const material = this.issue(names, keyAlgorithm, traits);
    const uploadedAt = new Date(material.info.notBefore.getTime() + dayMs);
    const { arn } = account.serverCertificates.upload({ name, path, ...material }, uploadedAt);
    const facts = { arn, accountId: account.accountId, region: "aws-global", origin: "iam" as const };
    return this.note({ ...facts, keyAlgorithm, names, owner: "nobody", traits }, material);
  }

  private note(facts: SeededCertificate, material: ImportedMaterial | undefined): SeededCertificate {
    const { serial, notAfter } = material?.info ?? {};
    const hasKey = facts.origin !== "acme-endpoint";
    const seeded = { ...facts, serial, notAfter, served: hasKey ? material : undefined };
    this.certificates.push(seeded);
    return seeded;
  }

  private issue(
    names: readonly string[],
    keyAlgorithm: KeyAlgorithm,
    traits: ReadonlySet<SeededTrait>,
  ): ImportedMaterial {
    const daysLeft = traits.has("expired") ? -5 : traits.has("expiring") ? 10 : 70;
    const notAfter = new Date(this.now.getTime() + daysLeft * dayMs);
    const notBefore = new Date(notAfter.getTime() - 90 * dayMs);
    return this.factory.issue({ names, keyAlgorithm, notBefore, notAfter, bare: traits.has("bare") });
  }

  /** How it came to be there. */
  private past(
    region: AwsRegion,
    facts: Pick<SeededCertificate, "names" | "origin" | "keyAlgorithm" | "traits"> & { material?: ImportedMaterial },
  ): PastCertificate {
    const { names, origin, keyAlgorithm, traits, material } = facts;
    const createdAt = material?.info.notBefore ?? new Date(this.now.getTime() - dayMs);
    const owner = `${region.name}:${region.account.accountId}`;
    const id = "12345678-1234-1234-1234-123456789012";
    if (origin === "imported") return { createdAt, importedAt: createdAt };
    if (origin === "private-ca")
      return { createdAt, privateAuthorityArn: `arn:aws:acm-pca:${owner}:certificate-authority/${id}` };
    if (origin === "acme-endpoint")
      return { createdAt, acme: { endpointArn: `arn:aws:acm:${owner}:acme-endpoint/${id}`, accountId: "account-1" } };
    const options = { transparencyLogging: "ENABLED", export: "DISABLED" } as const;
    const key = issuedByAcm.find((each) => each === keyAlgorithm) ?? "RSA_2048";
    const validated = new Set(traits.has("pending") ? [] : names);
    const issuance = { request: { names, keyAlgorithm: key, options }, requestedAt: createdAt, validated, options };
    const renewal = this.renewalOf(region.account.accountId, names, traits);
    return { createdAt, issuance: { ...issuance, issuedAt: material && createdAt, renewal } };
  }

  private renewalOf(
    accountId: string,
    names: readonly string[],
    traits: ReadonlySet<SeededTrait>,
  ): Renewal | undefined {
    const isWaiting = traits.has("renewal-waiting");
    if (!isWaiting && !traits.has("renewal-failed")) return undefined;
    for (const name of names) this.goneRecords.add(validationRecord(accountId, name).name.replace(/\.$/, ""));
    const validated = new Set<string>();
    return isWaiting
      ? { status: "PENDING_VALIDATION", validated, updatedAt: this.now }
      : { status: "FAILED", reason: "OTHER", validated, updatedAt: this.now };
  }
}

/** Of twenty, some are over, some nearly; of those of ACM, some cannot be renewed. */
function traitsInTurn(turn: number, origin: SeededOrigin): readonly SeededTrait[] {
  const place = turn % 20;
  if (place === 3) return origin === "amazon-issued" ? ["expired", "renewal-failed"] : ["expired"];
  if (place === 7) return origin === "amazon-issued" ? ["expiring", "renewal-waiting"] : ["expiring"];
  return place === 11 && origin === "imported" ? ["bare"] : [];
}

function ownerOf(origin: SeededOrigin, turn: number): SeededOwner {
  if (origin === "acme-endpoint") return "acme-client";
  if (origin !== "imported") return "acm";
  return (["terraform", "unexpired", "nobody"] as const)[turn % 3] ?? "nobody";
}
