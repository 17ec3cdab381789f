"use strict";
/**
 * The order of a whole run: suites that take long begin first, so that no worker is left alone with one at the end. Jest
 * knows what took long before, but a fresh clone has no before, and goes by the size of files.
 */
const { existsSync } = require("node:fs");
const { join } = require("node:path");
const { default: Sequencer } = require("@jest/test-sequencer");

/** Those of more than some 30 s, on two cores. */
const longest = [
  "nginx/renew-front-ends",
  "e2e/docs-commands",
  "e2e/manage-certs-kills",
  "prometheus/drills",
  "e2e/manage-certs-revoke-kills",
  "integration/manage-certs/renew-foreign",
  "integration/proxy/oracle",
  "e2e/proxy-soak",
  "e2e/runbooks",
  "e2e/kills",
  "e2e/certificate-semantics",
  "integration/manage-certs/renew-faults-silence",
  "e2e/drift-truth-table",
  "e2e/certificate",
  "integration/manage-certs/renew-faults-aws",
  "cli/akamai-dns-proxy",
  "e2e/examples/infra-repo-pipelines",
  "integration/proxy/http-fuzz",
  "e2e/drift-kills",
  "e2e/examples/nlb-sni-list",
  "e2e/drift-runs",
  "e2e/demo",
  "e2e/plans-acm",
  "e2e/plans-acme",
  "e2e/rollout",
  "e2e/certificate-route53",
  "integration/manage-certs/renew-faults-ca",
  "integration/manage-certs/renew-faults-dns",
  "e2e/dns-record",
  "e2e/examples/many-names-many-zones",
  "e2e/shared-listener",
  "e2e/drift-failures",
  "e2e/manage-certs-issue-kills",
  "e2e/moves-example",
  "e2e/examples/classic-elb",
  "postgres/storm",
  "integration/manage-certs/large-estate",
  "packaging/container-image",
  "e2e/moves-paid",
  "e2e/moves",
  "e2e/examples/infra-repo",
  "e2e/acm-through-proxy",
  "e2e/mistakes",
  "unit/proxy/policy-tools/check-fuzz",
].map((name) => join(__dirname, "..", `${name}.test.ts`));

const missing = longest.filter((path) => !existsSync(path));
if (missing.length > 0) throw new Error(`listed as a long suite, and not there: ${missing.join(", ")}`);

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (longest.includes(path) ? longest.indexOf(path) : longest.length);
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
