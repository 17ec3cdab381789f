/** Schema of `unexpired_rollout` and the rules that need no network. */
import { parseCertificateArn } from "../../../aws/arn";
import { AppError } from "../../../platform/errors";
import {
  computed,
  defineSchema,
  isUnknown,
  number,
  object,
  oneOf,
  optional,
  optionalComputed,
  required,
  string,
  timeouts,
  type ConfigOf,
  type Diagnostics,
  type PriorOf,
  type StateOf,
} from "../../schema";
import { checkRegion } from "../aws-arguments";

export const rolloutSchema = defineSchema({
  description:
    "A certificate on a listener of a load balancer. When the certificate changes, the new one is attached and then exactly the one that it follows is taken away; certificates that others attached stay.",
  attributes: {
    listener_arn: optional(string, {
      description: "listener of an Application or Network Load Balancer",
      requiresReplace: true,
      validate: parseListenerArn,
    }),
    classic_listener: optional(
      object({
        load_balancer_name: required(string, { description: "name of a Classic Load Balancer" }),
        port: required(number, { description: "port that clients connect to" }),
      }),
      { description: "listener of a Classic Load Balancer", requiresReplace: true },
    ),
    certificate_arn: required(string, {
      description: "certificate in ACM to serve",
      validate: parseCertificateArn,
    }),
    role: optional(oneOf(["default", "sni"]), {
      default: "default",
      description:
        "`default`: for clients whose name no other certificate covers, or who send none; `sni`: one more, chosen by name",
      requiresReplace: true,
    }),
    region: optionalComputed(string, {
      description: "region of the load balancer; default: that of listener_arn, or the provider's",
      requiresReplace: true,
      validate: checkRegion,
    }),
    timeouts: timeouts({ create: "10m", update: "10m", delete: "10m" }),
    id: computed(string, { description: "listener and role" }),
  },
});

export type RolloutState = StateOf<typeof rolloutSchema>;
export type RolloutPrior = PriorOf<typeof rolloutSchema>;

export function validateRollout(config: ConfigOf<typeof rolloutSchema>, diagnostics: Diagnostics): void {
  const { listener_arn, classic_listener, role } = config;
  if (isUnknown(listener_arn) || isUnknown(classic_listener)) return;
  if ((listener_arn === null) === (classic_listener === null))
    diagnostics.thrown(
      new AppError("invalid_argument", "neither, or both, of listener_arn and classic_listener are set", {
        hint: "name the one listener that is to serve the certificate",
      }),
      [listener_arn === null ? "listener_arn" : "classic_listener"],
    );
  if (classic_listener !== null && role === "sni")
    diagnostics.thrown(
      new AppError("invalid_argument", "a Classic Load Balancer serves one certificate per listener", {
        hint: "leave out role",
      }),
      ["role"],
    );
}

/** Region of the listener. Errors: `invalid_argument`. */
export function parseListenerArn(arn: string): { readonly region: string } {
  const region = /^arn:[\w-]+:elasticloadbalancing:([a-z0-9-]+):\d{12}:listener\/(?:app|net)\/.+$/.exec(arn)?.[1];
  if (region !== undefined) return { region };
  throw new AppError("invalid_argument", `"${arn}" is not the ARN of an ALB or NLB listener`, {
    hint: "write arn:aws:elasticloadbalancing:<region>:<account>:listener/app/<name>/<id>/<id>",
  });
}
