import type { ScannedCertificate } from "../scan/estate";

/** Who has to do what, by the owner of the renewal. */
export function renewalAdvice({ owner, arn }: Pick<ScannedCertificate, "owner" | "arn">): string {
  switch (owner) {
    case "acm":
      return "see that its validation records are in DNS and that ACM may renew it: it renews by itself then";
    case "terraform":
      return "apply the stack that its tags name; its plan shows the renewal";
    case "acme-client":
      return "see to the ACME client that holds its key";
    case "unexpired":
    case "nobody":
      return `renew it: manage-certs renew --only ${arn} --apply`;
  }
}
