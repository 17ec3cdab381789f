import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findStacks } from "../../../../src/drift/stacks/find-stacks";

const folder = mkdtempSync(join(tmpdir(), "find-stacks-"));
const cdktfFolder = join(folder, "cdktf.out");
const dns = { name: "dns", folder: join(folder, "infra/dns") };
for (const each of ["cdktf.out/stacks/web", "cdktf.out/stacks/api", "infra/dns"])
  mkdirSync(join(folder, each), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

const find = (wanted: readonly string[], named = [dns]) => findStacks({ named, cdktfFolder, wanted });

test("all that are known, in the order of their names", async () => {
  const found = await find([]);
  expect(found.map(({ name }) => name)).toEqual(["api", "dns", "web"]);
  expect(found[0]?.folder).toBe(join(cdktfFolder, "stacks/api"));
});

test("those that are asked for: by name, or by folder where there is a slash; none twice", async () => {
  const found = await find(["web", `${dns.folder}/`, "dns", "web"]);
  expect(found).toEqual([dns, { name: "web", folder: join(cdktfFolder, "stacks/web") }]);
});

test("a folder that is known has its name; another one is called by its folder, as it was typed", async () => {
  expect(await find([`${dns.folder}/`], [{ ...dns, name: "zones" }])).toEqual([{ ...dns, name: "zones" }]);
  expect(await find([`${dns.folder}/`], [])).toEqual([{ ...dns, typedAs: `${dns.folder}/` }]);
});

test.each([
  [["wep"], [dns], "invalid_argument", 'did you mean "web"?'],
  [["mail"], [dns], "invalid_argument", "there are dns, api, web; a folder is written with a slash: ./mail"],
  [["./nowhere"], [dns], "missing_file", "correct the path"],
  [[], [{ ...dns, name: "web" }], "invalid_config", "give the one in `stacks` of drift-check.yaml another name"],
])("%j of %j is refused", async (wanted, named, code, hint) => {
  await expect(find(wanted, named)).rejects.toMatchObject({ code, hint });
});

test("none at all is a mistake", async () => {
  const nothing = { named: [], cdktfFolder: join(folder, "nothing"), wanted: [] };
  await expect(findStacks(nothing)).rejects.toMatchObject({ code: "invalid_config" });
});
