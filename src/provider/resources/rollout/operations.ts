/** The operations of `unexpired_rollout`: a certificate on a listener that others may use as well. */
import { AppError, isAppError } from "../../../platform/errors";
import { rollBack } from "../../../rollout/roll-back";
import { servesByName } from "../../../rollout/roll-out";
import {
  classicTarget,
  elbv2Target,
  type ServedCertificates,
  type ServingTarget,
} from "../../../rollout/serving-target";
import type { ResourceOperations } from "../../rpc/resource";
import { isUnknown, UNKNOWN } from "../../schema";
import { engineOf, warnOfLedger } from "../engine";
import { hasPolicy, type ProviderSettings } from "../settings";
import { rolloutPrivateData, type RolloutPrivate } from "./private-data";
import { rollOutOnRecord } from "./roll-out-on-record";
import { parseListenerArn, type RolloutPrior, type rolloutSchema } from "./schema";

export const rolloutOperations: ResourceOperations<typeof rolloutSchema, ProviderSettings, RolloutPrivate> = {
  privateData: rolloutPrivateData,

  plan: async ({ proposed, config }, context) => {
    const { data } = context;
    if (hasPolicy(data)) await (await import("./judge-rollout.js")).judgeRollout(proposed, data, context);
    const { listener_arn: arn } = proposed;
    if (config.region !== null || isUnknown(arn)) return { planned: proposed };
    return {
      planned: { ...proposed, region: arn === null ? (data?.region ?? UNKNOWN) : parseListenerArn(arn).region },
    };
  },

  async read({ state, private: known }, { data, signal }) {
    const target = targetOf(state, data);
    const served = await servedBy(target, signal);
    if (served === undefined) return null;
    const wanted = state.certificate_arn ?? "";
    const role = state.role ?? "default";
    if (role === "sni" && !servesByName(served, wanted)) return null;
    const certificate_arn = role === "default" ? (served.defaultArn ?? "") : wanted;
    if (certificate_arn === "") return null;
    const region = state.region ?? data.region ?? "";
    return {
      state: { ...state, certificate_arn, role, region, id: `${target.name} ${role}` },
      private: known ?? { changedDefault: false },
    };
  },

  async create({ planned }, { data, signal, diagnostics }) {
    const region = regionOf(planned, data);
    const target = targetOf({ ...planned, region }, data);
    const { certificate_arn: certificateArn, role } = planned;
    const done = await rollOutOnRecord(target, { certificateArn, role: roleOf(role), signal }, data, diagnostics);
    const { formerDefaultArn } = done;
    if (formerDefaultArn !== undefined)
      diagnostics.warning(`${formerDefaultArn} is the default of ${target.name} no more`, {
        detail:
          planned.classic_listener === null
            ? "it is somebody else's, so it was left in the listener's SNI list, where clients that send its names still get it; it is put back when this resource is destroyed"
            : "it is somebody else's, and stays in ACM; it is put back when this resource is destroyed",
      });
    return { state: { ...planned, region, id: `${target.name} ${role}` }, private: done };
  },

  async update({ prior, planned, private: known }, { data, signal, diagnostics }) {
    const region = regionOf(planned, data);
    const target = targetOf({ ...planned, region }, data);
    const { certificate_arn: certificateArn, role } = planned;
    const request = { certificateArn, role: roleOf(role), followsArn: prior.certificate_arn, signal };
    await rollOutOnRecord(target, request, data, diagnostics);
    return { state: { ...planned, region, id: `${target.name} ${role}` }, private: known ?? { changedDefault: false } };
  },

  async delete({ state, private: known }, { data, signal, diagnostics }) {
    const target = targetOf(state, data);
    const certificateArn = state.certificate_arn ?? "";
    const { formerDefaultArn, changedDefault = false } = known ?? {};
    const outcome = await rollBack(target, { certificateArn, role: roleOf(state.role), formerDefaultArn, signal });
    warnOfLedger(data, diagnostics);
    if (outcome === "stays" && changedDefault)
      diagnostics.warning(`${target.name} goes on serving ${certificateArn}`, {
        detail:
          "a listener must have a default certificate, and there is none to put back; give it another one before the certificate is deleted",
      });
  },

  async importState(id) {
    const [arn = "", role = "default", ...rest] = id.split(" ");
    if (rest.length > 0 || (role !== "default" && role !== "sni"))
      throw new AppError("invalid_argument", `"${id}" is not an import ID of a rollout`, {
        hint: 'write the listener\'s ARN, or the ARN, a space and "sni" and after the import set certificate_arn',
      });
    const { region } = parseListenerArn(arn);
    return { state: { listener_arn: arn, role, region } };
  },
};

function roleOf(role: string | null): "default" | "sni" {
  return role === "sni" ? "sni" : "default";
}

type Place = Pick<RolloutPrior, "listener_arn" | "classic_listener" | "region">;

function targetOf({ listener_arn, classic_listener, region }: Place, data: ProviderSettings): ServingTarget {
  const engine = engineOf(data);
  if (classic_listener !== null) {
    const { load_balancer_name: loadBalancerName, port } = classic_listener;
    return classicTarget(engine.classicLoadBalancers(region), { loadBalancerName, port });
  }
  const arn = listener_arn ?? "";
  return elbv2Target(engine.loadBalancers(region ?? parseListenerArn(arn).region), arn);
}

/** Errors: `invalid_config` where no region is known. */
function regionOf(
  { region, listener_arn }: { readonly region: unknown; readonly listener_arn: string | null },
  data: ProviderSettings,
): string {
  if (typeof region === "string") return region;
  const known = listener_arn === null ? data.region : parseListenerArn(listener_arn).region;
  if (known !== undefined) return known;
  throw new AppError("invalid_config", "no AWS region is configured", {
    hint: "set region in the provider block or the resource, or AWS_REGION in the environment",
  });
}

/** Undefined if there is no such listener. */
async function servedBy(target: ServingTarget, signal: AbortSignal): Promise<ServedCertificates | undefined> {
  try {
    return await target.served(signal);
  } catch (error) {
    if (isAppError(error, "aws_not_found")) return undefined;
    throw error;
  }
}
