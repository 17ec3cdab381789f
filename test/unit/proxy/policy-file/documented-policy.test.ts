import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parsePolicyFile } from "../../../../src/proxy/policy-file/parse-policy-file";

test("the policy file of the documentation is a good one", () => {
  const page = readFileSync(join(__dirname, "../../../../docs/reference/akamai-dns-proxy.md"), "utf8");
  const yaml = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? "";
  const { policy } = parsePolicyFile(yaml, "adp.yaml");
  expect(policy.grants.map(({ kind }) => kind)).toEqual(["acme-challenge", "acm-validation", "records"]);
});
