/** Amazon API Gateway, version 2018-11-29: custom domain names for HTTP and WebSocket APIs, which are regional. */
import type { ApiDomainName } from "../apigateway/domain-names";
import { tagOperations } from "../apigateway/tag-operations";
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, record, records, text, type Input } from "../input";
import { page } from "../page";
import { restJsonProtocol } from "../rest-json-protocol";
import type { Operation, Output, Service } from "../service";

const byName = (input: Input) => optionalText(input, "domainName");

function domainNameOutput(found: ApiDomainName): Output {
  return {
    apiMappingSelectionExpression: "$request.basepath",
    domainName: found.name,
    domainNameArn: found.arn,
    domainNameConfigurations: [
      {
        apiGatewayDomainName: found.target,
        certificateArn: found.certificateArn,
        domainNameStatus: "AVAILABLE",
        endpointType: found.endpointType,
        hostedZoneId: "Z1UJRXOUMOOFQ8",
        ipAddressType: "ipv4",
        securityPolicy: found.securityPolicy,
      },
    ],
    tags: found.tags,
  };
}

/** The one configuration of a name; the API has a list of them for moves between endpoint types. */
function configurationOf(input: Input): { readonly certificateArn: string; readonly securityPolicy: string } {
  const [given, ...more] = records(input, "domainNameConfigurations");
  if (given === undefined || more.length > 0 || (optionalText(given, "endpointType") ?? "REGIONAL") !== "REGIONAL")
    throw new AwsError("BadRequestException", "a domain name of version 2 has one configuration, a REGIONAL one");
  return {
    certificateArn: text(given, "certificateArn"),
    securityPolicy: optionalText(given, "securityPolicy") ?? "TLS_1_2",
  };
}

const createDomainName: Operation = {
  subject: byName,
  async run(input, { region, now }) {
    const name = text(input, "domainName").toLowerCase();
    const tags = record(input, "tags") as Readonly<Record<string, string>>;
    const wanted = { name, region: region.name, endpointType: "REGIONAL", tags, ...configurationOf(input) } as const;
    return domainNameOutput(await region.account.domainNames.create(wanted, now));
  },
};

const getDomainName: Operation = {
  subject: byName,
  reads: true,
  run: (input, { region }) => domainNameOutput(region.account.domainNames.get(region.name, text(input, "domainName"))),
};

const getDomainNames: Operation = {
  reads: true,
  run(input, { region, pageSize }) {
    const { items, next } = page(region.account.domainNames.in(region.name), {
      token: optionalText(input, "nextToken"),
      // The reference says no number for GetDomainNames; those of version 1 are taken.
      size: pageSize(optionalNumber(input, "maxResults") ?? 25, 500),
      idOf: ({ name }) => name,
    });
    return { items: items.map(domainNameOutput), nextToken: next };
  },
};

const updateDomainName: Operation = {
  subject: byName,
  async run(input, { region, now }) {
    const { domainNames } = region.account;
    const found = domainNames.get(region.name, text(input, "domainName"));
    return domainNameOutput(await domainNames.update(found, configurationOf(input), now));
  },
};

const deleteDomainName: Operation = {
  subject: byName,
  async run(input, { region, now }) {
    await region.account.domainNames.delete(region.name, text(input, "domainName"), now);
    return {};
  },
};

const one = "/v2/domainnames/{domainName}";

export const apiGatewayV2Service: Service = {
  signingName: "apigateway",
  pathPrefix: "/v2/",
  protocol: restJsonProtocol,
  iamPrefix: "apigateway",
  routes: [
    { action: "CreateDomainName", method: "POST", path: "/v2/domainnames", status: 201 },
    { action: "GetDomainNames", method: "GET", path: "/v2/domainnames" },
    { action: "GetDomainName", method: "GET", path: one },
    { action: "UpdateDomainName", method: "PATCH", path: one },
    { action: "DeleteDomainName", method: "DELETE", path: one, status: 204 },
    { action: "GetTags", method: "GET", path: "/v2/tags/{resourceArn+}" },
    { action: "TagResource", method: "POST", path: "/v2/tags/{resourceArn+}", status: 201 },
    { action: "UntagResource", method: "DELETE", path: "/v2/tags/{resourceArn+}", status: 204 },
  ],
  operations: {
    CreateDomainName: createDomainName,
    GetDomainNames: getDomainNames,
    GetDomainName: getDomainName,
    UpdateDomainName: updateDomainName,
    DeleteDomainName: deleteDomainName,
    ...tagOperations,
  },
};
