/** `data "aws_lb_listener"`: a listener by its ARN, or by load balancer and port (internal/service/elbv2/listener_data_source.go). */
import { sdk } from "../../../aws/sdk";
import { AppError } from "../../../platform/errors";
import { defineDataSource } from "../../../provider/rpc/data-source";
import type { OperationContext } from "../../../provider/rpc/resource";
import {
  computed,
  bool,
  defineSchema,
  list,
  map,
  number,
  object,
  optional,
  optionalComputed,
  set,
  singleBlock,
  string,
  type KnownConfigOf,
  type StateOf,
} from "../../../provider/schema";
import type { Action, Listener } from "../elastic-load-balancing";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

/** Actions that the stand-in's listeners cannot have: always none of them. */
const refusedActions = {
  authenticate_cognito: computed(
    list(
      object({
        authentication_request_extra_params: computed(map(string)),
        on_unauthenticated_request: computed(string),
        scope: computed(string),
        session_cookie_name: computed(string),
        session_timeout: computed(number),
        user_pool_arn: computed(string),
        user_pool_client_id: computed(string),
        user_pool_domain: computed(string),
      }),
    ),
  ),
  authenticate_oidc: computed(
    list(
      object({
        authentication_request_extra_params: computed(map(string)),
        authorization_endpoint: computed(string),
        client_id: computed(string),
        client_secret: computed(string),
        issuer: computed(string),
        on_unauthenticated_request: computed(string),
        scope: computed(string),
        session_cookie_name: computed(string),
        session_timeout: computed(number),
        token_endpoint: computed(string),
        user_info_endpoint: computed(string),
      }),
    ),
  ),
  jwt_validation: computed(
    list(
      object({
        additional_claim: computed(
          set(object({ format: optional(string), name: optional(string), values: optional(list(string)) })),
        ),
        issuer: computed(string),
        jwks_endpoint: computed(string),
      }),
    ),
  ),
};

const fixedResponse = object({
  content_type: computed(string),
  message_body: computed(string),
  status_code: computed(string),
});

const forward = object({
  stickiness: computed(list(object({ duration: computed(number), enabled: computed(bool) }))),
  target_group: computed(set(object({ arn: optional(string), weight: optional(number) }))),
});

const redirect = object({
  host: computed(string),
  path: computed(string),
  port: computed(string),
  protocol: computed(string),
  query: computed(string),
  status_code: computed(string),
});

const schema = defineSchema({
  description: "Sandbox stand-in for the data source aws_lb_listener of hashicorp/aws.",
  attributes: {
    alpn_policy: computed(string),
    arn: optionalComputed(string),
    certificate_arn: computed(string),
    default_action: computed(
      list(
        object({
          ...refusedActions,
          fixed_response: computed(list(fixedResponse)),
          forward: computed(list(forward)),
          order: computed(number),
          redirect: computed(list(redirect)),
          target_group_arn: computed(string),
          type: computed(string),
        }),
      ),
    ),
    id: optionalComputed(string),
    load_balancer_arn: optionalComputed(string),
    mutual_authentication: computed(
      list(
        object({
          advertise_trust_store_ca_names: computed(string),
          ignore_client_certificate_expiry: computed(bool),
          mode: computed(string),
          trust_store_arn: computed(string),
        }),
      ),
    ),
    port: optionalComputed(number),
    protocol: computed(string),
    region: optionalComputed(string),
    ssl_policy: computed(string),
    tags: optionalComputed(map(string)),
  },
  blocks: { timeouts: singleBlock({ attributes: { read: optional(string) } }) },
});

type ActionState = NonNullable<StateOf<typeof schema>["default_action"]>[number];

async function findListener(
  { arn, load_balancer_arn, port }: KnownConfigOf<typeof schema>,
  { data, signal }: OperationContext<StandInData>,
  region: string,
): Promise<Listener> {
  const client = data.in(region);
  if (arn !== null) return client.describeListener(arn, signal);
  const LoadBalancerArn = load_balancer_arn ?? "";
  let Marker: string | undefined;
  do {
    const input = { LoadBalancerArn, Marker };
    const page = await client.call("DescribeListeners", LoadBalancerArn, signal, (elb, abortSignal) =>
      elb.send(new (sdk.elbv2().DescribeListenersCommand)(input), { abortSignal }),
    );
    const found = page.Listeners?.find((listener) => listener.Port === port);
    if (found) return found;
    Marker = page.NextMarker;
  } while (Marker !== undefined && Marker !== "");
  throw new AppError("invalid_argument", `${LoadBalancerArn} has no listener at port ${port ?? ""}`);
}

function actionState(action: Action): ActionState {
  const { FixedResponseConfig: fixed, ForwardConfig: config, RedirectConfig: target } = action;
  const stickiness = config?.TargetGroupStickinessConfig;
  return {
    authenticate_cognito: [],
    authenticate_oidc: [],
    jwt_validation: [],
    fixed_response: fixed
      ? [
          {
            content_type: fixed.ContentType ?? "",
            message_body: fixed.MessageBody ?? "",
            status_code: fixed.StatusCode ?? "",
          },
        ]
      : [],
    forward: config
      ? [
          {
            stickiness: stickiness
              ? [{ duration: stickiness.DurationSeconds ?? 0, enabled: stickiness.Enabled ?? false }]
              : [],
            target_group: (config.TargetGroups ?? []).map(({ TargetGroupArn, Weight }) => ({
              arn: TargetGroupArn ?? "",
              weight: Weight ?? 1,
            })),
          },
        ]
      : [],
    order: action.Order ?? 0,
    redirect: target
      ? [
          {
            host: target.Host ?? "",
            path: target.Path ?? "",
            port: target.Port ?? "",
            protocol: target.Protocol ?? "",
            query: target.Query ?? "",
            status_code: target.StatusCode ?? "",
          },
        ]
      : [],
    target_group_arn: action.TargetGroupArn ?? "",
    type: action.Type ?? "",
  };
}

export const lbListenerDataSource = defineDataSource<typeof schema, StandInData>({
  typeName: "aws_lb_listener",
  schema,
  validate(config, diagnostics) {
    refuseUnimplemented(config, ["id", "tags", "timeouts"], diagnostics);
    if (config.arn === null && (config.load_balancer_arn === null || config.port === null))
      diagnostics.error("arn, or load_balancer_arn and port, must be set", { path: ["arn"] });
    if (config.arn !== null && (config.load_balancer_arn !== null || config.port !== null))
      diagnostics.error("arn cannot be set beside load_balancer_arn and port", { path: ["arn"] });
  },
  load: () =>
    Promise.resolve({
      async read(config, context) {
        const region = config.region ?? context.data.region;
        const found = await findListener(config, context, region);
        const arn = found.ListenerArn ?? "";
        return {
          alpn_policy: found.AlpnPolicy?.[0] ?? "",
          arn,
          certificate_arn: found.Certificates?.[0]?.CertificateArn ?? "",
          default_action: (found.DefaultActions ?? []).map(actionState),
          id: arn,
          load_balancer_arn: found.LoadBalancerArn ?? "",
          mutual_authentication: [],
          port: found.Port ?? 0,
          protocol: found.Protocol ?? "",
          region,
          ssl_policy: found.SslPolicy ?? "",
          tags: await context.data.in(region).tagsOf(arn, context.signal),
          timeouts: null,
        };
      },
    }),
});
