/** `aws_api_gateway_domain_name`: a custom domain name for REST APIs, edge-optimized or regional. */
import type { DomainName } from "../../../aws/rest-api-domain-names";
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import {
  computed,
  defineSchema,
  list,
  listBlock,
  map,
  oneOf,
  optional,
  optionalComputed,
  required,
  string,
  type PlanOf,
  type StateOf,
} from "../../../provider/schema";
import { isUnknown, UNKNOWN } from "../../../provider/wire/value";
import { planRegion } from "../plan-region";
import { planTagsAll, tagChange, tagsState } from "../plan-tags";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for aws_api_gateway_domain_name of hashicorp/aws.",
  attributes: {
    arn: computed(string),
    certificate_arn: optional(string),
    certificate_body: optional(string, { requiresReplace: true }),
    certificate_chain: optional(string, { requiresReplace: true }),
    certificate_name: optional(string),
    certificate_private_key: optional(string, { requiresReplace: true, sensitive: true }),
    certificate_upload_date: computed(string),
    cloudfront_domain_name: computed(string),
    cloudfront_zone_id: computed(string),
    domain_name: required(string, { requiresReplace: true }),
    domain_name_id: computed(string),
    id: optionalComputed(string),
    ownership_verification_certificate_arn: optionalComputed(string),
    policy: optionalComputed(string),
    region: optionalComputed(string, { requiresReplace: true }),
    regional_certificate_arn: optional(string),
    regional_certificate_name: optional(string),
    regional_domain_name: computed(string),
    regional_zone_id: computed(string),
    security_policy: optionalComputed(string),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
  },
  blocks: {
    endpoint_configuration: listBlock({
      maxItems: 1,
      attributes: {
        ip_address_type: optionalComputed(oneOf(["ipv4", "dualstack"])),
        types: required(list(oneOf(["EDGE", "REGIONAL"]))),
      },
    }),
    mutual_tls_authentication: listBlock({
      maxItems: 1,
      attributes: { truststore_uri: required(string), truststore_version: optional(string) },
    }),
  },
});

type State = StateOf<typeof schema>;

const refused = [
  "certificate_body",
  "certificate_chain",
  "certificate_name",
  "certificate_private_key",
  "ownership_verification_certificate_arn",
  "policy",
  "regional_certificate_name",
  "mutual_tls_authentication",
  "id",
  "tags_all",
];

const operations: ResourceOperations<typeof schema, StandInData> = {
  plan({ config, proposed, prior }, { data }) {
    const planned: PlanOf<typeof schema> = {
      ...proposed,
      region: planRegion(config.region, proposed.region, data),
      tags_all: planTagsAll(proposed.tags),
    };
    const isNewCertificate = prior !== null && prior.certificate_arn !== planned.certificate_arn;
    return Promise.resolve({
      planned: isNewCertificate ? { ...planned, certificate_upload_date: UNKNOWN } : planned,
    });
  },

  async create({ config, planned }, { data, signal }) {
    const region = config.region ?? data.region;
    const [endpoint] = planned.endpoint_configuration;
    const made = await data.aws.restApiDomainNames(region).create(
      {
        domainName: planned.domain_name,
        certificateArn: planned.certificate_arn ?? undefined,
        regionalCertificateArn: planned.regional_certificate_arn ?? undefined,
        securityPolicy: (config.security_policy ?? undefined) as DomainName["securityPolicy"],
        endpointConfiguration: endpoint && { types: [...endpoint.types] },
        tags: planned.tags ?? {},
      },
      { signal },
    );
    return { state: stateOf(made, { region, tags: planned.tags, showsEndpoint: endpoint !== undefined }) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    try {
      const found = await data.aws.restApiDomainNames(region).get(nameOf(state), { signal });
      const isImported = state.domain_name_id === null;
      const showsEndpoint = isImported || state.endpoint_configuration.length > 0;
      return { state: stateOf(found, { region, tags: state.tags, showsEndpoint }) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ config, prior, planned }, { data, signal }) {
    const region = prior.region ?? data.region;
    const typeOf = ([endpoint]: readonly { readonly types: readonly string[] }[]) => endpoint?.types[0] ?? null;
    const wanted = {
      // The sandbox's API Gateway refuses it.
      "/endpointConfiguration/types/0": [typeOf(prior.endpoint_configuration), typeOf(planned.endpoint_configuration)],
      "/certificateArn": [prior.certificate_arn, planned.certificate_arn],
      "/regionalCertificateArn": [prior.regional_certificate_arn, planned.regional_certificate_arn],
      "/securityPolicy": [prior.security_policy, config.security_policy],
    } as const;
    const values = Object.entries(wanted).flatMap(([path, [before, after]]) =>
      after === null || after === before ? [] : [[path, after] as const],
    );
    const names = data.aws.restApiDomainNames(region);
    await names.changeTags(prior.arn ?? "", tagChange(prior.tags, planned.tags), { signal });
    const changed = await names.replace(nameOf(prior), Object.fromEntries(values), { signal });
    const showsEndpoint = planned.endpoint_configuration.length > 0;
    return { state: stateOf(changed, { region, tags: planned.tags, showsEndpoint }) };
  },

  async delete({ state }, { data, signal }) {
    const names = data.aws.restApiDomainNames(state.region ?? data.region);
    await names.delete(nameOf(state), { signal }).catch((error: unknown) => {
      if (!isAppError(error, "aws_not_found")) throw error;
    });
  },

  importState: (id) => Promise.resolve({ state: { id, domain_name: id } }),
};

interface Kept {
  readonly region: string;
  readonly tags: State["tags"];
  /** Whether the block is written, or taken over. */
  readonly showsEndpoint: boolean;
}

function stateOf(found: DomainName, { region, tags, showsEndpoint }: Kept): State {
  const name = found.domainName ?? "";
  return {
    arn: `arn:aws:apigateway:${region}::/domainnames/${name}`,
    certificate_arn: found.certificateArn ?? null,
    certificate_body: null,
    certificate_chain: null,
    certificate_name: null,
    certificate_private_key: null,
    certificate_upload_date: found.certificateUploadDate?.toISOString() ?? "",
    cloudfront_domain_name: found.distributionDomainName ?? "",
    cloudfront_zone_id: "Z2FDTNDATAQYW2",
    domain_name: name,
    domain_name_id: found.domainNameId ?? "",
    id: name,
    ownership_verification_certificate_arn: found.ownershipVerificationCertificateArn ?? "",
    policy: found.policy ?? "",
    region,
    regional_certificate_arn: found.regionalCertificateArn ?? null,
    regional_certificate_name: null,
    regional_domain_name: found.regionalDomainName ?? "",
    regional_zone_id: found.regionalHostedZoneId ?? "",
    security_policy: found.securityPolicy ?? "",
    ...tagsState(tags, found.tags ?? {}),
    endpoint_configuration: showsEndpoint
      ? [
          {
            ip_address_type: found.endpointConfiguration?.ipAddressType ?? "ipv4",
            types: (found.endpointConfiguration?.types ?? []).flatMap((type) => (type === "PRIVATE" ? [] : [type])),
          },
        ]
      : [],
    mutual_tls_authentication: [],
  };
}

function nameOf({ domain_name, id }: { readonly domain_name: string | null; readonly id: string | null }): string {
  const name = domain_name ?? id;
  if (name === null) throw new AppError("internal", "the state of aws_api_gateway_domain_name has no name");
  return name;
}

export const apiGatewayDomainName = defineResource<typeof schema, StandInData, never>({
  typeName: "aws_api_gateway_domain_name",
  schema,
  validate(config, diagnostics) {
    refuseUnimplemented(config, refused, diagnostics);
    const { endpoint_configuration: blocks } = config;
    if (isUnknown(blocks)) return;
    for (const block of blocks)
      if (!isUnknown(block)) refuseUnimplemented(block, ["ip_address_type"], diagnostics, ["endpoint_configuration"]);
  },
  load: () => Promise.resolve(operations),
});
