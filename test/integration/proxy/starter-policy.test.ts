import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { issueCredentials } from "../../../src/proxy/issue-credentials";
import { starterPolicy } from "../../../src/proxy/policy-tools/starter-policy";
import { startProxy } from "../../../src/proxy/start-proxy";
import { createThrowawayCa } from "../../../src/sandbox/throwaway-tls";

test("a starter policy is served once its blanks are filled in", async () => {
  const folder = mkdtempSync(join(tmpdir(), "starter-"));
  const policyFile = join(folder, "adp.yaml");
  const readAwsSecret = () => Promise.reject(new Error("nothing here is in AWS"));
  const environment = { ADP_MASTER_KEY: "a master key of the tests, long enough for anybody" };
  try {
    const identity = await (await createThrowawayCa()).issue(["adp.example.gov"]);
    writeFileSync(join(folder, "adp.pem"), identity.certPem);
    writeFileSync(join(folder, "adp.key"), identity.keyPem);
    writeFileSync(
      join(folder, ".edgerc"),
      "[default]\nhost = localhost\nclient_token = a\nclient_secret = b\naccess_token = c\n",
    );
    const text = starterPolicy("adp.yaml", new Date());
    // the port is the system's to choose here, and nobody outside this machine is to reach it
    writeFileSync(policyFile, text.replace("0.0.0.0", "127.0.0.1").replace("port: 8443", "port: 0"));
    await issueCredentials({ policyFile, client: "team-web", environment, readAwsSecret });
    expect(readFileSync(policyFile, "utf8")).toMatch(/- name: team-web # YOURS\n {4}tokens: \[akab-[0-9a-f]{40}\]\n/);
    const proxy = await startProxy({ policyFile, environment, readAwsSecret, homeFolder: folder });
    expect(proxy.port).toBeGreaterThan(0);
    await proxy.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
