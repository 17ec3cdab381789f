/** Server certificates that were uploaded to IAM, which has no regions. ELB and CloudFront still take them. */
import type { IAMClient, ServerCertificateMetadata } from "@aws-sdk/client-iam";
import { AppError } from "../platform/errors";
import type { AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";
import type { Tags } from "./tagged-resources";

export interface ServerCertificatesOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => IAMClient;
}

export interface ServerCertificateSummary {
  readonly arn: string;
  /** What CloudFront calls it by. */
  readonly id: string;
  readonly name: string;
  readonly uploadedAt?: Date;
  readonly notAfter?: Date;
}

export interface ServerCertificateContent {
  readonly certificatePem: string;
  readonly chainPem: string;
  readonly tags: Tags;
}

/** The most that ListServerCertificates gives in one page (IAM API reference, MaxItems). */
const pageSize = 1000;

export class ServerCertificates {
  constructor(private readonly options: ServerCertificatesOptions) {}

  /** Every server certificate of the account. */
  async listAll({ signal }: CallOptions = {}): Promise<ServerCertificateSummary[]> {
    const all: ServerCertificateSummary[] = [];
    let marker: string | undefined;
    do {
      const input = { MaxItems: pageSize, Marker: marker };
      const page = await this.call("ListServerCertificates", "*", signal, (client, options) =>
        client.send(new (sdk.iam().ListServerCertificatesCommand)(input), options),
      );
      all.push(...(page.ServerCertificateMetadataList ?? []).map(toSummary));
      marker = page.IsTruncated ? page.Marker : undefined;
    } while (marker !== undefined);
    return all;
  }

  /** The public part. Errors: `aws_not_found`. */
  async get(name: string, { signal }: CallOptions = {}): Promise<ServerCertificateContent> {
    const { ServerCertificate: found } = await this.call("GetServerCertificate", name, signal, (client, options) =>
      client.send(new (sdk.iam().GetServerCertificateCommand)({ ServerCertificateName: name }), options),
    );
    return {
      certificatePem: found?.CertificateBody ?? "",
      chainPem: found?.CertificateChain ?? "",
      tags: Object.fromEntries((found?.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""])),
    };
  }

  private call<T>(
    operation: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: IAMClient, options: { readonly abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const { caller, region, client } = this.options;
    return caller.call({
      action: `iam:${operation}`,
      resource,
      region,
      signal,
      send: (abortSignal) => send(client(), { abortSignal }),
    });
  }
}

function toSummary(entry: ServerCertificateMetadata): ServerCertificateSummary {
  const { Arn: arn, ServerCertificateId: id, ServerCertificateName: name } = entry;
  if (arn === undefined || id === undefined || name === undefined)
    throw new AppError("aws_request", "iam:ListServerCertificates answered with an entry without ARN, id or name");
  return { arn, id, name, uploadedAt: entry.UploadDate, notAfter: entry.Expiration };
}
