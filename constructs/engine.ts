/**
 * The one import point of the construct engine and of the AWS bindings made for it. Everything else in constructs/
 * imports from here, so that a library with the same interface can stand in for `cdktf` by changing this file alone.
 */
export {
  Annotations,
  Aspects,
  dependable,
  Lazy,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  Token,
} from "cdktf";
export type { IAspect, TerraformMetaArguments } from "cdktf";
export { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
export { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
export { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
export { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
