import { judge } from "../../bench/benchmark";
import { renderTable } from "../../bench/table";

test("columns are aligned, numbers to the right, and a broken budget stands out", () => {
  const baseline = { name: "node -e 0", value: 25.26, ours: 1050.4, unit: "ms" };
  const entries = [
    { name: "plan", value: 41.583, unit: "× node -e 0", budget: { atMost: 9 }, baseline },
    { name: "aws-calls", value: 13, unit: "calls", budget: { atMost: 20 } },
    { name: "bare", value: 14, unit: "× node -e 0", budget: null },
    { name: "throughput", value: 1.9, unit: "× plain", budget: { atLeast: 1.7 } },
  ].map(judge);
  expect(renderTable(entries)).toBe(
    [
      "measurement  value               budget             ours  baseline",
      "plan          41.6  × node -e 0     ≤ 9  BROKEN  1050 ms   25.3 ms  node -e 0",
      "aws-calls       13  calls          ≤ 20  ok",
      "bare            14  × node -e 0",
      "throughput     1.9  × plain       ≥ 1.7  ok",
      "",
    ].join("\n"),
  );
});
