import { toOtelLog } from "../../../src/ledger/otel-logs";

const service = { name: "unexpired", version: "1.2.3" };
const line = (members: object) => JSON.stringify({ seq: 7, time: "2026-01-02T03:04:05.006Z", prev: "00", ...members });

interface Logs {
  readonly resourceLogs: readonly [
    {
      readonly resource: { readonly attributes: readonly object[] };
      readonly scopeLogs: readonly [{ readonly logRecords: readonly [LogRecord] }];
    },
  ];
}
interface LogRecord {
  readonly severityText: string;
  readonly severityNumber: number;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

function recordOf(text: string): LogRecord {
  return (JSON.parse(toOtelLog(text, service) ?? "") as Logs).resourceLogs[0].scopeLogs[0].logRecords[0];
}

test("an entry as a record of OTLP/JSON", () => {
  const entry = line({
    event: "certificate.imported",
    outcome: "done",
    actor: { who: "alice" },
    subject: { names: ["a.example", "b.example"] },
    why: "due",
    facts: { days: 12, ratio: 0.5, canary: false },
  });
  const logs = JSON.parse(toOtelLog(entry, service) ?? "") as Logs;
  expect(logs.resourceLogs[0].resource.attributes).toEqual([
    { key: "service.name", value: { stringValue: "unexpired" } },
    { key: "service.version", value: { stringValue: "1.2.3" } },
  ]);
  expect(recordOf(entry)).toMatchObject({
    timeUnixNano: "1767323045006000000",
    severityNumber: 9,
    severityText: "INFO",
    eventName: "unexpired.certificate.imported",
    body: { stringValue: "certificate.imported done: due" },
  });
  expect(recordOf(entry).attributes).toEqual(
    expect.arrayContaining([
      { key: "unexpired.seq", value: { intValue: "7" } },
      { key: "unexpired.actor.who", value: { stringValue: "alice" } },
      {
        key: "unexpired.subject.names",
        value: { arrayValue: { values: [{ stringValue: "a.example" }, { stringValue: "b.example" }] } },
      },
      { key: "unexpired.facts.days", value: { intValue: "12" } },
      { key: "unexpired.facts.ratio", value: { doubleValue: 0.5 } },
      { key: "unexpired.facts.canary", value: { boolValue: false } },
    ]),
  );
});

test.each([
  [{ event: "certificate.imported", outcome: "failed" }, "ERROR", 17],
  [{ event: "certificate.imported", outcome: "unknown" }, "ERROR", 17],
  [{ event: "policy.denied", outcome: "refused" }, "WARN", 13],
  [{ event: "decision", verdict: "deny" }, "WARN", 13],
  [{ event: "refused", reason: "rate" }, "WARN", 13],
  [{ event: "decision", verdict: "allow" }, "INFO", 9],
])("%j is %s", (members, severityText, severityNumber) => {
  expect(recordOf(line(members))).toMatchObject({ severityText, severityNumber });
});

test("lists of anything but plain values are text; what is null is left out", () => {
  const { attributes } = recordOf(line({ event: "write", before: null, changes: [{ name: "a" }] }));
  expect(attributes).toContainEqual({ key: "unexpired.changes", value: { stringValue: '[{"name":"a"}]' } });
  expect(attributes.map(({ key }) => key)).not.toContain("unexpired.before");
});

test.each(["", "{", "[]", "null", '{"seq":1}', '{"seq":1,"time":"yesterday"}'])("%j is no entry", (text) => {
  expect(toOtelLog(text, service)).toBeUndefined();
});
