/** ACM in one region. */
import { X509Certificate } from "node:crypto";
import type { ACMClient } from "@aws-sdk/client-acm";
import type { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { keyAlgorithms } from "../certificates/key-algorithm";
import { normalSerial } from "../certificates/serial";
import { AppError, isAppError, toAppError, type ErrorCode } from "../platform/errors";
import type { AwsCall, AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import type { CallerIdentity } from "./caller-identity";
import { toImportInput, type CertificateMaterial } from "./certificate-material";
import { checkAccount } from "./check-account";
import { CertificateInventory } from "./certificate-inventory";
import { sdk } from "./sdk";
import { toDescription, toSummary, type CertificateDescription, type CertificateSummary } from "./stored-certificate";
import { taggedResources, type TagFilter, type Tags } from "./tagged-resources";

export interface CertificateStoreOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly identity: CallerIdentity;
  readonly acm: () => ACMClient;
  readonly tagging: () => ResourceGroupsTaggingAPIClient;
}

/** The most that ListCertificates gives in one page (ACM API reference, MaxItems). */
const listPageSize = 1000;

const keyPairOrigins = ["AWS_MANAGED", "CUSTOMER_PROVIDED", "ACME"] as const;

/** What would stop the import of a good certificate as well. */
const finalForImports: readonly ErrorCode[] = ["aws_denied", "aws_quota", "invalid_credentials", "aborted"];

/** How often a re-import is sent whose answer was lost and that Describe does not show. */
const reimportTries = 4;

export class CertificateStore {
  readonly region: string;
  /** Shared by all reads of the process; writes through this store make it forget. */
  readonly inventory: CertificateInventory;

  private mayImport = false;

  constructor(private readonly options: CertificateStoreOptions) {
    this.region = options.region;
    this.inventory = new CertificateInventory(this);
  }

  /** Undefined only if the certificate is gone for sure. Errors: `aws_wrong_account`, those of every call. */
  async describe(arn: string, { signal }: CallOptions = {}): Promise<CertificateDescription | undefined> {
    return this.unlessGone(arn, signal, async () => {
      const answer = await this.call("DescribeCertificate", arn, signal, (acm, options) =>
        acm.send(new (sdk.acm().DescribeCertificateCommand)({ CertificateArn: arn }), options),
      );
      return answer.Certificate && toDescription(answer.Certificate);
    });
  }

  /** The public part: leaf and intermediates; undefined if the certificate is gone for sure. */
  async getChain(
    arn: string,
    { signal }: CallOptions = {},
  ): Promise<{ certificatePem: string; chainPem: string } | undefined> {
    return this.unlessGone(arn, signal, async () => {
      const answer = await this.call("GetCertificate", arn, signal, (acm, options) =>
        acm.send(new (sdk.acm().GetCertificateCommand)({ CertificateArn: arn }), options),
      );
      return { certificatePem: answer.Certificate ?? "", chainPem: answer.CertificateChain ?? "" };
    });
  }

  /**
   * Every certificate of the region. Left to itself ACM lists RSA up to 2048 bits only, and nothing from its own ACME
   * endpoint (ACM API reference, Filters.keyTypes and ListCertificates.CertificateKeyPairOrigins): both are asked for.
   */
  async listAll({ signal }: CallOptions = {}): Promise<CertificateSummary[]> {
    const all: CertificateSummary[] = [];
    let token: string | undefined;
    do {
      const page = await this.call("ListCertificates", "*", signal, (acm, options) =>
        acm.send(
          new (sdk.acm().ListCertificatesCommand)({
            Includes: { keyTypes: [...keyAlgorithms] },
            CertificateKeyPairOrigins: [...keyPairOrigins],
            MaxItems: listPageSize,
            NextToken: token,
          }),
          options,
        ),
      );
      all.push(...(page.CertificateSummaryList ?? []).map(toSummary));
      token = page.NextToken;
    } while (token !== undefined);
    return all;
  }

  /**
   * Imports under a new ARN, together with its tags. Sent once: ImportCertificate has no idempotency token. After
   * `aws_ambiguous` look the tags up (`findByTag`) before trying again. Errors also: `aws_quota`.
   */
  async importNew(
    material: CertificateMaterial & { readonly tags: Tags },
    { signal }: CallOptions = {},
  ): Promise<string> {
    try {
      const tags = Object.entries(material.tags).map(([Key, Value]) => ({ Key, Value }));
      const answer = await this.call(
        "ImportCertificate",
        "*",
        signal,
        (acm, options) =>
          acm.send(new (sdk.acm().ImportCertificateCommand)({ ...toImportInput(material), Tags: tags }), options),
        {
          ...{ repeatable: false, holdsSecret: true },
          change: (answer) => ({ kind: "imported", certificateArn: answer?.CertificateArn }),
        },
      );
      if (answer.CertificateArn === undefined)
        throw new AppError("aws_ambiguous", "acm:ImportCertificate answered without an ARN");
      return answer.CertificateArn;
    } finally {
      this.inventory.forget();
    }
  }

  /**
   * Whether we may import at all, asked before a certificate is ordered that could not be kept. AWS checks the right
   * before it looks at the certificate, so one that is none is refused for what it is, or for who asks. Once it is known
   * it is not asked again. Errors: `aws_denied`, `aws_quota`, `invalid_credentials`, `aborted`, and those of an ACM that
   * does not work now; whatever else comes of it is no answer.
   */
  async checkMayImport({ signal }: CallOptions = {}): Promise<void> {
    if (this.mayImport) return;
    const nothing = { Certificate: Buffer.from("-"), PrivateKey: Buffer.from("-") };
    try {
      await this.call("ImportCertificate", "*", signal, (acm, options) =>
        acm.send(new (sdk.acm().ImportCertificateCommand)(nothing), options),
      );
    } catch (error) {
      if (isAppError(error) && (error.retryable || finalForImports.includes(error.code))) throw error;
    }
    this.mayImport = true;
  }

  /** Imports over an existing certificate. When the answer is lost, the serial that ACM holds decides. */
  async reimport(arn: string, material: CertificateMaterial, { signal }: CallOptions = {}): Promise<void> {
    const serial = normalSerial(new X509Certificate(material.certificatePem).serialNumber);
    try {
      for (let attempt = 1; ; attempt++) {
        try {
          await this.sendReimport(arn, material, signal);
          return;
        } catch (error) {
          if (!isAppError(error, "aws_ambiguous") || attempt >= reimportTries) throw error;
          if ((await this.describe(arn, { signal }))?.serial === serial) return;
        }
      }
    } finally {
      this.inventory.forget();
    }
  }

  private async sendReimport(arn: string, material: CertificateMaterial, signal?: AbortSignal): Promise<void> {
    // No tags: ACM refuses a re-import that carries any (ACM user guide, "Reimport a certificate").
    const input = { ...toImportInput(material), CertificateArn: arn };
    const send = () =>
      this.call(
        "ImportCertificate",
        arn,
        signal,
        (acm, options) => acm.send(new (sdk.acm().ImportCertificateCommand)(input), options),
        { repeatable: false, holdsSecret: true, change: () => ({ kind: "imported", certificateArn: arn }) },
      );
    await send().catch((error: unknown) => this.failForAccount(arn, error, signal));
  }

  /** Done as well if it is gone already. Errors: `aws_in_use` with the users in `facts.users`. */
  async delete(arn: string, { signal }: CallOptions = {}): Promise<void> {
    try {
      await this.unlessGone(arn, signal, () =>
        this.call(
          "DeleteCertificate",
          arn,
          signal,
          (acm, options) => acm.send(new (sdk.acm().DeleteCertificateCommand)({ CertificateArn: arn }), options),
          { change: () => ({ kind: "deleted", certificateArn: arn }) },
        ),
      );
    } catch (error) {
      if (isAppError(error, "aws_in_use")) throw await this.nameUsers(arn, error, signal);
      throw error;
    } finally {
      this.inventory.forget();
    }
  }

  /** Undefined if the certificate is gone for sure. */
  async tags(arn: string, { signal }: CallOptions = {}): Promise<Tags | undefined> {
    return this.unlessGone(arn, signal, async () => {
      const answer = await this.call("ListTagsForCertificate", arn, signal, (acm, options) =>
        acm.send(new (sdk.acm().ListTagsForCertificateCommand)({ CertificateArn: arn }), options),
      );
      return Object.fromEntries((answer.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""]));
    });
  }

  /** Adds tags, or changes the values of those that are there. */
  async tag(arn: string, tags: Tags, { signal }: CallOptions = {}): Promise<void> {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    if (Tags.length === 0) return;
    await this.call("AddTagsToCertificate", arn, signal, (acm, options) =>
      acm.send(new (sdk.acm().AddTagsToCertificateCommand)({ CertificateArn: arn, Tags }), options),
    ).catch((error: unknown) => this.failForAccount(arn, error, signal));
    this.inventory.forget();
  }

  async untag(arn: string, keys: readonly string[], { signal }: CallOptions = {}): Promise<void> {
    if (keys.length === 0) return;
    const Tags = keys.map((Key) => ({ Key }));
    await this.call("RemoveTagsFromCertificate", arn, signal, (acm, options) =>
      acm.send(new (sdk.acm().RemoveTagsFromCertificateCommand)({ CertificateArn: arn, Tags }), options),
    ).catch((error: unknown) => this.failForAccount(arn, error, signal));
    this.inventory.forget();
  }

  /** ARNs of the certificates with this tag, as far as the tagging API knows yet: it lags behind an import. */
  async findByTag(key: string, value: string, { signal }: CallOptions = {}): Promise<string[]> {
    return [...(await this.listTagged({ key, value }, { signal })).keys()];
  }

  listTagged(filter: TagFilter, { signal }: CallOptions = {}): Promise<Map<string, Tags>> {
    const { region, caller, tagging } = this.options;
    return taggedResources({ region, caller, client: tagging }, { types: ["acm:certificate"], filter }, signal);
  }

  private call<T>(
    action: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (acm: ACMClient, options: { abortSignal: AbortSignal }) => Promise<T>,
    how: Pick<AwsCall<T>, "repeatable" | "holdsSecret" | "change"> = {},
  ): Promise<T> {
    return this.options.caller.call({
      action: `acm:${action}`,
      resource,
      region: this.region,
      signal,
      send: (abortSignal) => send(this.options.acm(), { abortSignal }),
      ...how,
    });
  }

  private async unlessGone<T>(
    arn: string,
    signal: AbortSignal | undefined,
    operation: () => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await operation();
    } catch (error) {
      await checkAccount(arn, toAppError(error), { region: this.region, identity: this.options.identity, signal });
      if (isAppError(error, "aws_not_found")) return undefined;
      throw error;
    }
  }

  private async failForAccount(arn: string, error: unknown, signal: AbortSignal | undefined): Promise<never> {
    await checkAccount(arn, toAppError(error), { region: this.region, identity: this.options.identity, signal });
    throw error;
  }

  private async nameUsers(arn: string, error: AppError, signal: AbortSignal | undefined): Promise<AppError> {
    const users = (await this.describe(arn, { signal }))?.inUseBy ?? [];
    const named = users.length === 0 ? "something ACM does not name yet" : users.join(", ");
    return new AppError("aws_in_use", `${arn} cannot be deleted: it is in use by ${named}`, {
      hint: "detach it there first",
      retryable: true,
      facts: { ...error.facts, users },
    });
  }
}
