import type { IConstruct } from "constructs";
import { Annotations } from "../engine";
import { isUnknown } from "../is-unknown";
import type { IssueRequest } from "../issued-certificate";
import { type Mistake, mistakeIn } from "../mistake";

/** ACM API reference, RequestCertificate, KeyAlgorithm. */
const requestable = ["RSA_2048", "EC_prime256v1", "EC_secp384r1"];
/** The same page, DomainName: it becomes the common name (RFC 5280 A.1, ub-common-name). */
const longestFirstName = 64;
/** ACM user guide, Quotas: by default; 100 at most on request. */
export const namesByDefault = 10;

/** Checks what only matters where ACM is the issuer. */
export function checkAcmRequest(scope: IConstruct, request: IssueRequest): void {
  const refuse = (mistake: Mistake): never => {
    throw mistakeIn(scope, mistake);
  };
  const { domainNames, keyAlgorithm, renewal } = request;
  const unknown = isUnknown(domainNames) || domainNames.some((name) => isUnknown(name));
  if (unknown)
    refuse({
      what: "domainNames holds a value that only terraform will know",
      source: "unexpired: each name is proved by a record that is declared at synthesis",
      fix: "write the names as text",
    });
  if (!isUnknown(keyAlgorithm) && !requestable.includes(keyAlgorithm))
    refuse({
      what: `key algorithm "${keyAlgorithm}" is not one that ACM issues for`,
      source: "ACM API reference, RequestCertificate, KeyAlgorithm",
      fix: `use one of ${requestable.join(", ")}`,
    });
  const [first = ""] = domainNames;
  if (first.length > longestFirstName)
    refuse({
      what: `the first name has ${first.length} characters, and ACM takes ${longestFirstName} at most there`,
      source: "ACM API reference, RequestCertificate, DomainName",
      fix: "put a shorter name first",
    });
  if (domainNames.length > namesByDefault)
    Annotations.of(scope).addWarning(
      `${scope.node.path}: ${domainNames.length} names, and ACM issues for ${namesByDefault} unless the quota "Domain names per ACM certificate" was raised (ACM user guide, Quotas)`,
    );
  if (renewal !== undefined)
    Annotations.of(scope).addWarning(
      `${scope.node.path}: renewal has no meaning here: ACM renews by itself (ACM user guide, managed renewal); leave it out`,
    );
}
