/** `aws_acm_certificate_validation`: nothing of its own; it is there once a certificate is issued. */
import type { IssuedCertificate } from "../../../aws/issued-certificates";
import { AppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import {
  defineSchema,
  optional,
  optionalComputed,
  required,
  set,
  singleBlock,
  string,
  type StateOf,
} from "../../../provider/schema";
import { parseDuration } from "../../../provider/schema/duration";
import { planRegion } from "../plan-region";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";
import { waitUntil } from "../wait-until";

const schema = defineSchema({
  description: "Sandbox stand-in for aws_acm_certificate_validation of hashicorp/aws.",
  attributes: {
    certificate_arn: required(string, { requiresReplace: true }),
    id: optionalComputed(string),
    region: optionalComputed(string, { requiresReplace: true }),
    validation_record_fqdns: optional(set(string), { requiresReplace: true }),
  },
  blocks: { timeouts: singleBlock({ attributes: { create: optional(string, { validate: parseDuration }) } }) },
});

const defaultTimeout = "75m";

const operations: ResourceOperations<typeof schema, StandInData> = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({ planned: { ...proposed, region: planRegion(config.region, proposed.region, data) } }),

  async create({ config, planned }, { data, signal }) {
    const { certificate_arn: arn, validation_record_fqdns: fqdns, timeouts } = planned;
    const region = config.region ?? data.region;
    const issued = data.aws.issuedCertificates(region);
    const first = await issued.describe(arn, { signal });
    if (first === undefined) throw new AppError("aws_not_found", `${arn} does not exist`);
    check(first, fqdns);
    const { issuedAt } = await waitUntil(
      async (limit) => issuedOrNotYet(arn, await issued.describe(arn, { signal: limit })),
      { signal, timeoutMs: parseDuration(timeouts?.create ?? defaultTimeout) },
    );
    return { state: { ...planned, region, id: issuedAt?.toISOString() ?? arn } };
  },

  /** Gone, and thus waited for again, if the certificate is not issued any more. */
  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    const found = await data.aws.issuedCertificates(region).describe(state.certificate_arn ?? "", { signal });
    return found?.status === "ISSUED" ? { state: { ...(state as StateOf<typeof schema>), region } } : null;
  },

  // there is nothing to undo
  delete: () => Promise.resolve(),

  // the waiting time is all that can change in place
  update: ({ prior, planned }) => Promise.resolve({ state: { ...prior, timeouts: planned.timeouts } }),
};

function check({ arn, type, validations }: IssuedCertificate, fqdns: readonly string[] | null): void {
  if (type !== "AMAZON_ISSUED")
    throw new AppError("invalid_argument", `${arn} is of type ${type}, which needs no validation`);
  const given = fqdns?.map(withoutDot) ?? [];
  const missing = validations.filter(({ record }) => record && !given.includes(withoutDot(record.name)));
  if (given.length > 0 && missing.length > 0)
    throw new AppError(
      "invalid_argument",
      missing
        .map(
          ({ domainName, record }) => `missing ${domainName} DNS validation record: ${withoutDot(record?.name ?? "")}`,
        )
        .join("; "),
      { hint: "list every distinct validation record in validation_record_fqdns" },
    );
}

function issuedOrNotYet(arn: string, found: IssuedCertificate | undefined): IssuedCertificate | undefined {
  if (found?.status === "PENDING_VALIDATION") return undefined;
  if (found?.status === "ISSUED") return found;
  const reason = found?.failureReason === undefined ? "" : `: ${found.failureReason}`;
  throw new AppError("aws_request", `${arn} is not issued but ${found?.status ?? "gone"}${reason}`);
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}

export const acmCertificateValidation = defineResource<typeof schema, StandInData, never>({
  typeName: "aws_acm_certificate_validation",
  schema,
  validate: (config, diagnostics) => refuseUnimplemented(config, ["id"], diagnostics),
  load: () => Promise.resolve(operations),
});
