/** What we use of the client for version 2 of API Gateway; a bundler leaves the rest out. */
export {
  ApiGatewayV2Client,
  CreateDomainNameCommand,
  DeleteDomainNameCommand,
  GetDomainNameCommand,
  GetDomainNamesCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateDomainNameCommand,
} from "@aws-sdk/client-apigatewayv2";
