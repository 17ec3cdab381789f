import { proxyWithEveryMetric } from "../../../support/every-metric";

test("names follow the conventions of Prometheus, those of the library included", async () => {
  const text = await proxyWithEveryMetric().render();
  const families = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = "", type = ""]) => ({ name, type }));
  expect(families.length).toBeGreaterThan(30);
  for (const { name, type } of families) {
    expect([name, /_total$/.test(name)]).toEqual([name, type === "counter"]);
    expect([name, /_(ms|milliseconds|minutes|count|sum|bucket)$/.test(name)]).toEqual([name, false]);
    expect(text).toMatch(new RegExp(`^# HELP ${name} \\S.*$`, "m"));
  }
});
