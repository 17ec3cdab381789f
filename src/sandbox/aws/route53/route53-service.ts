/** Amazon Route 53, version 2013-04-01: public hosted zones and their record sets (Route 53 API reference). */
import { restXmlProtocol } from "../rest-xml-protocol";
import type { Route } from "../route";
import type { Service } from "../service";
import { hostedZoneOperations } from "./hosted-zone-operations";
import { recordSetOperations } from "./record-set-operations";
import { tagOperations } from "./tag-operations";

const base = "/2013-04-01";

const routes: readonly Route[] = [
  {
    action: "CreateHostedZone",
    method: "POST",
    path: `${base}/hostedzone`,
    status: 201,
    headers: { location: "Location" },
  },
  { action: "ListHostedZones", method: "GET", path: `${base}/hostedzone` },
  { action: "ListHostedZonesByName", method: "GET", path: `${base}/hostedzonesbyname` },
  { action: "GetHostedZone", method: "GET", path: `${base}/hostedzone/{Id}` },
  { action: "UpdateHostedZoneComment", method: "POST", path: `${base}/hostedzone/{Id}` },
  { action: "DeleteHostedZone", method: "DELETE", path: `${base}/hostedzone/{Id}` },
  { action: "ChangeResourceRecordSets", method: "POST", path: `${base}/hostedzone/{Id}/rrset` },
  { action: "ListResourceRecordSets", method: "GET", path: `${base}/hostedzone/{Id}/rrset` },
  { action: "GetChange", method: "GET", path: `${base}/change/{Id}` },
  { action: "ListTagsForResource", method: "GET", path: `${base}/tags/{ResourceType}/{ResourceId}` },
  { action: "ChangeTagsForResource", method: "POST", path: `${base}/tags/{ResourceType}/{ResourceId}` },
];

export const route53Service: Service = {
  signingName: "route53",
  protocol: restXmlProtocol,
  iamPrefix: "route53",
  namespace: "https://route53.amazonaws.com/doc/2013-04-01/",
  // Route 53 API reference, "Endpoints": a global service, signed for US East (N. Virginia).
  signingRegion: "us-east-1",
  routes,
  operations: { ...hostedZoneOperations, ...recordSetOperations, ...tagOperations },
};
