/** The unit of examples/akamai-dns-proxy, as systemd itself reads it, and the commands in it. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const unit = join(root, "examples/akamai-dns-proxy/akamai-dns-proxy.service");
const text = readFileSync(unit, "utf8");
const setting = (key: string) => new RegExp(`^${key}=(.*)$`, "m").exec(text)?.[1] ?? "";

test("systemd finds no mistake in it, and little that it exposes", () => {
  const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
  expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
  const security = execFileSync("systemd-analyze", ["security", "--offline=true", unit], { encoding: "utf8" });
  const exposure = /exposure level for \S+: ([\d.]+)/.exec(security)?.[1];
  expect(Number(exposure)).toBeLessThan(2);
});

test("its commands are commands of the program", () => {
  for (const key of ["ExecStartPre", "ExecStart"]) {
    const [, program, command] = setting(key).split(" ");
    const bin = join(root, `dist/src/bin/${program ?? ""}.js`);
    const help = execFileSync(process.execPath, [bin, "help", command ?? ""], { encoding: "utf8" });
    expect(help).toContain(`Usage: akamai-dns-proxy ${command ?? ""}`);
  }
});

test("it may write its audit trail, and is not ended before its longest write", () => {
  expect(setting("LogsDirectory")).toBe("adp");
  expect(readFileSync(join(root, "examples/akamai-dns-proxy/adp.yaml"), "utf8")).toContain("/var/log/adp/audit.jsonl");
  expect(Number(setting("TimeoutStopSec"))).toBeGreaterThan(65);
});
