import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { checkNode, oldestNode } from "../../../../src/provider/install/check-node";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "check-node-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function answer(text: string): { PATH: string } {
  const file = join(folder, "node");
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return { PATH: folder };
}

test.each(["v20.9.0", "v20.10.1", "v26.0.0"])("%s will do", async (version) => {
  expect(await checkNode(answer(`echo ${version}`))).toBe(version);
});

test.each(["v20.8.1", "v18.20.0", "something else"])("%s will not", async (version) => {
  await expect(checkNode(answer(`echo ${version}`))).rejects.toMatchObject({
    code: "missing_part",
    message: expect.stringContaining(`the one on PATH is ${version}`) as string,
  });
});

test.each([
  ["none", () => ({ PATH: folder })],
  ["one that does not start", () => answer("exit 1")],
])("%s is an error", async (_, environment) => {
  await expect(checkNode(environment())).rejects.toMatchObject({ code: "missing_part" });
});

test("is the version of package.json", () => {
  const { engines } = JSON.parse(readFileSync(resolve("package.json"), "utf8")) as { engines: { node: string } };
  expect(engines.node).toBe(`>=${oldestNode.join(".")}`);
});
