/** The calls of Elastic Load Balancing that the stand-in's resources make, in one region. */
import type { AwsCaller } from "../../aws/aws-caller";
import { sdk } from "../../aws/sdk";
import { AppError } from "../../platform/errors";

type Package = ReturnType<typeof sdk.elbv2>;
export type Client = InstanceType<Package["ElasticLoadBalancingV2Client"]>;

export type CreateListenerInput = InstanceType<Package["CreateListenerCommand"]>["input"];
export type ModifyListenerInput = InstanceType<Package["ModifyListenerCommand"]>["input"];
export type Action = NonNullable<CreateListenerInput["DefaultActions"]>[number];
export type Listener = NonNullable<Awaited<ReturnType<typeof describe>>>[number];

export type Tags = Readonly<Record<string, string>>;

export interface ElasticLoadBalancingOptions {
  readonly region: string;
  readonly endpointUrl: string;
  readonly profile?: string;
  /** @default the SDK's chain */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly caller: AwsCaller;
}

async function describe(client: Client, ListenerArns: string[], abortSignal: AbortSignal) {
  const command = new (sdk.elbv2().DescribeListenersCommand)({ ListenerArns });
  return (await client.send(command, { abortSignal })).Listeners;
}

export class ElasticLoadBalancing {
  private opened: Client | undefined;

  constructor(private readonly options: ElasticLoadBalancingOptions) {}

  createListener(input: CreateListenerInput, signal: AbortSignal): Promise<Listener> {
    return this.call("CreateListener", input.LoadBalancerArn, signal, async (client, abortSignal) => {
      const command = new (sdk.elbv2().CreateListenerCommand)(input);
      return only((await client.send(command, { abortSignal })).Listeners, "CreateListener");
    });
  }

  modifyListener(input: ModifyListenerInput, signal: AbortSignal): Promise<Listener> {
    return this.call("ModifyListener", input.ListenerArn, signal, async (client, abortSignal) => {
      const command = new (sdk.elbv2().ModifyListenerCommand)(input);
      return only((await client.send(command, { abortSignal })).Listeners, "ModifyListener");
    });
  }

  /** Errors: `aws_not_found`. */
  describeListener(arn: string, signal: AbortSignal): Promise<Listener> {
    return this.call("DescribeListeners", arn, signal, async (client, abortSignal) =>
      only(await describe(client, [arn], abortSignal), "DescribeListeners"),
    );
  }

  /** Errors: `aws_not_found`. */
  async deleteListener(ListenerArn: string, signal: AbortSignal): Promise<void> {
    await this.call("DeleteListener", ListenerArn, signal, (client, abortSignal) =>
      client.send(new (sdk.elbv2().DeleteListenerCommand)({ ListenerArn }), { abortSignal }),
    );
  }

  async tagsOf(arn: string, signal: AbortSignal): Promise<Tags> {
    const { TagDescriptions } = await this.call("DescribeTags", arn, signal, (client, abortSignal) =>
      client.send(new (sdk.elbv2().DescribeTagsCommand)({ ResourceArns: [arn] }), { abortSignal }),
    );
    return Object.fromEntries((TagDescriptions?.[0]?.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  }

  async changeTags(arn: string, before: Tags, after: Tags, signal: AbortSignal): Promise<void> {
    const gone = Object.keys(before).filter((key) => !(key in after));
    const set = Object.entries(after).filter(([key, value]) => before[key] !== value);
    const ResourceArns = [arn];
    if (gone.length > 0)
      await this.call("RemoveTags", arn, signal, (client, abortSignal) =>
        client.send(new (sdk.elbv2().RemoveTagsCommand)({ ResourceArns, TagKeys: gone }), { abortSignal }),
      );
    if (set.length > 0)
      await this.call("AddTags", arn, signal, (client, abortSignal) =>
        client.send(new (sdk.elbv2().AddTagsCommand)({ ResourceArns, Tags: toTagList(Object.fromEntries(set)) }), {
          abortSignal,
        }),
      );
  }

  /** ARNs in the SNI list. Errors: `aws_not_found` for the listener. */
  async sniCertificates(ListenerArn: string, signal: AbortSignal): Promise<readonly string[]> {
    const arns: string[] = [];
    let Marker: string | undefined;
    do {
      const input = { ListenerArn, Marker };
      const page = await this.call("DescribeListenerCertificates", ListenerArn, signal, (client, abortSignal) =>
        client.send(new (sdk.elbv2().DescribeListenerCertificatesCommand)(input), { abortSignal }),
      );
      for (const { CertificateArn, IsDefault } of page.Certificates ?? [])
        if (CertificateArn !== undefined && IsDefault !== true) arns.push(CertificateArn);
      Marker = page.NextMarker === "" ? undefined : page.NextMarker;
    } while (Marker !== undefined);
    return arns;
  }

  /** Errors: `aws_not_found` for listener or certificate, `aws_quota`. */
  async addCertificate(ListenerArn: string, CertificateArn: string, signal: AbortSignal): Promise<void> {
    const input = { ListenerArn, Certificates: [{ CertificateArn }] };
    await this.call("AddListenerCertificates", ListenerArn, signal, (client, abortSignal) =>
      client.send(new (sdk.elbv2().AddListenerCertificatesCommand)(input), { abortSignal }),
    );
  }

  /** Errors: `aws_not_found`. */
  async removeCertificate(ListenerArn: string, CertificateArn: string, signal: AbortSignal): Promise<void> {
    const input = { ListenerArn, Certificates: [{ CertificateArn }] };
    await this.call("RemoveListenerCertificates", ListenerArn, signal, (client, abortSignal) =>
      client.send(new (sdk.elbv2().RemoveListenerCertificatesCommand)(input), { abortSignal }),
    );
  }

  /** Sends one command, with the pace and patience of all others; `resource` is what an error names. */
  call<T>(
    operation: string,
    resource: string | undefined,
    signal: AbortSignal,
    send: (client: Client, abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { caller, region } = this.options;
    return caller.call({
      action: `elasticloadbalancing:${operation}`,
      resource: resource ?? "*",
      region,
      signal,
      send: (abortSignal) => send(this.client(), abortSignal),
    });
  }

  private client(): Client {
    const { region, profile, credentials, endpointUrl: endpoint } = this.options;
    this.opened ??= new (sdk.elbv2().ElasticLoadBalancingV2Client)({
      region,
      endpoint,
      ...(profile === undefined ? {} : { profile }),
      ...(credentials === undefined ? {} : { credentials }),
      // the caller retries
      maxAttempts: 1,
    });
    return this.opened;
  }
}

export function toTagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function only<T>(items: readonly T[] | undefined, operation: string): T {
  const [item] = items ?? [];
  if (item === undefined) throw new AppError("aws_request", `${operation} answered without a listener`);
  return item;
}
