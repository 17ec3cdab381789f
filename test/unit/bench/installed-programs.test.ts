import type { Benchmark } from "../../bench/benchmark";
import { isInstalled, missingFor } from "../../bench/support/installed-programs";

const benchmark: Benchmark = {
  subject: "peers",
  needs: { node: "nodejs", "no-such-client": "client", "no-such-ca": "ca" },
  measure: () => Promise.resolve([]),
};

test("a missing program is named, with the packages to install", () => {
  expect(missingFor(benchmark, (program) => program === "node")).toBe(
    "it needs no-such-client and no-such-ca: apt-get install client ca",
  );
});

test("nothing is missing where all is there, or nothing is needed", () => {
  expect(missingFor(benchmark, () => true)).toBeUndefined();
  expect(missingFor({ ...benchmark, needs: undefined }, () => false)).toBeUndefined();
});

test("programs are looked for on the path", () => {
  expect([isInstalled("sh"), isInstalled("no-such-client")]).toEqual([true, false]);
});
