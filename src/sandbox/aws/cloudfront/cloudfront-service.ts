/** Amazon CloudFront, version 2020-05-31: distributions (CloudFront API reference). */
import { restXmlProtocol } from "../rest-xml-protocol";
import type { Route } from "../route";
import type { Service } from "../service";
import { distributionOperations } from "./distribution-operations";
import { tagOperations } from "./tag-operations";

const base = "/2020-05-31";
const one = `${base}/distribution/{Id}`;
const version = { etag: "ETag" };
const place = { etag: "ETag", location: "Location" };
const ifMatch = { "if-match": "IfMatch" };

const routes: readonly Route[] = [
  {
    action: "CreateDistributionWithTags",
    method: "POST",
    path: `${base}/distribution?WithTags`,
    requestBody: "DistributionConfigWithTags",
    status: 201,
    headers: place,
    body: "Distribution",
  },
  {
    action: "CreateDistribution",
    method: "POST",
    path: `${base}/distribution`,
    requestBody: "DistributionConfig",
    status: 201,
    headers: place,
    body: "Distribution",
  },
  { action: "ListDistributions", method: "GET", path: `${base}/distribution`, body: "DistributionList" },
  { action: "GetDistribution", method: "GET", path: one, headers: version, body: "Distribution" },
  {
    action: "GetDistributionConfig",
    method: "GET",
    path: `${one}/config`,
    headers: version,
    body: "DistributionConfig",
  },
  {
    action: "UpdateDistribution",
    method: "PUT",
    path: `${one}/config`,
    requestHeaders: ifMatch,
    requestBody: "DistributionConfig",
    headers: version,
    body: "Distribution",
  },
  { action: "DeleteDistribution", method: "DELETE", path: one, requestHeaders: ifMatch, status: 204 },
  { action: "TagResource", method: "POST", path: `${base}/tagging?Operation=Tag`, requestBody: "Tags", status: 204 },
  {
    action: "UntagResource",
    method: "POST",
    path: `${base}/tagging?Operation=Untag`,
    requestBody: "TagKeys",
    status: 204,
  },
  { action: "ListTagsForResource", method: "GET", path: `${base}/tagging`, body: "Tags" },
];

export const cloudFrontService: Service = {
  signingName: "cloudfront",
  protocol: restXmlProtocol,
  iamPrefix: "cloudfront",
  namespace: "http://cloudfront.amazonaws.com/doc/2020-05-31/",
  // CloudFront API reference, "Endpoints": a global service, signed for US East (N. Virginia).
  signingRegion: "us-east-1",
  routes,
  operations: { ...distributionOperations, ...tagOperations },
};
