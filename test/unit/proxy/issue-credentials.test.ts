import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { issueCredentials } from "../../../src/proxy/issue-credentials";

test("the policy file stays where it is and whose it is, also behind a link", async () => {
  const folder = mkdtempSync(join(tmpdir(), "issue-"));
  const [file, link] = [join(folder, "checked-out.yaml"), join(folder, "adp.yaml")];
  writeFileSync(
    file,
    "listen: { port: 8443, insecurePlainHttp: true, names: [localhost] }\nmasterKey: { env: KEY }\n" +
      "clients:\n  - { name: web }\ngrants: []\naudit: { file: audit.jsonl }\n",
  );
  chmodSync(file, 0o640);
  if (process.getuid?.() === 0) chownSync(file, 65534, 65534);
  symlinkSync(file, link);
  const before = statSync(file);
  const sources = { environment: { KEY: "k".repeat(32) }, readAwsSecret: () => Promise.reject(new Error("none")) };
  await issueCredentials({ policyFile: link, client: "web", ...sources });
  const { mode, uid, gid } = statSync(file);
  expect({ mode, uid, gid }).toEqual({ mode: before.mode, uid: before.uid, gid: before.gid });
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toMatch(/tokens: \[akab-[0-9a-f]{40}\]/);
  rmSync(folder, { recursive: true });
});
