import { execFileSync } from "node:child_process";
import { AppError } from "../../../src/platform/errors";
import { jsonLinesLogger, type JsonLinesOptions } from "../../../src/platform/json-lines-logger";
import type { LogFields } from "../../../src/platform/log";
import { Redactor } from "../../../src/platform/redact";
import { unbuilt } from "../../support/unbuilt";

const secret = "Xk3v9QpL0sWzT7rB";
const now = () => new Date("2026-01-02T03:04:05.678Z");

function linesOf(options: JsonLinesOptions = {}) {
  const lines: string[] = [];
  const logger = jsonLinesLogger((line) => lines.push(line), { now, ...options });
  return { lines, logger, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

test("a line is an object with level, time, the fields and the message", () => {
  const { logger, lines, parsed } = linesOf();
  logger.log("warn", "request refused", { reason: "signature", port: 8443, names: ["a"], gone: undefined });
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  const time = "2026-01-02T03:04:05.678Z";
  expect(parsed()).toEqual([
    { level: "warn", time, reason: "signature", port: 8443, names: ["a"], message: "request refused" },
  ]);
});

test("what is below the level is not written", () => {
  const quiet = linesOf();
  quiet.logger.log("debug", "request");
  expect(quiet.lines).toEqual([]);
  const loud = linesOf({ level: "debug" });
  loud.logger.log("debug", "request");
  loud.logger.log("trace", "octets");
  expect(loud.parsed().map(({ level }) => level)).toEqual(["debug"]);
});

const innermost = new Error(`answered {"tsigKey":{"secret":"${secret}"}}`);
const nested = new AppError("network", `cannot send client_secret=${secret}`, {
  cause: new AggregateError([], `Bearer ${secret}`, { cause: innermost }),
});

test.each<[string, LogFields]>([
  [`sent Authorization: EG1-HMAC-SHA256 client_token=a;access_token=${secret};signature=${secret}`, {}],
  ["field by name", { authorization: secret, client_secret: secret, tsigKey: secret, signature: secret }],
  ["field by its text", { detail: `access_token=${secret}`, lines: [`-----BEGIN PRIVATE KEY-----\n${secret}`] }],
  ["error", { error: nested }],
  ["cause that is no error", { error: new Error("x", { cause: `password: ${secret}` }) }],
  ["stack", { error: new TypeError(`invalid header Bearer ${secret}`) }],
])("a planted secret never comes out: %s", (message, fields) => {
  const { logger, lines } = linesOf();
  logger.log("error", message, fields);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain(secret);
  expect(lines[0]).toContain("[redacted");
});

test("an error tells its code and its causes, and where it was thrown only if nobody foresaw it", () => {
  const { logger, parsed } = linesOf();
  logger.log("error", "failed", { error: nested });
  logger.log("error", "failed", { error: new TypeError("x is not a function") });
  expect(parsed()).toMatchObject([
    { error: { name: "AppError", code: "network", cause: { name: "AggregateError", cause: { name: "Error" } } } },
    { error: { name: "TypeError", message: "x is not a function", stack: expect.stringContaining("at ") as string } },
  ]);
  expect(parsed()[0]?.error).not.toHaveProperty("stack");
});

test("a chain of causes that never ends is cut", () => {
  const { logger, lines } = linesOf();
  const endless = new Error("again");
  endless.cause = endless;
  logger.log("error", "failed", { error: endless });
  expect(lines[0]?.match(/again/g)?.length).toBeLessThan(10);
});

test("texts that were to be hidden are masked in every field", () => {
  const redactor = new Redactor();
  redactor.hide("a master key of the tests");
  const { logger, lines } = linesOf({ redactor });
  logger.log("error", "not JSON: a master key of the tests", { found: "a master key of the tests" });
  expect(lines[0]).not.toContain("master key of");
});

test("nothing is lost when the process ends, be it by an error", () => {
  const program = `
    const { jsonLinesLogger, standardOutputLines } = require(${JSON.stringify(require.resolve("../../../src/platform/json-lines-logger"))});
    const logger = jsonLinesLogger(standardOutputLines().write);
    for (let index = 0; index < 5000; index++) logger.log("info", "line", { index });
    process.exit(0);`;
  const output = execFileSync(process.execPath, [...unbuilt, "-e", program]);
  const indices = output
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { index: number }).index);
  expect(indices).toEqual(Array.from({ length: 5000 }, (_, index) => index));
});
