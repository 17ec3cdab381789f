import { readPlan } from "../../../../src/drift/plan/read-plan";
import { recordedPlan } from "../../../support/drift/recorded-plan";

test("of a real plan: what changes, and what serves certificates", () => {
  const plan = recordedPlan("renewal");
  expect(plan.resources.map(({ address, actions }) => [address, actions])).toEqual([
    ["unexpired_certificate.web", ["update"]],
  ]);
  expect(plan.outputs.map(({ name }) => name)).toEqual(["serial"]);
  expect(plan.held.map(({ address }) => address).sort()).toEqual([
    "aws_lb.front",
    "aws_lb_listener.https",
    "aws_lb_listener_certificate.api",
    "unexpired_certificate.api",
    "unexpired_certificate.web",
  ]);
  expect([plan.isComplete, plan.isErrored, plan.unknownParts]).toEqual([true, false, []]);
});

test.each([
  ["no JSON", "{}}"],
  ["a list", "[]"],
  ["changes that are none", '{"format_version":"1.2","resource_changes":{}}'],
  ["a change without actions", '{"format_version":"1.2","resource_changes":[{"address":"a","change":{"actions":1}}]}'],
])("%s is no plan", (_, text) => {
  expect(() => readPlan(text)).toThrow(/^the plan in JSON cannot be read: /);
});

test("parts that are not known are told, unless they hold nothing", () => {
  const text = JSON.stringify({
    format_version: "1.9",
    action_invocations: [{}],
    novelties: [],
    deferred_changes: [{}],
  });
  expect(readPlan(text)).toMatchObject({ unknownParts: ["action_invocations"], isComplete: false });
});

test("of another format nothing but its version is read", () => {
  expect(readPlan('{"format_version":"2.0","resource_changes":7}')).toMatchObject({
    formatVersion: "2.0",
    resources: [],
  });
});
