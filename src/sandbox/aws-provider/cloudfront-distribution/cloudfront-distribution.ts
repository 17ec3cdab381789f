/** `aws_cloudfront_distribution`: a distribution with one cache behavior and origins that are no buckets. */
import { defineResource } from "../../../provider/rpc/resource";
import type { StandInData } from "../stand-in-data";
import { distributionOperations } from "./cloudfront-distribution-operations";
import { distributionSchema, validateDistribution } from "./cloudfront-distribution-schema";

export const cloudFrontDistribution = defineResource<typeof distributionSchema, StandInData, never>({
  typeName: "aws_cloudfront_distribution",
  schema: distributionSchema,
  validate: validateDistribution,
  load: () => Promise.resolve(distributionOperations),
});
