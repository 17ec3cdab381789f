import { AppError, isAppError } from "../../../platform/errors";
import type { OperationContext, ResourceOperations } from "../../../provider/rpc/resource";
import { containsUnknown, isUnknown, UNKNOWN } from "../../../provider/wire/value";
import { type Listener, type Tags, toTagList } from "../elastic-load-balancing";
import { planRegion } from "../plan-region";
import { retryUntilCertificateIsSeen } from "../retry-until-certificate-is-seen";
import type { StandInData } from "../stand-in-data";
import { actionFromApi, actionToApi } from "./listener-actions";
import type { ListenerConfig, ListenerPlan, ListenerPrior, ListenerState, listenerSchema } from "./listener-schema";
import { refusedState } from "./unimplemented";

export const listenerOperations: ResourceOperations<typeof listenerSchema, StandInData> = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({
      planned: {
        ...proposed,
        region: planRegion(config.region, proposed.region, data),
        ssl_policy: planSslPolicy(config, proposed),
        tags_all: proposed.tags === null ? {} : containsUnknown(proposed.tags) ? UNKNOWN : proposed.tags,
      },
    }),

  async create({ config, planned }, context) {
    const { data, signal } = context;
    const region = config.region ?? data.region;
    const client = data.in(region);
    const input = { LoadBalancerArn: planned.load_balancer_arn, ...settings(planned) };
    const Tags = planned.tags === null ? undefined : toTagList(planned.tags);
    const made = await retryUntilCertificateIsSeen(() => client.createListener({ ...input, Tags }, signal), signal);
    context.checkpoint({ arn: made.ListenerArn ?? null, region });
    return { state: stateOf(made, { ...planned, region }, planned.tags ?? {}) };
  },

  async read({ state }, context) {
    const arn = knownArn(state);
    try {
      const client = context.data.in(state.region);
      const found = await client.describeListener(arn, context.signal);
      const tags = await client.tagsOf(arn, context.signal);
      return { state: stateOf(found, { ...state, region: state.region ?? context.data.region }, tags) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const arn = knownArn(prior);
    const client = data.in(prior.region);
    const input = { ListenerArn: arn, ...settings(planned) };
    const changed = await retryUntilCertificateIsSeen(() => client.modifyListener(input, signal), signal);
    await client.changeTags(arn, prior.tags ?? {}, planned.tags ?? {}, signal);
    return { state: stateOf(changed, { ...planned, region: prior.region }, planned.tags ?? {}) };
  },

  async delete({ state }, context: OperationContext<StandInData>) {
    await context.data
      .in(state.region)
      .deleteListener(knownArn(state), context.signal)
      .catch((error: unknown) => {
        if (!isAppError(error, "aws_not_found")) throw error;
      });
  },

  importState(id) {
    if (/^arn:[\w-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:listener\//.test(id))
      return Promise.resolve({ state: { id, arn: id } });
    throw new AppError("invalid_argument", `"${id}" is not the ARN of a listener`, {
      hint: "import a listener by its ARN",
    });
  },
};

/** A policy belongs to a secure protocol, and is the load balancer's to choose where none is configured. */
function planSslPolicy(config: ListenerConfig, { protocol, ssl_policy }: ListenerPlan): ListenerPlan["ssl_policy"] {
  if (config.ssl_policy !== null) return ssl_policy;
  if (isUnknown(protocol)) return UNKNOWN;
  if (protocol !== "HTTPS" && protocol !== "TLS") return null;
  return ssl_policy ?? UNKNOWN;
}

type Settings = Pick<ListenerState, "alpn_policy" | "certificate_arn" | "port"> & {
  readonly protocol: ListenerState["protocol"] | typeof UNKNOWN;
  readonly ssl_policy: ListenerState["ssl_policy"] | typeof UNKNOWN;
  readonly default_action: readonly Parameters<typeof actionToApi>[0][];
};

function settings(planned: Settings) {
  const { protocol, ssl_policy } = planned;
  return {
    Port: planned.port ?? undefined,
    // the documented default of application load balancers
    Protocol: isUnknown(protocol) || protocol === null ? ("HTTP" as const) : protocol,
    SslPolicy: isUnknown(ssl_policy) || ssl_policy === null ? undefined : ssl_policy,
    AlpnPolicy: planned.alpn_policy === null ? undefined : [planned.alpn_policy],
    Certificates: planned.certificate_arn === null ? undefined : [{ CertificateArn: planned.certificate_arn }],
    DefaultActions: planned.default_action.map(actionToApi),
  };
}

interface Kept {
  readonly tags: ListenerPrior["tags"];
  readonly region: string | null;
  readonly default_action: readonly { readonly forward: ListenerState["default_action"][number]["forward"] }[];
}

/** What the load balancer answers, in the forms that were kept before. */
function stateOf(listener: Listener, kept: Kept, tags: Tags): ListenerState {
  const arn = listener.ListenerArn ?? null;
  return {
    ...refusedState,
    arn,
    id: arn,
    load_balancer_arn: listener.LoadBalancerArn ?? "",
    region: kept.region,
    port: listener.Port ?? null,
    protocol: (listener.Protocol ?? null) as ListenerState["protocol"],
    ssl_policy: listener.SslPolicy ?? null,
    alpn_policy: (listener.AlpnPolicy?.[0] ?? null) as ListenerState["alpn_policy"],
    certificate_arn: listener.Certificates?.[0]?.CertificateArn ?? null,
    default_action: (listener.DefaultActions ?? []).map((action, index) =>
      actionFromApi(action, kept.default_action[index]),
    ),
    tags: kept.tags === null && Object.keys(tags).length === 0 ? null : tags,
    tags_all: tags,
  };
}

function knownArn({ arn, id }: Pick<ListenerPrior, "arn" | "id">): string {
  const known = arn ?? id;
  if (known === null) throw new AppError("internal", "the state of aws_lb_listener has no ARN");
  return known;
}
