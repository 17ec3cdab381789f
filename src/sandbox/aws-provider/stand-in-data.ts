import { AwsAccess } from "../../aws/aws-access";
import { AwsCaller } from "../../aws/aws-caller";
import { sleep } from "../../platform/clock";
import { AppError } from "../../platform/errors";
import type { ConfigureContext } from "../../provider/rpc/provider";
import { ElasticLoadBalancing } from "./elastic-load-balancing";
import { GeneratedNames } from "./generated-name";
import { ServiceClients } from "./service-clients";

export interface StandInSettings {
  readonly region: string | null;
  readonly profile: string | null;
  readonly access_key: string | null;
  readonly secret_key: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the resources work with: one client per region. */
export class StandInData {
  private readonly clients = new Map<string, ElasticLoadBalancing>();

  constructor(
    /** The provider's region. */
    readonly region: string,
    /** What is not Elastic Load Balancing. */
    readonly aws: AwsAccess,
    /** For what the configuration does not name. */
    readonly names: GeneratedNames,
    /** CloudWatch, EventBridge and SNS. */
    readonly services: ServiceClients,
    private readonly connect: (region: string) => ElasticLoadBalancing,
  ) {}

  in(region: string | null): ElasticLoadBalancing {
    const name = region ?? this.region;
    const client = this.clients.get(name) ?? this.connect(name);
    this.clients.set(name, client);
    return client;
  }
}

export function configureStandIn(
  settings: StandInSettings,
  environment: Environment,
  { clock, log }: Pick<ConfigureContext, "clock" | "log">,
): StandInData {
  const region = settings.region ?? (environment.AWS_REGION || environment.AWS_DEFAULT_REGION);
  if (!region)
    throw new AppError("invalid_config", "no AWS region is set", {
      hint: "set region in the provider block, or AWS_REGION",
    });
  const endpointUrl = sandboxEndpoint(environment);
  const caller = new AwsCaller({
    clock,
    sleep,
    random: Math.random,
    logger: log,
    requestTimeoutMs: 30_000,
    throttleTimeoutMs: 5 * 60_000,
    pace: false,
  });
  const { access_key: accessKeyId, secret_key: secretAccessKey } = settings;
  const connection = {
    endpointUrl,
    profile: settings.profile ?? undefined,
    ...(accessKeyId !== null && secretAccessKey !== null && { credentials: { accessKeyId, secretAccessKey } }),
  };
  const aws = new AwsAccess({ region, ...connection }, { clock, logger: log, pace: false });
  return new StandInData(
    region,
    aws,
    new GeneratedNames(clock),
    new ServiceClients({ ...connection, caller }),
    (name) => new ElasticLoadBalancing({ region: name, caller, ...connection }),
  );
}

/** The stand-in must not be mistaken for the real provider: it speaks to this machine and to nothing else. */
function sandboxEndpoint(environment: Environment): string {
  const url = environment.AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2 || environment.AWS_ENDPOINT_URL || "";
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  if (/^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/.test(host)) return url;
  throw new AppError(
    "invalid_config",
    `this is the sandbox's stand-in for hashicorp/aws, and ${url === "" ? "AWS_ENDPOINT_URL is not set" : `${url} is no sandbox`}`,
    { hint: "set AWS_ENDPOINT_URL to the sandbox, or install the real hashicorp/aws provider" },
  );
}
