/** Custom domain names for HTTP and WebSocket APIs in one region (API Gateway, version 2 of its API). */
import type {
  ApiGatewayV2Client,
  DomainName,
  DomainNameConfiguration,
  GetDomainNameCommandOutput,
} from "@aws-sdk/client-apigatewayv2";
import type { AwsCall, AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";
import type { TagChange, Tags } from "./tagged-resources";

export type HttpApiDomainName = Omit<GetDomainNameCommandOutput, "$metadata">;

export type { DomainNameConfiguration };

export interface HttpApiDomainNamesOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => ApiGatewayV2Client;
}

/** API Gateway version 2 states no largest page; version 1 gives 500 (API reference, GetDomainNames, limit). */
const pageSize = "500";

export class HttpApiDomainNames {
  constructor(private readonly options: HttpApiDomainNamesOptions) {}

  /** Every domain name of the region. */
  async listAll({ signal }: CallOptions = {}): Promise<DomainName[]> {
    const all: DomainName[] = [];
    let NextToken: string | undefined;
    do {
      const input = { NextToken, MaxResults: pageSize };
      const page = await this.call("GetDomainNames", "*", signal, (client, options) =>
        client.send(new (sdk.apiGatewayV2().GetDomainNamesCommand)(input), options),
      );
      all.push(...(page.Items ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return all;
  }

  /** Errors: `aws_request` (BadRequestException) for a certificate it does not take. */
  create(
    DomainName: string,
    configuration: DomainNameConfiguration,
    { signal, tags }: CallOptions & { readonly tags?: Tags } = {},
  ): Promise<HttpApiDomainName> {
    const input = { DomainName, DomainNameConfigurations: [configuration], Tags: tags };
    return this.call("CreateDomainName", DomainName, signal, (client, options) =>
      client.send(new (sdk.apiGatewayV2().CreateDomainNameCommand)(input), options),
    );
  }

  /** Errors: `aws_not_found`. */
  get(DomainName: string, { signal }: CallOptions = {}): Promise<HttpApiDomainName> {
    return this.call("GetDomainName", DomainName, signal, (client, options) =>
      client.send(new (sdk.apiGatewayV2().GetDomainNameCommand)({ DomainName }), options),
    );
  }

  /** Errors: `aws_not_found`, those of `create`. */
  update(
    DomainName: string,
    configuration: DomainNameConfiguration,
    { signal }: CallOptions = {},
  ): Promise<HttpApiDomainName> {
    const input = { DomainName, DomainNameConfigurations: [configuration] };
    return this.call(
      "UpdateDomainName",
      DomainName,
      signal,
      (client, options) => client.send(new (sdk.apiGatewayV2().UpdateDomainNameCommand)(input), options),
      () => ({
        ...{ kind: "attached", role: "default", attachment: DomainName },
        certificateArn: configuration.CertificateArn,
      }),
    );
  }

  /** Errors: `aws_not_found`. */
  async delete(DomainName: string, { signal }: CallOptions = {}): Promise<void> {
    await this.call("DeleteDomainName", DomainName, signal, (client, options) =>
      client.send(new (sdk.apiGatewayV2().DeleteDomainNameCommand)({ DomainName }), options),
    );
  }

  /** Of a domain name by its ARN. Errors: `aws_not_found`. */
  async changeTags(ResourceArn: string, { set, remove }: TagChange, { signal }: CallOptions = {}): Promise<void> {
    if (remove.length > 0)
      await this.call("UntagResource", ResourceArn, signal, (client, options) =>
        client.send(new (sdk.apiGatewayV2().UntagResourceCommand)({ ResourceArn, TagKeys: [...remove] }), options),
      );
    if (Object.keys(set).length > 0)
      await this.call("TagResource", ResourceArn, signal, (client, options) =>
        client.send(new (sdk.apiGatewayV2().TagResourceCommand)({ ResourceArn, Tags: set }), options),
      );
  }

  private call<T>(
    operation: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: ApiGatewayV2Client, options: { readonly abortSignal: AbortSignal }) => Promise<T>,
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
