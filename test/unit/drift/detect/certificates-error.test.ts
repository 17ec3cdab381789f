import { certificatesError } from "../../../../src/drift/detect/certificates-error";
import type { CertificateFinding } from "../../../../src/drift/detect/watched-certificate";
import { watched } from "../../../support/drift/watched";

const found = (rule: CertificateFinding["rule"], level: CertificateFinding["level"] = "error") => ({
  ...{ rule, level, message: `it is ${rule}`, wayOut: "see to it" },
});

test("the worst of all is named, and how many more there are", () => {
  const error = certificatesError([
    watched({ findings: [found("wire-differs"), found("not-seen", "unseen")] }),
    watched({ address: "unexpired_certificate.api", findings: [found("renewal-missed")] }),
  ]);
  expect(error).toMatchObject({
    code: "renewal_missed",
    message: "unexpired_certificate.api: it is renewal-missed (and 1 more)",
    hint: "see to it",
    facts: { certificates: ["unexpired_certificate.web", "unexpired_certificate.api"] },
  });
});

test("what warns, or was not seen, is no error", () => {
  const findings = [found("wire-differs", "warning"), found("not-seen", "unseen")];
  expect(certificatesError([watched({ findings })])).toBeUndefined();
});
