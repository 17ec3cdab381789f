import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ChallengeValues } from "../../../../src/proxy/janitor/challenge-values";
import { recallChallengeValues } from "../../../../src/proxy/janitor/recall-challenge-values";

const since = new Date("2026-01-01T12:00:00Z");
const text = (letter: string) => `"${letter.repeat(43)}"`;

function line(letter: string, time: string): string {
  const name = `_acme-challenge.${letter}.example.gov`;
  const after = { name, type: "TXT", ttlSeconds: 60, rdata: [text(letter)] };
  const place = { zone: "example.gov", name, type: "TXT" };
  return JSON.stringify({
    seq: 1,
    time,
    event: "write",
    ...place,
    allow: "acme-challenge",
    outcome: "done",
    before: null,
    after,
  });
}

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "adp-"))));
afterEach(() => rmSync(folder, { recursive: true }));

async function recall(lines: readonly string[], maxOctets?: number) {
  const file = join(folder, "audit.jsonl");
  writeFileSync(file, lines.join("\n"));
  const values = new ChallengeValues();
  const isComplete = await recallChallengeValues(file, values, { since, maxOctets });
  return { isComplete, found: values.due(new Date("2026-02-01")).flatMap(({ rdata }) => rdata) };
}

test("values of the last hours are known again, each with its time; what is older or torn is not", async () => {
  const lines = [
    line("a", "2026-01-01T11:59:59Z"),
    line("b", "2026-01-01T12:00:00Z"),
    '{ "time":"2026-01-01T12:00:00Z" torn',
    line("x", "2026-01-01T12:00:00Z").replace(/"after":.*/, '"after":{"name":"_acme-challenge."}}'),
    line("c", "2026-01-02T00:00:00Z"),
    "",
  ];
  expect(await recall(lines)).toEqual({ isComplete: true, found: [text("b"), text("c")] });
});

test("a trail that is too long is read from its end, and that is told", async () => {
  const lines = [line("b", "2026-01-01T13:00:00Z"), line("c", "2026-01-02T00:00:00Z"), ""];
  const maxOctets = (lines[1]?.length ?? 0) + 20;
  expect(await recall(lines, maxOctets)).toEqual({ isComplete: false, found: [text("c")] });
  const longer = [
    line("a", "2026-01-01T01:00:00Z"),
    line("a", "2026-01-01T01:00:00Z"),
    line("c", "2026-01-02T00:00:00Z"),
    "",
  ];
  expect(await recall(longer, 2 * maxOctets)).toEqual({ isComplete: true, found: [text("c")] });
});

test("an empty trail tells nothing", async () => {
  expect(await recall([])).toEqual({ isComplete: true, found: [] });
});
