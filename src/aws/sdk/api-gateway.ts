/** What we use of the client for version 1 of API Gateway; a bundler leaves the rest out. */
export {
  APIGatewayClient,
  CreateDomainNameCommand,
  DeleteDomainNameCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDomainNameCommand,
} from "@aws-sdk/client-api-gateway";
