import { randomBytes } from "node:crypto";
import type { IssuedCertificate, IssuedCertificates } from "../../../aws/issued-certificates";
import type { Tags } from "../../../aws/tagged-resources";
import { issuableKeyAlgorithms, keyAlgorithms } from "../../../certificates/key-algorithm";
import { AppError, isAppError } from "../../../platform/errors";
import type { ResourceOperations } from "../../../provider/rpc/resource";
import type { AppliedPlanOf, PlanOf, PriorOf, StateOf } from "../../../provider/schema";
import { containsUnknown, isUnknown, UNKNOWN, type Unknown } from "../../../provider/wire/value";
import { planRegion } from "../plan-region";
import { planTagsAll, tagChange, tagsState } from "../plan-tags";
import type { StandInData } from "../stand-in-data";
import { waitUntil } from "../wait-until";
import type { acmCertificateSchema } from "./acm-certificate-schema";

type Schema = typeof acmCertificateSchema;
type State = StateOf<Schema>;
type Plan = PlanOf<Schema>;

/** How long hashicorp/aws waits for validation records, and for the last user of a certificate to be gone. */
const recordsTimeoutMs = 5 * 60_000;
const inUseTimeoutMs = 20 * 60_000;

export const acmCertificateOperations: ResourceOperations<Schema, StandInData> = {
  plan({ config, proposed, prior }, { data }) {
    const region = planRegion(config.region, proposed.region, data);
    const planned: Plan = { ...proposed, region, tags_all: planTagsAll(proposed.tags) };
    if (prior === null) return Promise.resolve({ planned: { ...planned, ...plannedNames(planned) } });
    // ACM lists the domain name among the others, whether the configuration does or not.
    const isSame = namesOf(planned) !== undefined && namesOf(planned) === namesOf(prior);
    const names = isSame ? { subject_alternative_names: prior.subject_alternative_names } : {};
    const isImportedAnew =
      config.certificate_body !== prior.certificate_body || config.certificate_chain !== prior.certificate_chain;
    return Promise.resolve({
      planned: {
        ...planned,
        ...names,
        ...(isImportedAnew ? { not_after: UNKNOWN, not_before: UNKNOWN, status: UNKNOWN } : {}),
      },
    });
  },

  async create({ config, planned }, context) {
    const { data, signal } = context;
    const region = config.region ?? data.region;
    const issued = data.aws.issuedCertificates(region);
    const tags = planned.tags ?? {};
    const arn =
      planned.private_key === null
        ? await request(issued, planned, tags, signal)
        : await data.aws.certificates(region).importNew({ ...materialOf(planned), tags }, { signal });
    context.checkpoint({ id: arn, arn, region });
    const description = await waitUntil(
      async (limit) => {
        const found = await describe(issued, arn, limit);
        return found.validations.every(({ record }) => record !== undefined) ? found : undefined;
      },
      { signal, timeoutMs: recordsTimeoutMs },
    );
    return { state: stateOf(description, { ...planned, region }, tags) };
  },

  async read({ state }, { data, signal }) {
    const arn = knownArn(state);
    const region = state.region ?? data.region;
    const found = await data.aws.issuedCertificates(region).describe(arn, { signal });
    if (found === undefined) return null;
    const tags = (await data.aws.certificates(region).tags(arn, { signal })) ?? {};
    return { state: stateOf(found, { ...state, region }, tags) };
  },

  async update({ prior, planned }, { data, signal }) {
    const arn = knownArn(prior);
    const region = prior.region ?? data.region;
    const store = data.aws.certificates(region);
    const issued = data.aws.issuedCertificates(region);
    const { set, remove } = tagChange(prior.tags, planned.tags);
    await store.untag(arn, remove, { signal });
    await store.tag(arn, set, { signal });
    const isNew = (["certificate_body", "certificate_chain", "private_key"] as const).some(
      (name) => planned[name] !== prior[name],
    );
    if (planned.private_key !== null && isNew) await store.reimport(arn, materialOf(planned), { signal });
    const options = choicesOf(planned);
    if (options !== undefined && JSON.stringify(options) !== JSON.stringify(choicesOf(prior)))
      await issued.setOptions(arn, options, { signal });
    const found = stateOf(await describe(issued, arn, signal), { ...planned, region }, planned.tags ?? {});
    return { state: keepPlanned(planned, found) };
  },

  async delete({ state }, { data, signal }) {
    const arn = state.arn ?? state.id;
    if (arn === null) return;
    const store = data.aws.certificates(state.region ?? data.region);
    await waitUntil(
      async (limit) => {
        try {
          await store.delete(arn, { signal: limit });
          return true;
        } catch (error) {
          if (isAppError(error, "aws_in_use")) return undefined;
          throw error;
        }
      },
      { signal, timeoutMs: inUseTimeoutMs },
    );
  },

  importState(id) {
    if (/^arn:[\w-]+:acm:[a-z0-9-]+:\d{12}:certificate\/./.test(id)) return Promise.resolve({ state: { id, arn: id } });
    throw new AppError("invalid_argument", `"${id}" is not the ARN of a certificate`, {
      hint: "import a certificate by its ARN",
    });
  },
};

/** All names as one text, the domain name included; undefined while one is not known. */
function namesOf({ domain_name, subject_alternative_names: others }: Plan): string | undefined {
  if (domain_name === null || isUnknown(domain_name) || others === null || isUnknown(others)) return undefined;
  const names = others.filter((name) => !isUnknown(name));
  return names.length < others.length ? undefined : [...new Set([domain_name, ...names])].sort().join(" ");
}

type ValidationOption = Readonly<
  Record<"domain_name" | "resource_record_name" | "resource_record_type" | "resource_record_value", string | Unknown>
>;

/** What follows from the names before anything is requested: which names have a validation record, not what is in it. */
function plannedNames(planned: Plan): Partial<Plan> {
  const { domain_name, subject_alternative_names: others, validation_method, private_key } = planned;
  if (private_key !== null) return {};
  if (domain_name === null || isUnknown(domain_name)) return { domain_validation_options: UNKNOWN };
  const names = [domain_name, ...(isUnknown(others) || others === null ? [] : others)];
  const isKnown = names.every((name) => !isUnknown(name)) && validation_method === "DNS";
  const option = (name: string | Unknown): ValidationOption => ({
    domain_name: name,
    resource_record_name: UNKNOWN,
    resource_record_type: UNKNOWN,
    resource_record_value: UNKNOWN,
  });
  return {
    subject_alternative_names: isUnknown(others) ? [domain_name] : others,
    domain_validation_options: isKnown ? [...new Set(names)].map(option) : UNKNOWN,
  };
}

function request(
  issued: IssuedCertificates,
  planned: AppliedPlanOf<Schema>,
  tags: Tags,
  signal: AbortSignal,
): Promise<string> {
  const { domain_name, subject_alternative_names, key_algorithm } = planned;
  if (domain_name === null || isUnknown(domain_name))
    throw new AppError("invalid_argument", "domain_name is not known when the certificate is requested");
  const names = isUnknown(subject_alternative_names) ? [] : (subject_alternative_names ?? []);
  const keyAlgorithm = issuableKeyAlgorithms.find((each) => each === key_algorithm);
  if (keyAlgorithm === undefined && !isUnknown(key_algorithm) && key_algorithm !== null)
    throw new AppError("invalid_argument", `ACM issues no certificate for a key ${key_algorithm}`);
  return issued.request(
    {
      domainName: domain_name,
      subjectAlternativeNames: names.filter((name) => name !== domain_name),
      keyAlgorithm,
      options: choicesOf(planned),
      tags,
      idempotencyToken: `tf${randomBytes(12).toString("hex")}`,
    },
    { signal },
  );
}

async function describe(issued: IssuedCertificates, arn: string, signal: AbortSignal): Promise<IssuedCertificate> {
  const found = await issued.describe(arn, { signal });
  if (found === undefined) throw new AppError("aws_not_found", `${arn} is gone`);
  return found;
}

interface WithOptions {
  readonly options: readonly {
    readonly certificate_transparency_logging_preference: string | Unknown;
    readonly export: string | Unknown | null;
  }[];
}

function choicesOf({ options }: WithOptions) {
  const [given] = options;
  return (
    given && {
      transparencyLogging: given.certificate_transparency_logging_preference === "ENABLED",
      exportable: given.export === "ENABLED",
    }
  );
}

function materialOf({
  certificate_body,
  certificate_chain,
  private_key,
}: Pick<State, "certificate_body" | "certificate_chain" | "private_key">) {
  return {
    certificatePem: certificate_body ?? "",
    chainPem: certificate_chain ?? "",
    privateKeyPem: private_key ?? "",
  };
}

type Kept = Pick<PriorOf<Schema>, "certificate_body" | "certificate_chain" | "private_key" | "region" | "tags"> & {
  readonly options: readonly unknown[];
  readonly subject_alternative_names: readonly (string | Unknown)[] | Unknown | null;
};

function stateOf(found: IssuedCertificate, kept: Kept, tags: Tags): State {
  const on = (isOn: boolean) => (isOn ? "ENABLED" : "DISABLED");
  const [first, ...more] = found.domainNames;
  const known = kept.subject_alternative_names;
  // ACM lists the domain name as well; what was configured without it stays as it was.
  const isKept = Array.isArray(known) && !known.includes(found.domainName) && known.length > 0;
  return {
    arn: found.arn,
    id: found.arn,
    certificate_authority_arn: null,
    certificate_body: kept.certificate_body,
    certificate_chain: kept.certificate_chain,
    private_key: kept.private_key,
    domain_name: found.domainName,
    domain_validation_options: found.validations.flatMap(({ domainName, record }) =>
      record
        ? [
            {
              domain_name: domainName,
              resource_record_name: record.name,
              resource_record_type: record.type,
              resource_record_value: record.value,
            },
          ]
        : [],
    ),
    early_renewal_duration: null,
    key_algorithm: keyAlgorithms.find((each) => each === found.keyAlgorithm.replace("-", "_")) ?? null,
    not_after: found.notAfter?.toISOString().replace(".000Z", "Z") ?? "",
    not_before: found.notBefore?.toISOString().replace(".000Z", "Z") ?? "",
    pending_renewal: false,
    region: kept.region,
    renewal_eligibility: found.renewalEligibility,
    renewal_summary: found.renewal
      ? [
          {
            renewal_status: found.renewal.status,
            renewal_status_reason: found.renewal.reason ?? "",
            updated_at: found.renewal.updatedAt?.toISOString() ?? "",
          },
        ]
      : [],
    status: found.status,
    subject_alternative_names: isKept ? more : [first ?? found.domainName, ...more],
    ...tagsState(kept.tags, tags),
    type: found.type,
    validation_emails: [],
    validation_method: found.validations.length > 0 ? "DNS" : "NONE",
    options:
      kept.options.length > 0
        ? [
            {
              certificate_transparency_logging_preference: on(found.options.transparencyLogging),
              export: on(found.options.exportable),
            },
          ]
        : [],
    validation_option: [],
  };
}

/** What ACM did since the plan shows at the next refresh; here the plan counts. */
function keepPlanned(planned: AppliedPlanOf<Schema>, found: State): State {
  const known = Object.entries(planned).filter(([, value]) => !containsUnknown(value));
  return { ...found, ...Object.fromEntries(known) };
}

function knownArn({ arn, id }: Pick<PriorOf<Schema>, "arn" | "id">): string {
  const known = arn ?? id;
  if (known === null) throw new AppError("internal", "the state of aws_acm_certificate has no ARN");
  return known;
}
