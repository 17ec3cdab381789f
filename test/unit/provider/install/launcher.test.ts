import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launcherText } from "../../../../src/provider/install/launcher";

let folder: string;
let launcher: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "launcher-"));
  launcher = join(folder, "launcher");
  writeFileSync(launcher, launcherText({ hosts: [], namespace: "n", type: "t", version: "1.0.0", bundleFolder: "" }));
  writeFileSync(join(folder, "node"), '#!/bin/sh\necho "$@"\nenv\n', { mode: 0o755 });
});

afterAll(() => rmSync(folder, { recursive: true }));

/** What a start hands to node: its arguments and, of its environment, what node would read. */
function handedToNode(environment: Record<string, string>) {
  const env = { PATH: `${folder}:${process.env.PATH ?? ""}`, ...environment };
  const { stdout } = spawnSync("/bin/sh", [launcher], { env, encoding: "utf8" });
  const [args, ...lines] = stdout.trimEnd().split("\n");
  return { args, variables: lines.filter((line) => /^(NODE_|UNEXPIRED_)/.test(line)).sort() };
}

test("node gets the bundle beside the launcher, and no options meant for another program", () => {
  expect(handedToNode({ NODE_OPTIONS: "--inspect" })).toEqual({ args: join(folder, "provider.cjs"), variables: [] });
});

test.each<[string, Record<string, string>, string[]]>([
  ["none", {}, []],
  ["an empty name", { NODE_EXTRA_CA_CERTS: "" }, ["NODE_EXTRA_CA_CERTS="]],
  ["a name for node", { NODE_EXTRA_CA_CERTS: "/a b.pem" }, ["UNEXPIRED_EXTRA_CA_CERTS=/a b.pem"]],
  ["a name for us", { UNEXPIRED_EXTRA_CA_CERTS: "/a.pem" }, ["UNEXPIRED_EXTRA_CA_CERTS=/a.pem"]],
  [
    "both",
    { NODE_EXTRA_CA_CERTS: "/a.pem", UNEXPIRED_EXTRA_CA_CERTS: "/b.pem" },
    ["NODE_EXTRA_CA_CERTS=/a.pem", "UNEXPIRED_EXTRA_CA_CERTS=/b.pem"],
  ],
  [
    "container credentials over https",
    { NODE_EXTRA_CA_CERTS: "/a.pem", AWS_CONTAINER_CREDENTIALS_FULL_URI: "https://localhost/role" },
    ["NODE_EXTRA_CA_CERTS=/a.pem"],
  ],
  [
    "container credentials over http",
    { NODE_EXTRA_CA_CERTS: "/a.pem", AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://localhost/role" },
    ["UNEXPIRED_EXTRA_CA_CERTS=/a.pem"],
  ],
])("extra authorities: %s", (_, environment, expected) => {
  expect(handedToNode(environment).variables).toEqual(expected);
});
