/** Certificates as ACM keeps them, in memory, for unit tests of what uses a `CertificateStore`. */
import type { CertificateMaterial } from "../../src/aws/certificate-material";
import type { CertificateStore } from "../../src/aws/certificate-store";
import type { CertificateDescription } from "../../src/aws/stored-certificate";
import type { Tags } from "../../src/aws/tagged-resources";
import { parseCertificate } from "../../src/certificates/parse-certificate";

export interface KeptCertificate {
  readonly arn: string;
  material: Omit<CertificateMaterial, "privateKeyPem">;
  tags: Record<string, string>;
  importedAt: Date;
  inUseBy: readonly string[];
  readonly type: string;
}

/** The part of a store that engine and provider use. */
type Used = Pick<
  CertificateStore,
  "region" | "describe" | "getChain" | "importNew" | "reimport" | "delete" | "tags" | "tag" | "untag" | "findByTag"
> & { readonly inventory: Pick<CertificateStore["inventory"], "summary" | "summaries" | "tagsByKey" | "forget"> };

type Method = Exclude<keyof Used, "region" | "inventory">;

export class MemoryCertificateStore implements Used {
  readonly region = "us-east-1";
  readonly kept = new Map<string, KeptCertificate>();
  /** What was called, in order. */
  readonly calls: string[] = [];
  /** ARNs that lists and the tagging API do not show yet. */
  readonly unlisted = new Set<string>();
  now = new Date("2026-01-02T03:04:05Z");
  /** Thrown by the next calls of a method, before it does anything; `after` it has. */
  readonly failures: { readonly method: Method; readonly error: Error; readonly after?: boolean }[] = [];

  /** As the class that it stands for. */
  get store(): CertificateStore {
    return this as unknown as CertificateStore;
  }

  add(material: KeptCertificate["material"], more: Partial<KeptCertificate> = {}): KeptCertificate {
    const arn = `arn:aws:acm:us-east-1:111122223333:certificate/${this.kept.size + 1}`;
    const kept = { arn, material, tags: {}, importedAt: this.now, inUseBy: [], type: "IMPORTED", ...more };
    this.kept.set(kept.arn, kept);
    return kept;
  }

  readonly inventory = {
    summary: async (arn: string) => (this.listed().includes(arn) ? this.description(arn) : undefined),
    summaries: async () => new Map(this.listed().map((arn) => [arn, this.description(arn) as CertificateDescription])),
    tagsByKey: async (key: string) =>
      new Map(this.listed().flatMap((arn) => (this.kept.get(arn)?.tags[key] ? [[arn, this.tagsOf(arn) ?? {}]] : []))),
    forget: () => void this.calls.push("forget"),
  };

  describe = (arn: string) => this.call("describe", arn, () => this.description(arn));
  getChain = (arn: string) => this.call("getChain", arn, () => this.kept.get(arn)?.material);
  tags = (arn: string) => this.call("tags", arn, () => this.tagsOf(arn));
  tag = (arn: string, tags: Tags) =>
    this.call("tag", arn, () => void Object.assign(this.kept.get(arn)?.tags ?? {}, tags));
  untag = (arn: string, keys: readonly string[]) =>
    this.call("untag", arn, () => keys.forEach((key) => delete this.kept.get(arn)?.tags[key]));
  delete = (arn: string) => this.call("delete", arn, () => void this.kept.delete(arn));
  findByTag = (key: string, value: string) =>
    this.call("findByTag", `${key}=${value}`, () =>
      this.listed().filter((arn) => this.kept.get(arn)?.tags[key] === value),
    );
  importNew = ({ tags, ...material }: CertificateMaterial & { readonly tags: Tags }) =>
    this.call("importNew", "*", () => this.add(material, { tags: { ...tags } }).arn);
  reimport = (arn: string, material: CertificateMaterial) =>
    this.call("reimport", arn, () => {
      Object.assign(this.kept.get(arn) ?? {}, { material, importedAt: this.now });
    });

  private async call<T>(method: Method, subject: string, operation: () => T): Promise<T> {
    this.calls.push(`${method} ${subject}`);
    const failure = this.failures.find((each) => each.method === method);
    if (failure) this.failures.splice(this.failures.indexOf(failure), 1);
    if (failure?.after !== true && failure) throw failure.error;
    const result = operation();
    if (failure) throw failure.error;
    return result;
  }

  private listed(): string[] {
    return [...this.kept.keys()].filter((arn) => !this.unlisted.has(arn));
  }

  private tagsOf(arn: string): Tags | undefined {
    const kept = this.kept.get(arn);
    return kept && { ...kept.tags };
  }

  private description(arn: string): CertificateDescription | undefined {
    const kept = this.kept.get(arn);
    if (kept === undefined) return undefined;
    const { serial, names, notBefore, notAfter, keyAlgorithm } = parseCertificate(kept.material.certificatePem);
    const { importedAt, inUseBy, type } = kept;
    const facts = { arn, serial, domainNames: names, notBefore, notAfter, keyAlgorithm };
    return { ...facts, importedAt, inUseBy, inUse: inUseBy.length > 0, type, status: "ISSUED" };
  }
}
