import { CounterFamily, HistogramFamily } from "../../../../src/platform/report/metric-family";

test("a counter has a line for each combination of label values that came", () => {
  const counter = new CounterFamily({ name: "seen_total", help: "What was seen.", labelNames: ["kind", "place"] });
  counter.add(["bird", "tree"]);
  counter.add(["bird", "roof"], 2);
  counter.add(["tree", "bird"]);
  counter.add(["bird", "tree"]);
  expect(counter.text().split("\n")).toEqual([
    "# HELP seen_total What was seen.",
    "# TYPE seen_total counter",
    'seen_total{kind="bird",place="tree"} 2',
    'seen_total{kind="bird",place="roof"} 2',
    'seen_total{kind="tree",place="bird"} 1',
  ]);
});

test("without labels there is a line from the start", () => {
  expect(new CounterFamily({ name: "seen_total", help: "Seen." }).text()).toMatch(/^seen_total 0$/m);
  expect(new HistogramFamily({ name: "took_seconds", help: "Took." }, [1]).text()).toMatch(/^took_seconds_count 0$/m);
});

test("label values cannot leave their quotes", () => {
  const counter = new CounterFamily({ name: "seen_total", help: "Seen.", labelNames: ["kind"] });
  counter.add(['a"b\\c\nd']);
  expect(counter.text()).toContain('seen_total{kind="a\\"b\\\\c\\nd"} 1');
});

test("the buckets of a histogram hold all values up to their bound, the bound included", () => {
  const histogram = new HistogramFamily({ name: "took_seconds", help: "Took.", labelNames: ["what"] }, [0.5, 2]);
  for (const seconds of [0.25, 0.5, 1, 3]) histogram.observe(["read"], seconds);
  expect(histogram.text().split("\n").slice(2)).toEqual([
    'took_seconds_bucket{le="0.5",what="read"} 2',
    'took_seconds_bucket{le="2",what="read"} 3',
    'took_seconds_bucket{le="+Inf",what="read"} 4',
    'took_seconds_sum{what="read"} 4.75',
    'took_seconds_count{what="read"} 4',
  ]);
});
