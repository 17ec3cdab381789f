import { planChecksum } from "../../../../src/drift/plan/plan-checksum";
import { readPlan } from "../../../../src/drift/plan/read-plan";
import { recordedPlan, recordedText } from "../../../support/drift/recorded-plan";

const checksum = planChecksum(recordedPlan("renewal"));

test("the same whoever planned and when, in whatever order it stands", () => {
  const { resource_changes: changes, ...rest } = JSON.parse(recordedText("renewal")) as {
    resource_changes: readonly unknown[];
  };
  const later = { ...rest, timestamp: "2027-01-01T00:00:00Z", resource_changes: [...changes].reverse() };
  expect(planChecksum(readPlan(JSON.stringify(later)))).toBe(checksum);
  expect(checksum).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  ["an address", '"unexpired_certificate.web"', '"unexpired_certificate.api2"'],
  ["an action", '"update"', '"delete"'],
  ["a value before", '"created"', '"changed"'],
  ["what is not known", '"serial": true', '"serial": false'],
  ["an output", '"output_changes": {', '"output_changes": { "more": { "actions": ["create"], "after": 1 },'],
])("another one where %s differs", (_, before, after) => {
  const text = recordedText("renewal");
  expect(text).toContain(before);
  expect(planChecksum(readPlan(text.replaceAll(before, after)))).not.toBe(checksum);
});

test("a sensitive value counts as well", () => {
  const plan = (token: string) =>
    readPlan(
      JSON.stringify({
        format_version: "1.2",
        output_changes: {
          token: { actions: ["update"], before: "old", after: token, before_sensitive: true, after_sensitive: true },
        },
      }),
    );
  expect(planChecksum(plan("one"))).not.toBe(planChecksum(plan("two")));
});
