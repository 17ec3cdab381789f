import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../../../../src/manage-certs/config/read-config";
import { starterConfig, writeStarterConfig } from "../../../../src/manage-certs/init/starter-config";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "manage-certs-init-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (file: string) => readConfig({ file, environment: {}, homeFolder: folder });

test("it is a configuration as it stands, and is so with every example in its comments", async () => {
  const file = join(folder, "manage-certs.yaml");
  await writeStarterConfig(file);
  const config = await read(file);
  expect(config).toMatchObject({ regions: "all", issuer: { name: "letsencrypt" } });
  const everything = starterConfig.replace(/^( *)# (?=( *)(?:- )?[a-zA-Z]+:(?: |$))/gm, "$1");
  writeFileSync(file, everything);
  expect(await read(file)).toMatchObject({
    ...{ accounts: [{ name: "shared" }, { name: "shop" }], limits: { changes: 20 } },
    ...{ zones: [{ type: "edge_dns" }, { type: "route53", id: "Z0123456789ABCDEFGHIJ" }] },
    owners: [{ owner: "shop" }],
  });
});

test("a file that is there stays as it is", async () => {
  const file = join(folder, "manage-certs.yaml");
  writeFileSync(file, "regions: all\n");
  await expect(writeStarterConfig(file)).rejects.toMatchObject({ code: "invalid_argument" });
  expect(readFileSync(file, "utf8")).toBe("regions: all\n");
});
