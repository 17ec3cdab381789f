/** Amazon API Gateway, version 2015-07-09: custom domain names for REST APIs (API Gateway API reference, DomainName). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, record, records, text, texts, type Input } from "../input";
import { page } from "../page";
import { restJsonProtocol } from "../rest-json-protocol";
import type { Operation, Output, Service } from "../service";
import type { ApiDomainName } from "./domain-names";
import { tagOperations } from "./tag-operations";

const byName = (input: Input) => optionalText(input, "domainName");

/** Zones that alias records to API Gateway name (AWS general reference, "API Gateway endpoints"; CloudFront's own). */
const hostedZones = { EDGE: "Z2FDTNDATAQYW2", REGIONAL: "Z1UJRXOUMOOFQ8" } as const;

function domainNameOutput(found: ApiDomainName): Output {
  const { name, arn, target, endpointType, certificateArn, certificateSetAt } = found;
  const own =
    endpointType === "EDGE"
      ? {
          certificateArn,
          certificateUploadDate: certificateSetAt,
          distributionDomainName: target,
          distributionHostedZoneId: hostedZones.EDGE,
        }
      : {
          regionalCertificateArn: certificateArn,
          regionalDomainName: target,
          regionalHostedZoneId: hostedZones.REGIONAL,
        };
  return {
    domainName: name,
    domainNameArn: arn,
    ...own,
    domainNameStatus: "AVAILABLE",
    endpointConfiguration: { types: [endpointType], ipAddressType: "ipv4" },
    securityPolicy: found.securityPolicy,
    tags: found.tags,
  };
}

const createDomainName: Operation = {
  subject: byName,
  async run(input, { region, now }) {
    const [type = "EDGE"] = texts(record(input, "endpointConfiguration"), "types");
    if (type !== "EDGE" && type !== "REGIONAL")
      throw new AwsError("BadRequestException", `the sandbox has no domain names of the type ${type}`);
    const member = type === "EDGE" ? "certificateArn" : "regionalCertificateArn";
    // Text: hashicorp/terraform-provider-aws, issue 3276.
    if (optionalText(input, member) === undefined)
      throw new AwsError("BadRequestException", `A certificate was not provided for the endpoint type ${type}.`);
    const made = await region.account.domainNames.create(
      {
        name: text(input, "domainName").toLowerCase(),
        region: region.name,
        endpointType: type,
        certificateArn: text(input, member),
        // CreateDomainName: TLS_1_2 for regional names unless something else is asked for; TLS_1_0 for the edge.
        securityPolicy: optionalText(input, "securityPolicy") ?? (type === "EDGE" ? "TLS_1_0" : "TLS_1_2"),
        tags: record(input, "tags") as Readonly<Record<string, string>>,
      },
      now,
    );
    return domainNameOutput(made);
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
      token: optionalText(input, "position"),
      // GetDomainNames: 25 unless another number is asked for, 500 at most.
      size: pageSize(optionalNumber(input, "limit") ?? 25, 500),
      idOf: ({ name }) => name,
    });
    return { item: items.map(domainNameOutput), position: next };
  },
};

/** Of the paths that can be patched, those of certificate and security policy (UpdateDomainName, patch operations). */
const updateDomainName: Operation = {
  subject: byName,
  async run(input, { region, now }) {
    const { domainNames } = region.account;
    const found = domainNames.get(region.name, text(input, "domainName"));
    const certificate = found.endpointType === "EDGE" ? "/certificateArn" : "/regionalCertificateArn";
    const changes = records(input, "patchOperations").map((patch) => {
      const [op, path] = [text(patch, "op"), text(patch, "path")];
      if (op === "replace" && path === certificate) return { certificateArn: text(patch, "value") };
      if (op === "replace" && path === "/securityPolicy") return { securityPolicy: text(patch, "value") };
      // AWS moves names between EDGE and REGIONAL (developer guide, "Migrate a custom domain name"); the sandbox does not.
      throw new AwsError("BadRequestException", `the sandbox does not take the patch ${op} ${path}`);
    });
    return domainNameOutput(await domainNames.update(found, Object.assign({}, ...changes) as object, now));
  },
};

const deleteDomainName: Operation = {
  subject: byName,
  async run(input, { region, now }) {
    await region.account.domainNames.delete(region.name, text(input, "domainName"), now);
    return {};
  },
};

const one = "/domainnames/{domainName}";

export const apiGatewayService: Service = {
  signingName: "apigateway",
  pathPrefix: "/",
  protocol: restJsonProtocol,
  iamPrefix: "apigateway",
  routes: [
    { action: "CreateDomainName", method: "POST", path: "/domainnames", status: 201 },
    { action: "GetDomainNames", method: "GET", path: "/domainnames" },
    { action: "GetDomainName", method: "GET", path: one },
    { action: "UpdateDomainName", method: "PATCH", path: one },
    { action: "DeleteDomainName", method: "DELETE", path: one, status: 202 },
    { action: "GetTags", method: "GET", path: "/tags/{resourceArn+}" },
    { action: "TagResource", method: "PUT", path: "/tags/{resourceArn+}", status: 204 },
    { action: "UntagResource", method: "DELETE", path: "/tags/{resourceArn+}", status: 204 },
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
