import { randomUUID } from "node:crypto";
import type { Distributions, VersionedDistribution } from "../../../aws/distributions";
import { AppError, isAppError } from "../../../platform/errors";
import { retry } from "../../../platform/retry";
import type { ResourceOperations } from "../../../provider/rpc/resource";
import type { PlanOf } from "../../../provider/schema";
import { UNKNOWN } from "../../../provider/wire/value";
import { planTagsAll, tagChange } from "../plan-tags";
import type { StandInData } from "../stand-in-data";
import { waitUntil } from "../wait-until";
import type { distributionSchema } from "./cloudfront-distribution-schema";
import { distributionState } from "./distribution-from-api";
import { distributionToApi } from "./distribution-to-api";

/** How long a change may take to reach the edge everywhere. */
const deploymentTimeoutMs = 90 * 60_000;

export const distributionOperations: ResourceOperations<typeof distributionSchema, StandInData> = {
  plan({ proposed, prior }) {
    const planned: PlanOf<typeof distributionSchema> = { ...proposed, tags_all: planTagsAll(proposed.tags) };
    if (prior === null) return Promise.resolve({ planned });
    const { tags: _tags, tags_all: _all, ...wanted } = planned;
    const { tags: _priorTags, tags_all: _priorAll, ...had } = prior;
    // A new version comes with each change of the configuration.
    const isSame = JSON.stringify(sorted(wanted)) === JSON.stringify(sorted(had));
    if (isSame) return Promise.resolve({ planned });
    return Promise.resolve({
      planned: { ...planned, etag: UNKNOWN, last_modified_time: UNKNOWN, status: UNKNOWN },
    });
  },

  async create({ planned }, { data, signal, checkpoint }) {
    const distributions = data.aws.distributions();
    const tags = planned.tags ?? {};
    const config = distributionToApi(planned, `terraform-${randomUUID()}`);
    const made = await retryUntilCertificateIsSeen(() => distributions.create(config, tags, { signal }), signal);
    checkpoint({ id: made.id, arn: made.distribution.ARN ?? null });
    const found = planned.wait_for_deployment ? await waitUntilDeployed(distributions, made.id, signal) : made;
    return { state: distributionState(found, planned, tags) };
  },

  async read({ state }, { data, signal }) {
    const distributions = data.aws.distributions();
    try {
      const found = await distributions.get(knownId(state), { signal });
      const tags = await distributions.tags(found.distribution.ARN ?? "", { signal });
      return { state: distributionState(found, state, tags) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const distributions = data.aws.distributions();
    const id = knownId(prior);
    let found = await distributions.get(id, { signal });
    if (planned.etag !== prior.etag) {
      const config = distributionToApi(planned, prior.caller_reference ?? "");
      const { etag } = found;
      found = await retryUntilCertificateIsSeen(() => distributions.update({ id, etag }, config, { signal }), signal);
      if (planned.wait_for_deployment) found = await waitUntilDeployed(distributions, id, signal);
    }
    await distributions.changeTags(prior.arn ?? "", tagChange(prior.tags, planned.tags), { signal });
    return { state: distributionState(found, planned, planned.tags ?? {}) };
  },

  async delete({ state }, { data, signal }) {
    const distributions = data.aws.distributions();
    try {
      const disabled = await disable(distributions, knownId(state), signal);
      if (state.retain_on_delete !== true) await distributions.delete(disabled, { signal });
    } catch (error) {
      if (!isAppError(error, "aws_not_found")) throw error;
    }
  },

  importState: (id) => Promise.resolve({ state: { id, retain_on_delete: false, wait_for_deployment: true } }),
};

/** By the configuration that is deployed, whatever was planned. */
async function disable(distributions: Distributions, id: string, signal: AbortSignal): Promise<VersionedDistribution> {
  const found = await distributions.get(id, { signal });
  const { DistributionConfig: config } = found.distribution;
  if (config?.Enabled === true) await distributions.update(found, { ...config, Enabled: false }, { signal });
  return waitUntilDeployed(distributions, id, signal);
}

function waitUntilDeployed(
  distributions: Distributions,
  id: string,
  signal: AbortSignal,
): Promise<VersionedDistribution> {
  return waitUntil(
    async (limit) => {
      const found = await distributions.get(id, { signal: limit });
      return found.distribution.Status === "Deployed" ? found : undefined;
    },
    { signal, timeoutMs: deploymentTimeoutMs },
  );
}

/** CloudFront sees a new certificate after a while; the real provider waits for a minute as well. */
function retryUntilCertificateIsSeen<T>(attach: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return retry(attach, {
    policy: { attempts: 6, firstDelayMs: 200, maxDelayMs: 5_000 },
    signal,
    isRetryable: (error) =>
      isAppError(error, "aws_request") && /^InvalidViewerCertificate/.test(String(error.facts.error)),
  });
}

/** Sets in one order, so that they can be compared. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(sorted(item))).sort();
  if (typeof value === "symbol") return "unknown";
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, sorted(member)] as const);
  return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function knownId({ id }: { readonly id: string | null }): string {
  if (id === null) throw new AppError("internal", "the state of aws_cloudfront_distribution has no ID");
  return id;
}
