/** The certificates of one region. */
import type { AwsFaults } from "../aws-faults";
import { AwsError } from "../aws-error";
import { LaggingValue } from "../lagging-value";
import type { AcmAuthority } from "./acm-authority";
import { typeOf } from "./certificate-origin";
import type { CertificateRequest } from "./certificate-request";
import type { ImportedMaterial } from "./imported-material";
import type { Issuance } from "./issuance";
import { enforceReimportRules } from "./reimport-rules";

export interface CertificateRecord {
  readonly arn: string;
  readonly createdAt: Date;
  /** Of the last import; undefined if ACM issues the certificate. */
  importedAt?: Date;
  /** Undefined until ACM has issued the certificate. */
  material?: ImportedMaterial;
  /** Of a certificate that ACM validates, issues and renews. */
  readonly issuance?: Issuance;
  /** The CA of AWS Private CA that issued it. */
  readonly privateAuthorityArn?: string;
  /** Of a certificate that was issued through an ACME endpoint of ACM, which never sees its key. */
  readonly acme?: { readonly endpointArn: string; readonly accountId: string };
  readonly tags: Map<string, string>;
}

/** What an index shows of a certificate; it may be older than the certificate. */
export interface IndexedCertificate {
  readonly record: CertificateRecord;
  readonly importedAt?: Date;
  readonly material?: ImportedMaterial;
  readonly tags: ReadonlyMap<string, string>;
}

export interface AcmStateOptions {
  readonly accountId: string;
  readonly region: string;
  readonly faults: () => AwsFaults;
  readonly newId: () => string;
  /** ARNs of what uses a certificate, a lag after detaching included. */
  readonly usersOf: (arn: string, now: Date) => readonly string[];
  readonly authority: AcmAuthority;
}

/** Within this time a request with the same token and content is the same (ACM API reference, RequestCertificate). */
const idempotencyMs = 3600 * 1000;

/** What a certificate was before: of these, some could not be made today, as one that is over. */
export type PastCertificate = Partial<Omit<CertificateRecord, "arn" | "tags">> & {
  /** @default none */
  readonly tags?: TagList;
};

type TagList = readonly (readonly [string, string])[];

const yearMs = 365 * 24 * 3600 * 1000;

/** Tags per certificate (ACM user guide, "Quotas"). */
const tagQuota = 50;

export class AcmState {
  private readonly records = new Map<string, CertificateRecord>();
  private readonly index = new Map<string, LaggingValue<IndexedCertificate | undefined>>();
  private readonly imports: Date[] = [];
  private readonly requests: { readonly at: Date; readonly content: string; readonly arn: string }[] = [];

  constructor(private readonly options: AcmStateOptions) {}

  find(arn: string): CertificateRecord | undefined {
    return this.records.get(arn);
  }

  /** What integrated services are given: without the key, a certificate is of no use to them. */
  findWithKey(arn: string): CertificateRecord | undefined {
    const found = this.records.get(arn);
    return found?.acme === undefined ? found : undefined;
  }

  get(arn: string): CertificateRecord {
    const record = this.records.get(arn);
    if (record) return record;
    throw new AwsError(
      "ResourceNotFoundException",
      `Could not find certificate ${arn} in account ${this.options.accountId}.`,
    );
  }

  /** Every certificate that exists, whatever the index shows; for tests and reports. */
  all(): readonly CertificateRecord[] {
    return [...this.records.values()];
  }

  /** What ListCertificates and GetResources can see now, in order of import. */
  indexed(now: Date): readonly IndexedCertificate[] {
    return [...this.index.values()].flatMap((entry) => entry.seen(now) ?? []);
  }

  usersOf(arn: string, now: Date): readonly string[] {
    return this.options.usersOf(arn, now);
  }

  import(material: ImportedMaterial, tags: TagList, now: Date): CertificateRecord {
    this.checkQuota((record) => typeOf(record) === "IMPORTED");
    this.countImport(now);
    const record = this.newRecord({ importedAt: now, material }, now);
    setTags(record, tags);
    return this.keep(record, now);
  }

  /** Puts a certificate as it came to be in the past; no quota is asked. */
  place({ tags = [], ...facts }: PastCertificate, now: Date): CertificateRecord {
    const record = this.newRecord(facts, now);
    setTags(record, tags);
    return this.keep(record, now);
  }

  /** Asks for a certificate; it is validated and issued later on. */
  request(request: CertificateRequest, tags: TagList, now: Date): CertificateRecord {
    const content = JSON.stringify([request, tags]);
    const repeated = this.requests.find(
      (each) => each.content === content && now.getTime() - each.at.getTime() < idempotencyMs,
    );
    const known = request.idempotencyToken === undefined ? undefined : this.records.get(repeated?.arn ?? "");
    if (known) return known;
    this.checkQuota((record) => record.issuance !== undefined);
    const yearly = this.requests.filter(({ at }) => now.getTime() - at.getTime() < yearMs).length;
    if (yearly >= this.options.faults().requestQuota)
      throw new AwsError("LimitExceededException", "The number of requests of the last 365 days is used up.");
    const issuance = { request, requestedAt: now, validated: new Set<string>(), options: request.options };
    const record = this.newRecord({ issuance }, now);
    setTags(record, tags);
    this.requests.push({ at: now, content, arn: record.arn });
    return this.keep(record, now);
  }

  /** Puts a certificate that ACM made, or made anew, into a record. */
  async issue(record: CertificateRecord, { request }: Issuance): Promise<void> {
    record.material = await this.options.authority.issue(request.names, request.keyAlgorithm);
  }

  /** Makes lists show a record as it is now. */
  refreshIndex(record: CertificateRecord, now: Date): void {
    const { importedAt, material } = record;
    const entry = this.index.get(record.arn) ?? new LaggingValue<IndexedCertificate | undefined>();
    entry.set({ record, importedAt, material, tags: new Map(record.tags) }, now, this.options.faults().listingLagMs);
    this.index.set(record.arn, entry);
  }

  /** Same ARN, new content; there is no way back (ACM user guide, "Reimporting a certificate"). */
  reimport(record: CertificateRecord, material: ImportedMaterial, now: Date): void {
    if (typeOf(record) !== "IMPORTED" || record.material === undefined)
      throw new AwsError("ValidationException", "Only certificates that were imported can be imported again.");
    enforceReimportRules(record.material.info, material.info);
    this.countImport(now);
    record.material = material;
    record.importedAt = now;
    this.refreshIndex(record, now);
  }

  delete(record: CertificateRecord, now: Date): void {
    if (this.usersOf(record.arn, now).length > 0)
      throw new AwsError("ResourceInUseException", `Certificate ${record.arn} is in use.`);
    this.records.delete(record.arn);
    this.index.get(record.arn)?.set(undefined, now, this.options.faults().listingLagMs);
  }

  addTags(record: CertificateRecord, tags: TagList, now: Date): void {
    setTags(record, tags);
    this.refreshIndex(record, now);
  }

  removeTags(record: CertificateRecord, keys: readonly string[], now: Date): void {
    for (const key of keys) record.tags.delete(key);
    this.refreshIndex(record, now);
  }

  private newRecord(facts: Partial<CertificateRecord>, now: Date): CertificateRecord {
    const { accountId, region, newId } = this.options;
    const arn = `arn:aws:acm:${region}:${accountId}:certificate/${newId()}`;
    return { arn, createdAt: now, tags: new Map<string, string>(), ...facts };
  }

  private keep(record: CertificateRecord, now: Date): CertificateRecord {
    this.records.set(record.arn, record);
    this.refreshIndex(record, now);
    return record;
  }

  /** Imported certificates and those of ACM have a quota each; others count in neither (ACM user guide, "Quotas"). */
  private checkQuota(counts: (record: CertificateRecord) => boolean): void {
    if (this.all().filter(counts).length >= this.options.faults().certificateQuota)
      throw new AwsError("LimitExceededException", "The number of certificates of this account is used up.");
  }

  private countImport(now: Date): void {
    const recent = this.imports.filter((date) => now.getTime() - date.getTime() < yearMs);
    if (recent.length >= this.options.faults().importQuota)
      throw new AwsError("LimitExceededException", "The number of imports of the last 365 days is used up.");
    this.imports.push(now);
  }
}

function setTags(record: CertificateRecord, tags: TagList): void {
  const keys = new Set([...record.tags.keys(), ...tags.map(([key]) => key)]);
  if (keys.size > tagQuota)
    throw new AwsError("TooManyTagsException", `A certificate can have ${tagQuota} tags at most.`);
  for (const [key] of tags)
    if (key.toLowerCase().startsWith("aws:"))
      throw new AwsError("InvalidTagException", `The tag key ${key} begins with aws:, which is reserved.`);
  for (const [key, value] of tags) record.tags.set(key, value);
}
