/** `aws_apigatewayv2_domain_name`: a custom domain name for HTTP and WebSocket APIs. */
import type { DomainNameConfiguration, HttpApiDomainName } from "../../../aws/http-api-domain-names";
import { AppError, isAppError } from "../../../platform/errors";
import { defineResource, type ResourceOperations } from "../../../provider/rpc/resource";
import {
  computed,
  defineSchema,
  listBlock,
  map,
  oneOf,
  optional,
  optionalComputed,
  required,
  singleBlock,
  string,
  type StateOf,
} from "../../../provider/schema";
import { isUnknown, type Unknown } from "../../../provider/wire/value";
import { planRegion } from "../plan-region";
import { planTagsAll, tagChange, tagsState } from "../plan-tags";
import { refuseUnimplemented } from "../refuse-unimplemented";
import type { StandInData } from "../stand-in-data";

const schema = defineSchema({
  description: "Sandbox stand-in for aws_apigatewayv2_domain_name of hashicorp/aws.",
  attributes: {
    api_mapping_selection_expression: computed(string),
    arn: computed(string),
    domain_name: required(string, { requiresReplace: true }),
    id: optionalComputed(string),
    region: optionalComputed(string, { requiresReplace: true }),
    tags: optional(map(string)),
    tags_all: optionalComputed(map(string)),
  },
  blocks: {
    domain_name_configuration: listBlock({
      minItems: 1,
      maxItems: 1,
      attributes: {
        certificate_arn: required(string),
        endpoint_type: required(oneOf(["REGIONAL"])),
        hosted_zone_id: computed(string),
        ip_address_type: optionalComputed(oneOf(["ipv4", "dualstack"])),
        ownership_verification_certificate_arn: optionalComputed(string),
        security_policy: required(oneOf(["TLS_1_2"])),
        target_domain_name: computed(string),
      },
    }),
    mutual_tls_authentication: listBlock({
      maxItems: 1,
      attributes: { truststore_uri: required(string), truststore_version: optional(string) },
    }),
    timeouts: singleBlock({ attributes: { create: optional(string), update: optional(string) } }),
  },
});

type State = StateOf<typeof schema>;

const refused = ["mutual_tls_authentication", "timeouts", "id", "tags_all"];

const operations: ResourceOperations<typeof schema, StandInData> = {
  plan: ({ config, proposed }, { data }) =>
    Promise.resolve({
      planned: {
        ...proposed,
        region: planRegion(config.region, proposed.region, data),
        tags_all: planTagsAll(proposed.tags),
      },
    }),

  async create({ config, planned }, { data, signal }) {
    const region = config.region ?? data.region;
    const names = data.aws.httpApiDomainNames(region);
    const tags = planned.tags ?? {};
    const made = await names.create(planned.domain_name, configurationOf(planned), { signal, tags });
    return { state: stateOf(made, { region, tags: planned.tags }) };
  },

  async read({ state }, { data, signal }) {
    const region = state.region ?? data.region;
    try {
      const found = await data.aws.httpApiDomainNames(region).get(nameOf(state), { signal });
      return { state: stateOf(found, { region, tags: state.tags }) };
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return null;
      throw error;
    }
  },

  async update({ prior, planned }, { data, signal }) {
    const region = prior.region ?? data.region;
    const names = data.aws.httpApiDomainNames(region);
    await names.changeTags(prior.arn ?? "", tagChange(prior.tags, planned.tags), { signal });
    const changed = await names.update(nameOf(prior), configurationOf(planned), { signal });
    return { state: stateOf(changed, { region, tags: planned.tags }) };
  },

  async delete({ state }, { data, signal }) {
    const names = data.aws.httpApiDomainNames(state.region ?? data.region);
    await names.delete(nameOf(state), { signal }).catch((error: unknown) => {
      if (!isAppError(error, "aws_not_found")) throw error;
    });
  },

  importState: (id) => Promise.resolve({ state: { id, domain_name: id } }),
};

interface Configured {
  readonly domain_name_configuration: readonly {
    readonly certificate_arn: string;
    readonly security_policy: "TLS_1_2";
    readonly ip_address_type: "ipv4" | "dualstack" | Unknown | null;
  }[];
}

function configurationOf({ domain_name_configuration: [given] }: Configured): DomainNameConfiguration {
  const address = given?.ip_address_type ?? null;
  return {
    CertificateArn: given?.certificate_arn,
    EndpointType: "REGIONAL",
    IpAddressType: isUnknown(address) || address === null ? undefined : address,
    SecurityPolicy: given?.security_policy,
  };
}

interface Kept {
  readonly region: string;
  readonly tags: State["tags"];
}

function stateOf(found: HttpApiDomainName, { region, tags }: Kept): State {
  const name = found.DomainName ?? "";
  return {
    api_mapping_selection_expression: found.ApiMappingSelectionExpression ?? "",
    arn: `arn:aws:apigateway:${region}::/domainnames/${name}`,
    domain_name: name,
    id: name,
    region,
    ...tagsState(tags, found.Tags ?? {}),
    domain_name_configuration: (found.DomainNameConfigurations ?? []).map((each) => ({
      certificate_arn: each.CertificateArn ?? "",
      endpoint_type: "REGIONAL",
      hosted_zone_id: each.HostedZoneId ?? "",
      ip_address_type: each.IpAddressType ?? "ipv4",
      ownership_verification_certificate_arn: each.OwnershipVerificationCertificateArn ?? "",
      security_policy: "TLS_1_2",
      target_domain_name: each.ApiGatewayDomainName ?? "",
    })),
    mutual_tls_authentication: [],
    timeouts: null,
  };
}

function nameOf({ domain_name, id }: { readonly domain_name: string | null; readonly id: string | null }): string {
  const name = domain_name ?? id;
  if (name === null) throw new AppError("internal", "the state of aws_apigatewayv2_domain_name has no name");
  return name;
}

export const apiGatewayV2DomainName = defineResource<typeof schema, StandInData, never>({
  typeName: "aws_apigatewayv2_domain_name",
  schema,
  validate(config, diagnostics) {
    refuseUnimplemented(config, refused, diagnostics);
    const { domain_name_configuration: blocks } = config;
    if (isUnknown(blocks)) return;
    for (const block of blocks)
      if (!isUnknown(block))
        refuseUnimplemented(block, ["ip_address_type", "ownership_verification_certificate_arn"], diagnostics, [
          "domain_name_configuration",
        ]);
  },
  load: () => Promise.resolve(operations),
});
