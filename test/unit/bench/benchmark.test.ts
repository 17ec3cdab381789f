import { judge, ratio, type Budget } from "../../bench/benchmark";

test("a ratio is ours divided by the baseline, with both beside it", () => {
  const baseline = { name: "node -e 0", value: 40, ours: 90, unit: "ms" };
  expect(ratio("start", { atMost: 2 }, baseline)).toEqual({
    name: "start",
    value: 2.25,
    unit: "× node -e 0",
    budget: { atMost: 2 },
    baseline,
  });
});

test.each<[number, Budget | null, boolean]>([
  [2, { atMost: 2 }, true],
  [2.01, { atMost: 2 }, false],
  [1.7, { atLeast: 1.7 }, true],
  [1.69, { atLeast: 1.7 }, false],
  [0, { atMost: 0 }, true],
  [Number.NaN, { atMost: 2 }, false],
  [Number.NaN, { atLeast: 2 }, false],
  [1000, null, true],
])("%d against %j: ok is %s", (value, budget, ok) => {
  expect(judge({ name: "x", value, unit: "calls", budget })).toEqual({
    name: "x",
    value,
    unit: "calls",
    budget,
    ok,
    baseline: null,
  });
});
