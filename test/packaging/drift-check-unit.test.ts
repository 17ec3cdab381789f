/** The units and the image of examples/drift-check-serve, as systemd itself reads it, and the commands in them. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const folder = join(root, "examples/drift-check-serve");
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
const setting = (key: string, name = "drift-check.service") =>
  new RegExp(`^${key}=(.*)$`, "m").exec(textOf(name))?.[1] ?? "";

test.each(["drift-check.service", "key-events.service"])(
  "systemd finds no mistake in %s, and little that it exposes",
  (name) => {
    const unit = join(folder, name);
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: "" });
    const security = execFileSync("systemd-analyze", ["security", "--offline=true", unit], { encoding: "utf8" });
    const exposure = /exposure level for \S+: ([\d.]+)/.exec(security)?.[1];
    expect(Number(exposure)).toBeLessThan(2);
  },
);

test("SIGTERM is for the daemon alone, and terraform has time for its end", () => {
  expect(setting("KillMode")).toBe("mixed");
  // the grace of five minutes, and what comes after it
  expect(Number(setting("TimeoutStopSec"))).toBeGreaterThan(300);
});

test("the words of the other unit are options of its command", () => {
  const bin = join(root, "dist/src/bin/unexpired.js");
  const help = execFileSync(process.execPath, [bin, "key-access", "collect", "--help"], { encoding: "utf8" });
  const words = setting("ExecStart", "key-events.service").split(" ");
  for (const option of words.filter((word) => word.startsWith("--"))) expect(help).toContain(`  ${option} `);
  expect(setting("User", "key-events.service")).toBe(setting("User"));
});

test("the words of the unit and of the image are options of the command", () => {
  const bin = join(root, "dist/src/bin/drift-check.js");
  const help = execFileSync(process.execPath, [bin, "help", "serve"], { encoding: "utf8" });
  const [, image = "[]"] = /^CMD (.*)$/m.exec(textOf("Dockerfile")) ?? [];
  const words = [...setting("ExecStart").split(" "), ...(JSON.parse(image) as string[])];
  for (const option of words.filter((word) => word.startsWith("--"))) expect(help).toContain(`  ${option} `);
});
