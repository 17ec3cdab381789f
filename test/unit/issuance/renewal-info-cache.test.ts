import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RenewalInfoCache } from "../../../src/issuance/renewal-info-cache";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "ari-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const info = {
  start: new Date("2026-02-01T00:00:00Z"),
  end: new Date("2026-02-02T00:00:00Z"),
  askAgainAt: new Date("2026-01-01T06:00:00Z"),
};

test("keeps what a CA said, per certificate, for other processes too", async () => {
  await new RenewalInfoCache(folder).put("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE", info);
  await expect(new RenewalInfoCache(folder).get("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE")).resolves.toEqual(info);
  await expect(new RenewalInfoCache(folder).get("another.one")).resolves.toBeUndefined();
});

test("an identifier cannot lead out of the folder", async () => {
  await new RenewalInfoCache(folder).put("../../outside", info);
  expect(readdirSync(join(folder, "ari"))).toEqual([expect.stringMatching(/^[0-9a-f]{40}\.json$/)]);
});

test.each([["{"], ["{}"], ['{"start":"x","end":"y","askAgainAt":"z"}']])("%s is as good as nothing", async (text) => {
  const cache = new RenewalInfoCache(folder);
  await cache.put("id", info);
  const [file = ""] = readdirSync(join(folder, "ari"));
  writeFileSync(join(folder, "ari", file), text);
  await expect(cache.get("id")).resolves.toBeUndefined();
});

test("a folder that cannot be written is no error", async () => {
  writeFileSync(join(folder, "file"), "");
  const cache = new RenewalInfoCache(join(folder, "file"));
  await expect(cache.put("id", info)).resolves.toBeUndefined();
  await expect(cache.get("id")).resolves.toBeUndefined();
});
