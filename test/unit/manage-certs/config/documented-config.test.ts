import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configShape } from "../../../../src/manage-certs/config/config-shape";
import { readConfig } from "../../../../src/manage-certs/config/read-config";

test("the configuration of docs/reference/manage-certs.md is one, and shows every key", async () => {
  const page = readFileSync(join(__dirname, "../../../../docs/reference/manage-certs.md"), "utf8");
  const text = /^```yaml title=manage-certs\.yaml\n([^]*?)^```$/m.exec(page)?.[1] ?? "";
  const folder = mkdtempSync(join(tmpdir(), "documented-"));
  try {
    const file = join(folder, "manage-certs.yaml");
    writeFileSync(file, text);
    await expect(readConfig({ file, environment: {}, homeFolder: folder })).resolves.toMatchObject({
      issuer: { name: "letsencrypt", profile: "tlsserver" },
      limits: { changes: 20, ordersPerHour: 100, concurrency: 4, graceHours: 24 },
      verify: { waitSeconds: 180 },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  const shown = [...text.matchAll(/^(\w+):/gm)].map(([, key]) => key);
  expect(Object.keys(configShape.shape).filter((key) => !shown.includes(key))).toEqual(["nameServers"]);
});
