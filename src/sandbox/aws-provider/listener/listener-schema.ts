/** Schema and rules of `aws_lb_listener`, as hashicorp/aws 6 documents them. */
import {
  bool,
  computed,
  defineSchema,
  integerBetween,
  listBlock,
  map,
  matching,
  number,
  oneOf,
  optional,
  optionalComputed,
  required,
  setBlock,
  string,
  type ConfigOf,
  type Diagnostics,
  type PlanOf,
  type PriorOf,
  type StateOf,
} from "../../../provider/schema";
import { isUnknown, type Unknown } from "../../../provider/wire/value";
import { refuseUnimplemented } from "../refuse-unimplemented";
import { refusedActionBlocks, refusedAttributes, refusedBlocks } from "./unimplemented";

const actionTypes = [
  "authenticate-cognito",
  "authenticate-oidc",
  "fixed-response",
  "forward",
  "jwt-validation",
  "redirect",
] as const;

const protocols = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP", "GENEVE"] as const;

const contentTypes = ["text/plain", "text/css", "text/html", "application/javascript", "application/json"] as const;

const defaultAction = listBlock({
  minItems: 1,
  attributes: {
    order: optionalComputed(number, { validate: integerBetween({ min: 1, max: 50_000 }) }),
    target_group_arn: optional(string),
    type: required(oneOf(actionTypes)),
  },
  blocks: {
    fixed_response: listBlock({
      maxItems: 1,
      attributes: {
        content_type: required(oneOf(contentTypes)),
        message_body: optional(string, { validate: matching(/^[^]{0,1024}$/, "at most 1024 characters") }),
        status_code: optionalComputed(string, { validate: matching(/^[245]\d\d$/, "a status 2xx, 4xx or 5xx") }),
      },
    }),
    forward: listBlock({
      maxItems: 1,
      attributes: {},
      blocks: {
        stickiness: listBlock({
          maxItems: 1,
          attributes: {
            duration: required(number, { validate: integerBetween({ min: 1, max: 604_800 }) }),
            enabled: optional(bool, { default: false }),
          },
        }),
        target_group: setBlock({
          minItems: 1,
          maxItems: 5,
          attributes: {
            arn: required(string),
            weight: optional(number, { default: 1, validate: integerBetween({ min: 0, max: 999 }) }),
          },
        }),
      },
    }),
    redirect: listBlock({
      maxItems: 1,
      attributes: {
        host: optional(string, { default: "#{host}" }),
        path: optional(string, { default: "/#{path}" }),
        port: optional(string, { default: "#{port}" }),
        protocol: optional(oneOf(["#{protocol}", "HTTP", "HTTPS"]), { default: "#{protocol}" }),
        query: optional(string, { default: "#{query}" }),
        status_code: required(oneOf(["HTTP_301", "HTTP_302"])),
      },
    }),
    ...refusedActionBlocks,
  },
});

export const listenerSchema = defineSchema({
  description: "Sandbox stand-in for aws_lb_listener of hashicorp/aws.",
  attributes: {
    alpn_policy: optional(oneOf(["HTTP1Only", "HTTP2Only", "HTTP2Optional", "HTTP2Preferred", "None"])),
    arn: computed(string),
    certificate_arn: optional(string, { validate: matching(/^arn:[\w-]+:(?:acm|iam):/, "the ARN of a certificate") }),
    id: optionalComputed(string),
    load_balancer_arn: required(string, { requiresReplace: true }),
    port: optional(number, { validate: integerBetween({ min: 1, max: 65_535 }) }),
    protocol: optionalComputed(oneOf(protocols)),
    region: optionalComputed(string, { requiresReplace: true }),
    ssl_policy: optionalComputed(string),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
    ...refusedAttributes,
  },
  blocks: { default_action: defaultAction, ...refusedBlocks },
});

export type ListenerConfig = ConfigOf<typeof listenerSchema>;
export type ListenerPlan = PlanOf<typeof listenerSchema>;
export type ListenerState = StateOf<typeof listenerSchema>;
export type ListenerPrior = PriorOf<typeof listenerSchema>;
export type ActionState = ListenerState["default_action"][number];

/** Which block belongs to which type of action. */
const blockOf = {
  "fixed-response": "fixed_response",
  redirect: "redirect",
} as const;

export function validateListener(config: ListenerConfig, diagnostics: Diagnostics): void {
  const refused = [...Object.keys(refusedAttributes), ...Object.keys(refusedBlocks), "id", "tags_all"];
  refuseUnimplemented(config, refused, diagnostics);
  if (isUnknown(config.default_action)) return;
  for (const [index, action] of config.default_action.entries()) {
    if (isUnknown(action)) continue;
    const path = ["default_action", index];
    refuseUnimplemented(action, Object.keys(refusedActionBlocks), diagnostics, path);
    if (action.type === "fixed-response" || action.type === "redirect") {
      const block = blockOf[action.type];
      if (isAbsent(action[block]))
        diagnostics.error(`default_action.${index}.${block} must be set for type ${action.type}`, { path });
    }
    if (action.type === "forward" && action.target_group_arn === null && isAbsent(action.forward))
      diagnostics.error(`default_action.${index} of type forward needs target_group_arn or forward`, { path });
  }
}

/** Dynamic blocks are unknown until their source is known. */
function isAbsent(blocks: readonly unknown[] | Unknown): boolean {
  return !isUnknown(blocks) && blocks.length === 0;
}
