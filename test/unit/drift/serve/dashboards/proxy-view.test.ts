import { ProxyView } from "../../../../../src/drift/serve/dashboards/proxy-view";

const now = new Date("2026-06-01T12:00:00Z");

function viewOf(...lines: readonly (string | Readonly<Record<string, unknown>>)[]): ProxyView {
  const view = new ProxyView();
  for (const line of lines) view.add(typeof line === "string" ? line : JSON.stringify(line));
  return view;
}

test("decisions are counted by what was decided, requests that did not pass are told", () => {
  const time = "2026-06-01T11:30:00Z";
  const view = viewOf(
    { time, event: "decision", client: "web", verdict: "allow", name: "a.example.gov", type: "TXT" },
    { time, event: "decision", client: "web", verdict: "allow" },
    { time, event: "write", client: "web", outcome: "done" },
    {
      time,
      event: "decision",
      client: "web",
      verdict: "deny",
      reason: "name-not-granted",
      name: "b.example.gov",
      type: "A",
    },
    { time, event: "refused", client: "", reason: "replay", zone: "example.gov" },
    { time, event: "token", client: "web" },
  );
  expect(view.decisionsIn(now, 24)).toEqual([
    ["allowed", 2],
    ["written: done", 1],
    ["denied: name-not-granted", 1],
    ["not let in: replay", 1],
  ]);
  expect(view.refusals.map(({ client, what, reason }) => [client, what, reason])).toEqual([
    ["", "example.gov", "replay"],
    ["web", "b.example.gov A", "name-not-granted"],
  ]);
});

test("what is old, cut off, or of another kind counts for nothing", () => {
  const view = viewOf(
    '{"time":"2026-06-01T11',
    "null",
    "[]",
    { time: 7, event: "decision" },
    { time: "2026-05-30T11:30:00Z", event: "decision", verdict: "allow" },
  );
  expect(view.decisionsIn(now, 24)).toEqual([]);
});
