/** Certificates that ACM issues, in one region: asked for, looked at. Deleting and tagging is `CertificateStore`'s. */
import type { ACMClient, CertificateDetail } from "@aws-sdk/client-acm";
import type { IssuableKeyAlgorithm } from "../certificates/key-algorithm";
import { AppError, isAppError } from "../platform/errors";
import type { AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";
import { toRenewal, toValidations, type DomainValidation, type ManagedRenewal } from "./stored-certificate";
import type { Tags } from "./tagged-resources";

export type { DomainValidation };

export interface IssuedCertificatesOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => ACMClient;
}

export interface CertificateChoices {
  /** @default true */
  readonly transparencyLogging?: boolean;
  /** @default false */
  readonly exportable?: boolean;
}

export interface NewCertificateRequest {
  readonly domainName: string;
  readonly subjectAlternativeNames: readonly string[];
  /** @default ACM's, RSA_2048 */
  readonly keyAlgorithm?: IssuableKeyAlgorithm;
  readonly options?: CertificateChoices;
  readonly tags: Tags;
  /** A repetition within an hour gives the same certificate. Letters, digits and underscore, 32 at most. */
  readonly idempotencyToken: string;
}

export interface IssuedCertificate {
  readonly arn: string;
  readonly domainName: string;
  readonly domainNames: readonly string[];
  /** As ACM answers: `RSA-2048`, `EC-prime256v1`. */
  readonly keyAlgorithm: string;
  /** AMAZON_ISSUED, IMPORTED or PRIVATE. */
  readonly type: string;
  readonly status: string;
  readonly failureReason?: string;
  readonly issuedAt?: Date;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly validations: readonly DomainValidation[];
  readonly options: Required<CertificateChoices>;
  readonly renewalEligibility: string;
  readonly renewal?: ManagedRenewal;
  readonly inUseBy: readonly string[];
}

export class IssuedCertificates {
  constructor(private readonly options: IssuedCertificatesOptions) {}

  /** Asks for a certificate that DNS validates; gives its ARN. Errors: `aws_quota`. */
  async request(request: NewCertificateRequest, { signal }: CallOptions = {}): Promise<string> {
    const { domainName, subjectAlternativeNames, keyAlgorithm, options = {}, tags, idempotencyToken } = request;
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    const input = {
      DomainName: domainName,
      SubjectAlternativeNames: subjectAlternativeNames.length > 0 ? [...subjectAlternativeNames] : undefined,
      ValidationMethod: "DNS" as const,
      KeyAlgorithm: keyAlgorithm,
      Options: toApiOptions(options),
      Tags: Tags.length > 0 ? Tags : undefined,
      IdempotencyToken: idempotencyToken,
    };
    const answer = await this.call("RequestCertificate", domainName, signal, (client, options) =>
      client.send(new (sdk.acm().RequestCertificateCommand)(input), options),
    );
    if (answer.CertificateArn === undefined)
      throw new AppError("aws_request", "acm:RequestCertificate answered without an ARN");
    return answer.CertificateArn;
  }

  /** Undefined if ACM knows no such certificate. */
  async describe(arn: string, { signal }: CallOptions = {}): Promise<IssuedCertificate | undefined> {
    try {
      const answer = await this.call("DescribeCertificate", arn, signal, (client, options) =>
        client.send(new (sdk.acm().DescribeCertificateCommand)({ CertificateArn: arn }), options),
      );
      return answer.Certificate && toIssuedCertificate(answer.Certificate);
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return undefined;
      throw error;
    }
  }

  async setOptions(arn: string, choices: CertificateChoices, { signal }: CallOptions = {}): Promise<void> {
    const input = { CertificateArn: arn, Options: toApiOptions(choices) };
    await this.call("UpdateCertificateOptions", arn, signal, (client, options) =>
      client.send(new (sdk.acm().UpdateCertificateOptionsCommand)(input), options),
    );
  }

  private call<T>(
    action: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: ACMClient, options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const { caller, region, client } = this.options;
    return caller.call({
      action: `acm:${action}`,
      resource,
      region,
      signal,
      send: (abortSignal) => send(client(), { abortSignal }),
    });
  }
}

function toApiOptions({ transparencyLogging, exportable }: CertificateChoices) {
  const word = (on: boolean | undefined) => (on === undefined ? undefined : on ? "ENABLED" : "DISABLED");
  return { CertificateTransparencyLoggingPreference: word(transparencyLogging), Export: word(exportable) } as const;
}

function toIssuedCertificate(detail: CertificateDetail): IssuedCertificate {
  const { Options: options, RenewalSummary: renewal } = detail;
  return {
    arn: detail.CertificateArn ?? "",
    domainName: detail.DomainName ?? "",
    domainNames: detail.SubjectAlternativeNames ?? [],
    keyAlgorithm: detail.KeyAlgorithm ?? "",
    type: detail.Type ?? "",
    status: detail.Status ?? "",
    failureReason: detail.FailureReason,
    issuedAt: detail.IssuedAt,
    notBefore: detail.NotBefore,
    notAfter: detail.NotAfter,
    validations: toValidations(detail.DomainValidationOptions),
    options: {
      transparencyLogging: options?.CertificateTransparencyLoggingPreference === "ENABLED",
      exportable: options?.Export === "ENABLED",
    },
    renewalEligibility: detail.RenewalEligibility ?? "",
    renewal: renewal && toRenewal(renewal),
    inUseBy: detail.InUseBy ?? [],
  };
}
