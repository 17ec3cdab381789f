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
  "e2e/manage-certs-kills",
  "e2e/kills",
  "e2e/proxy-soak",
  "integration/proxy/http-fuzz",
  "integration/manage-certs/renew-foreign",
  "e2e/docs-commands",
  "e2e/manage-certs-issue-kills",
  "e2e/manage-certs-revoke-kills",
  "e2e/certificate-semantics",
  "e2e/examples/nlb-sni-list",
  "e2e/examples/infra-repo-pipelines",
  "e2e/drift-runs",
  "e2e/drift-failures",
  "e2e/drift-truth-table",
  "e2e/certificate",
  "integration/manage-certs/large-estate",
  "packaging/container-image",
  "e2e/examples/many-names-many-zones",
  "e2e/shared-listener",
  "e2e/moves-example",
  "e2e/moves-paid",
  "e2e/moves",
  "e2e/examples/classic-elb",
  "e2e/examples/infra-repo",
  "e2e/acm-through-proxy",
  "e2e/dns-record",
  "e2e/certificate-route53",
  "e2e/rollout",
  "e2e/mistakes",
  "unit/proxy/policy-tools/check-fuzz",
  "cli/akamai-dns-proxy",
].map((name) => join(__dirname, "..", `${name}.test.ts`));

const missing = longest.filter((path) => !existsSync(path));
if (missing.length > 0) throw new Error(`listed as a long suite, and not there: ${missing.join(", ")}`);

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (longest.includes(path) ? longest.indexOf(path) : longest.length);
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
};
