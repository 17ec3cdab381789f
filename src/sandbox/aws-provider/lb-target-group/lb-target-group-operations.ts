import { sdk } from "../../../aws/sdk";
import { AppError, isAppError } from "../../../platform/errors";
import type { ResourceOperations } from "../../../provider/rpc/resource";
import type { AppliedPlanOf, PriorOf } from "../../../provider/schema";
import { type ElasticLoadBalancing, toTagList } from "../elastic-load-balancing";
import { changedPairs, type Pair } from "../key-value-attributes";
import { known } from "../known";
import { planRegion } from "../plan-region";
import { planTagsAll } from "../plan-tags";
import type { StandInData } from "../stand-in-data";
import { keysByTargetType, stickinessPairs, unsentAtCreation } from "./lb-target-group-attributes";
import type { lbTargetGroupSchema } from "./lb-target-group-schema";
import { lbTargetGroupState } from "./lb-target-group-state";

type Schema = typeof lbTargetGroupSchema;
type Planned = AppliedPlanOf<Schema>;

export const lbTargetGroupOperations: ResourceOperations<Schema, StandInData> = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({
      planned: {
        ...proposed,
        region: planRegion(config.region, proposed.region, data),
        tags_all: planTagsAll(proposed.tags),
      },
    }),

  async create({ config, planned }, { data, signal, checkpoint }) {
    const region = config.region ?? data.region;
    const client = data.in(region);
    const name = known(planned.name) ?? data.names.next(known(planned.name_prefix) ?? "tf-");
    const input = {
      Name: name,
      TargetType: planned.target_type,
      Port: planned.port ?? undefined,
      Protocol: planned.protocol ?? undefined,
      ProtocolVersion: known(planned.protocol_version),
      VpcId: planned.vpc_id ?? undefined,
      IpAddressType: known(planned.ip_address_type),
      ...healthCheck(planned),
      Tags: planned.tags === null ? undefined : toTagList(planned.tags),
    };
    const made = await client.call("CreateTargetGroup", name, signal, (elb, abortSignal) =>
      elb.send(new (sdk.elbv2().CreateTargetGroupCommand)(input), { abortSignal }),
    );
    const arn = made.TargetGroups?.[0]?.TargetGroupArn ?? "";
    checkpoint({ arn, id: arn, region });
    const pairs = changedPairs(keysByTargetType[planned.target_type], planned, unsentAtCreation);
    const [stickiness] = planned.stickiness;
    await setAttributes(client, arn, stickiness ? [...pairs, ...stickinessPairs(stickiness)] : pairs, signal);
    return { state: await lbTargetGroupState(client, arn, { ...planned, region }, signal) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    try {
      return { state: await lbTargetGroupState(data.in(region), arnOf(state), { ...state, region }, signal) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const arn = arnOf(prior);
    const region = prior.region ?? data.region;
    const client = data.in(region);
    if (planned.health_check.length > 0)
      await client.call("ModifyTargetGroup", arn, signal, (elb, abortSignal) =>
        elb.send(new (sdk.elbv2().ModifyTargetGroupCommand)({ TargetGroupArn: arn, ...healthCheck(planned) }), {
          abortSignal,
        }),
      );
    const pairs = changedPairs(keysByTargetType[planned.target_type], planned, prior);
    const isStickinessChanged = JSON.stringify(prior.stickiness) !== JSON.stringify(planned.stickiness);
    const stickiness = isStickinessChanged ? stickinessPairs(planned.stickiness[0]) : [];
    await setAttributes(client, arn, [...pairs, ...stickiness], signal);
    await client.changeTags(arn, prior.tags ?? {}, planned.tags ?? {}, signal);
    return { state: await lbTargetGroupState(client, arn, { ...planned, region }, signal) };
  },

  async delete({ state }, { data, signal }) {
    const arn = arnOf(state);
    await data
      .in(state.region)
      .call("DeleteTargetGroup", arn, signal, (elb, abortSignal) =>
        elb.send(new (sdk.elbv2().DeleteTargetGroupCommand)({ TargetGroupArn: arn }), { abortSignal }),
      );
  },

  importState(id) {
    if (/^arn:[\w-]+:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\//.test(id))
      return Promise.resolve({ state: { id, arn: id } });
    throw new AppError("invalid_argument", `"${id}" is not the ARN of a target group`, {
      hint: "import a target group by its ARN",
    });
  },
};

function healthCheck({ health_check: [check], target_type, protocol_version }: Planned) {
  if (check === undefined) return {};
  const matcher = known(check.matcher);
  const isLambda = target_type === "lambda";
  return {
    HealthCheckEnabled: check.enabled,
    HealthCheckIntervalSeconds: check.interval,
    HealthyThresholdCount: check.healthy_threshold,
    UnhealthyThresholdCount: check.unhealthy_threshold,
    HealthCheckTimeoutSeconds: known(check.timeout) || undefined,
    HealthCheckPath: known(check.path) || undefined,
    Matcher: matcher ? { [protocol_version === "GRPC" ? "GrpcCode" : "HttpCode"]: matcher } : undefined,
    HealthCheckPort: isLambda ? undefined : check.port,
    HealthCheckProtocol: isLambda ? undefined : check.protocol,
  };
}

async function setAttributes(
  client: ElasticLoadBalancing,
  arn: string,
  Attributes: Required<Pair>[],
  signal: AbortSignal,
): Promise<void> {
  if (Attributes.length === 0) return;
  const input = { TargetGroupArn: arn, Attributes };
  await client.call("ModifyTargetGroupAttributes", arn, signal, (elb, abortSignal) =>
    elb.send(new (sdk.elbv2().ModifyTargetGroupAttributesCommand)(input), { abortSignal }),
  );
}

function arnOf({ arn, id }: Pick<PriorOf<Schema>, "arn" | "id">): string {
  const found = arn ?? id;
  if (found === null) throw new AppError("internal", "the state of aws_lb_target_group has no ARN");
  return found;
}
