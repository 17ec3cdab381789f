/** `data "aws_acm_certificate"`: a certificate by its domain name (internal/service/acm/certificate_data_source.go). */
import { sdk } from "../../../aws/sdk";
import { AppError, isAppError } from "../../../platform/errors";
import { defineDataSource } from "../../../provider/rpc/data-source";
import type { OperationContext } from "../../../provider/rpc/resource";
import {
  bool,
  computed,
  defineSchema,
  list,
  map,
  oneOf,
  optional,
  optionalComputed,
  set,
  string,
  type KnownConfigOf,
} from "../../../provider/schema";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for the data source aws_acm_certificate of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    certificate: computed(string),
    certificate_chain: computed(string),
    domain: optionalComputed(string),
    id: optionalComputed(string),
    key_types: optional(set(string)),
    most_recent: optional(bool),
    region: optionalComputed(string),
    status: computed(string),
    statuses: optional(list(string)),
    tags: optionalComputed(map(string)),
    types: optional(list(oneOf(["AMAZON_ISSUED", "IMPORTED", "PRIVATE"]))),
  },
});

type Config = KnownConfigOf<typeof schema>;
type Context = OperationContext<StandInData>;
type ListInput = InstanceType<ReturnType<typeof sdk.acm>["ListCertificatesCommand"]>["input"];

interface Content {
  readonly Certificate?: string;
  readonly CertificateChain?: string;
}

/** ACM lists certificates with RSA keys of 1024 and 2048 bits alone, unless `key_types` names others. */
async function listArns(config: Config, { data, signal }: Context, region: string): Promise<readonly string[]> {
  const calls = data.services.acm(region);
  const arns: string[] = [];
  let NextToken: string | undefined;
  do {
    const input = {
      CertificateStatuses: config.statuses ?? ["ISSUED"],
      Includes: config.key_types === null ? undefined : { keyTypes: config.key_types },
      NextToken,
    } as ListInput;
    const page = await calls.call("ListCertificates", "*", signal, (client, options) =>
      client.send(new (sdk.acm().ListCertificatesCommand)(input), options),
    );
    for (const { CertificateArn, DomainName } of page.CertificateSummaryList ?? [])
      if (CertificateArn !== undefined && DomainName === config.domain) arns.push(CertificateArn);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return arns;
}

async function findCertificate(config: Config, context: Context, region: string) {
  const calls = context.data.services.acm(region);
  const described = [];
  for (const CertificateArn of await listArns(config, context, region)) {
    const { Certificate } = await calls.call("DescribeCertificate", CertificateArn, context.signal, (client, options) =>
      client.send(new (sdk.acm().DescribeCertificateCommand)({ CertificateArn }), options),
    );
    if (Certificate && (config.types === null || config.types.some((type) => type === Certificate.Type)))
      described.push(Certificate);
  }
  const newestFirst = described.sort(
    (one, other) => (other.NotBefore?.getTime() ?? 0) - (one.NotBefore?.getTime() ?? 0),
  );
  const [found, ...more] = newestFirst;
  if (found?.CertificateArn !== undefined && (more.length === 0 || config.most_recent === true)) return found;
  const domain = config.domain ?? "";
  throw found === undefined
    ? new AppError("invalid_argument", `no ACM certificate matches domain ${domain}`, {
        hint: "ACM lists RSA keys of up to 2048 bits alone: name others in key_types",
      })
    : new AppError("invalid_argument", `more than one ACM certificate matches domain ${domain}`, {
        hint: "set most_recent, or narrow types and key_types",
      });
}

/** Nothing where the certificate is not issued. */
async function contentOf(CertificateArn: string, { data, signal }: Context, region: string): Promise<Content> {
  try {
    return await data.services
      .acm(region)
      .call("GetCertificate", CertificateArn, signal, (client, options) =>
        client.send(new (sdk.acm().GetCertificateCommand)({ CertificateArn }), options),
      );
  } catch (error) {
    if (isAppError(error, "aws_not_found")) return {};
    throw error;
  }
}

export const acmCertificateDataSource = defineDataSource<typeof schema, StandInData>({
  typeName: "aws_acm_certificate",
  schema,
  validate(config, diagnostics) {
    refuseUnimplemented(config, ["id", "tags"], diagnostics);
    if (config.domain === null) diagnostics.error("domain must be set in the sandbox", { path: ["domain"] });
  },
  load: () =>
    Promise.resolve({
      async read(config, context) {
        const region = config.region ?? context.data.region;
        const found = await findCertificate(config, context, region);
        const arn = found.CertificateArn ?? "";
        const content: Content = found.Status === "ISSUED" ? await contentOf(arn, context, region) : {};
        return {
          arn,
          certificate: content.Certificate ?? "",
          certificate_chain: content.CertificateChain ?? "",
          domain: found.DomainName ?? "",
          id: arn,
          key_types: config.key_types,
          most_recent: config.most_recent,
          region,
          status: found.Status ?? "",
          statuses: config.statuses,
          tags: (await context.data.aws.certificates(region).tags(arn, { signal: context.signal })) ?? {},
          types: config.types,
        };
      },
    }),
});
