import { unseenInPlan } from "../../../../src/drift/self-test/unseen-in-plan";
import { recordedPlan } from "../../../support/drift/recorded-plan";

const due = { kind: "due certificate", address: "unexpired_certificate.web" } as const;
const drift = { kind: "drift", address: "aws_lb.front" } as const;

test("a renewal shows a due certificate; what is in no change was not seen", () => {
  expect(unseenInPlan(recordedPlan("renewal"), [drift, due])).toEqual([drift]);
});

test("a tag that a refresh puts right, and dates that it replaces, show as drift", () => {
  const plan = recordedPlan("renewal");
  const [first] = plan.resources;
  if (first === undefined) throw new Error("the recorded plan renews nothing");
  const changed = (address: string, before: unknown, after: unknown) => ({
    ...{ ...first, address, change: { ...first.change, before, after, afterUnknown: false } },
  });
  const put = [
    changed("aws_lb.front", { tags: { a: "b", "unexpired-self-test": "planted" } }, { tags: { a: "b" } }),
    changed("unexpired_certificate.web", { serial: "0a" }, { serial: "0b" }),
  ];
  expect(unseenInPlan({ ...plan, resources: [], drift: put }, [drift, due])).toEqual([]);
  const other = [changed("aws_lb.front", { tags: { a: "b" } }, { tags: { a: "c" } })];
  expect(unseenInPlan({ ...plan, resources: [], drift: other }, [drift])).toEqual([drift]);
});
