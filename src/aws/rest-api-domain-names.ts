/** Custom domain names for REST APIs in one region (API Gateway, version 1 of its API). */
import type { APIGatewayClient, CreateDomainNameRequest, DomainName } from "@aws-sdk/client-api-gateway";
import type { AwsCall, AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";
import type { TagChange } from "./tagged-resources";

export type { CreateDomainNameRequest, DomainName };

export interface RestApiDomainNamesOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => APIGatewayClient;
}

/** The most that GetDomainNames gives in one page (API Gateway API reference, limit). */
const pageSize = 500;

export class RestApiDomainNames {
  constructor(private readonly options: RestApiDomainNamesOptions) {}

  /** Every domain name of the region; those made through version 2 of the API are among them. */
  async listAll({ signal }: CallOptions = {}): Promise<DomainName[]> {
    const all: DomainName[] = [];
    let position: string | undefined;
    do {
      const page = await this.call("GetDomainNames", "*", signal, (client, options) =>
        client.send(new (sdk.apiGateway().GetDomainNamesCommand)({ position, limit: pageSize }), options),
      );
      all.push(...(page.items ?? []));
      position = page.position;
    } while (position !== undefined);
    return all;
  }

  /** Errors: `aws_request` (BadRequestException) for a certificate it does not take. */
  create(input: CreateDomainNameRequest, { signal }: CallOptions = {}): Promise<DomainName> {
    return this.call("CreateDomainName", input.domainName ?? "*", signal, (client, options) =>
      client.send(new (sdk.apiGateway().CreateDomainNameCommand)(input), options),
    );
  }

  /** Errors: `aws_not_found`. */
  get(domainName: string, { signal }: CallOptions = {}): Promise<DomainName> {
    return this.call("GetDomainName", domainName, signal, (client, options) =>
      client.send(new (sdk.apiGateway().GetDomainNameCommand)({ domainName }), options),
    );
  }

  /** New values by the paths of a patch: `/regionalCertificateArn` … Errors: `aws_not_found`, those of `create`. */
  replace(
    domainName: string,
    values: Readonly<Record<string, string>>,
    { signal }: CallOptions = {},
  ): Promise<DomainName> {
    const patchOperations = Object.entries(values).map(([path, value]) => ({ op: "replace" as const, path, value }));
    return this.call(
      "UpdateDomainName",
      domainName,
      signal,
      (client, options) =>
        client.send(new (sdk.apiGateway().UpdateDomainNameCommand)({ domainName, patchOperations }), options),
      () => ({
        ...{ kind: "attached", role: "default", attachment: domainName },
        certificateArn: patchOperations.find(({ path }) => /CertificateArn$/i.test(path))?.value,
      }),
    );
  }

  /** Errors: `aws_not_found`. */
  async delete(domainName: string, { signal }: CallOptions = {}): Promise<void> {
    await this.call("DeleteDomainName", domainName, signal, (client, options) =>
      client.send(new (sdk.apiGateway().DeleteDomainNameCommand)({ domainName }), options),
    );
  }

  /** Of a domain name by its ARN. Errors: `aws_not_found`. */
  async changeTags(resourceArn: string, { set, remove }: TagChange, { signal }: CallOptions = {}): Promise<void> {
    if (remove.length > 0)
      await this.call("UntagResource", resourceArn, signal, (client, options) =>
        client.send(new (sdk.apiGateway().UntagResourceCommand)({ resourceArn, tagKeys: [...remove] }), options),
      );
    if (Object.keys(set).length > 0)
      await this.call("TagResource", resourceArn, signal, (client, options) =>
        client.send(new (sdk.apiGateway().TagResourceCommand)({ resourceArn, tags: set }), options),
      );
  }

  private call<T>(
    operation: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: APIGatewayClient, options: { readonly abortSignal: AbortSignal }) => Promise<T>,
    change?: AwsCall<T>["change"],
  ): Promise<T> {
    const { caller, region, client } = this.options;
    return caller.call({
      change,
      action: `apigateway:${operation}`,
      resource,
      region,
      signal,
      send: (abortSignal) => send(client(), { abortSignal }),
    });
  }
}
