import type { IConstruct } from "constructs";
import type { ICertificate } from "../certificate";
import { isUnknown } from "../is-unknown";
import { mistakeIn } from "../mistake";

export interface KeyRule {
  /** Who has the rule. */
  readonly who: string;
  /** In ACM's spelling, the one to recommend first. */
  readonly accepted: readonly string[];
  readonly source: string;
}

/** CloudFront, at the side of viewers. */
export const cloudFrontKeys: KeyRule = {
  who: "CloudFront",
  accepted: ["EC_prime256v1", "RSA_2048", "RSA_3072"],
  source: "CloudFront developer guide, requirements for certificates, key type and size",
};

/** An edge-optimized domain name of API Gateway: a distribution of CloudFront, and RSA keys of 2048 bits at most. */
export const apiGatewayEdgeKeys: KeyRule = {
  who: "an edge-optimized domain name",
  accepted: ["EC_prime256v1", "RSA_2048"],
  source: "API Gateway developer guide, certificates for custom domain names",
};

/** A domain name of API Gateway in a region: RSA keys of 2048 bits at most. */
export const apiGatewayRegionalKeys: KeyRule = {
  who: "API Gateway",
  accepted: ["EC_prime256v1", "EC_secp384r1", "RSA_2048"],
  source: "API Gateway developer guide, certificates for custom domain names",
};

/** Of TLS listeners. One with a larger RSA key is made and never works (notice of AWS in mattclay/aws-terminator 309). */
export const networkLoadBalancerKeys: KeyRule = {
  who: "a Network Load Balancer",
  accepted: ["EC_prime256v1", "EC_secp384r1", "EC_secp521r1", "RSA_1024", "RSA_2048", "RSA_3072"],
  source: "Network Load Balancers user guide, server certificates, supported key algorithms",
};

/** Refuses a key algorithm that the service takes no certificates with, where it is known. */
export function checkAcceptedKey(scope: IConstruct, { keyAlgorithm }: ICertificate, rule: KeyRule): void {
  if (keyAlgorithm === undefined || isUnknown(keyAlgorithm) || rule.accepted.includes(keyAlgorithm)) return;
  throw mistakeIn(scope, {
    what: `the certificate has a key ${keyAlgorithm}, and ${rule.who} takes ${rule.accepted.join(", ")}`,
    source: rule.source,
    fix: `set the certificate's keyAlgorithm to "${rule.accepted[0]}"`,
  });
}
