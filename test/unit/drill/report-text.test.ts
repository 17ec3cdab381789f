import { toDrillDocument } from "../../../src/drill/drill-document";
import { drillDocumentShape } from "../../../src/drill/drill-document-shape";
import { drillTable } from "../../../src/drill/report-text";
import type { DrillReport } from "../../../src/drill/measure-drill";

const good: DrillReport = {
  name: "ca-outage",
  what: "the CA is away",
  alert: "CaOutage",
  objectives: { detectSeconds: 600, recoverSeconds: 3600 },
  detectedSeconds: 9.71,
  recoveredSeconds: 13.5,
  failures: [],
};

test("a row for each drill, and what it came to", () => {
  expect(drillTable([good])).toBe(
    [
      "    DRILL      ALARM     AFTER  RULE WAITS  OBJECTIVE  GREEN AGAIN  OBJECTIVE",
      "ok  ca-outage  CaOutage  9.7 s  -           10 min     13.5 s       60 min",
      "",
      "1 of 1 alarms came, and everything is green again",
      "",
    ].join("\n"),
  );
});

test("what the rule waits in production is beside what was measured", () => {
  const objectives = { detectSeconds: 27 * 3600, recoverSeconds: 28 * 3600 };
  const waits = { ...good, ruleSeconds: 26 * 3600, objectives };
  expect(
    drillTable([waits, { ...good, ruleSeconds: 120 }])
      .split("\n")
      .slice(1, 3),
  ).toEqual([
    "ok  ca-outage  CaOutage  9.7 s  26 h        27 h       13.5 s       28 h",
    "ok  ca-outage  CaOutage  9.7 s  2 min       10 min     13.5 s       60 min",
  ]);
});

test("what failed is said below", () => {
  const silent = { ...good, detectedSeconds: undefined, failures: ["CaOutage did not fire"] };
  expect(drillTable([good, silent]).split("\n").slice(2)).toEqual([
    "!!  ca-outage  CaOutage  never  -           10 min     13.5 s       60 min",
    "",
    "!! ca-outage: CaOutage did not fire",
    "1 of 2 drills failed",
    "",
  ]);
});

test("as JSON it is of the published form, whatever came of it", () => {
  const unrun = {
    name: "zone-lock",
    failureMode: "F5",
    what: "a lock",
    alert: "ZoneLock",
    objectives: good.objectives,
  };
  const document = toDrillDocument(
    [
      { ...good, ruleSeconds: 120 },
      { ...unrun, failures: ["no prometheus"] },
    ],
    60,
  );
  expect(drillDocumentShape.parse(document)).toEqual(document);
  expect(document.drills.map(({ detectedSeconds }) => detectedSeconds)).toEqual([9.71, undefined]);
});
