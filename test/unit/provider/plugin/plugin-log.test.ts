import { createPluginLog } from "../../../../src/provider/plugin/plugin-log";

const clock = { now: () => new Date("2026-01-02T03:04:05.678Z") };

function linesOf(level?: "info") {
  const lines: string[] = [];
  const log = createPluginLog({ write: (line) => lines.push(line), clock, module: "me", level });
  return { log, lines };
}

test("one JSON object per line, its time with six fraction digits", () => {
  const { log, lines } = linesOf();
  log.log("info", "two\nlines", { zone: "example.gov", left: undefined });
  expect(lines).toEqual([
    '{"zone":"example.gov","@level":"info","@message":"two\\nlines","@module":"me","@timestamp":"2026-01-02T03:04:05.678000Z"}\n',
  ]);
});

test("fields cannot pose as the line's own", () => {
  const { log, lines } = linesOf();
  log.log("warn", "real", { "@message": "false" });
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ "@message": "real" });
});

test("lines below the level are left out", () => {
  const { log, lines } = linesOf("info");
  log.log("debug", "quiet");
  log.log("error", "loud");
  expect(lines).toHaveLength(1);
});
