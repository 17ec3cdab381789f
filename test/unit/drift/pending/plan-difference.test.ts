import { planDifference } from "../../../../src/drift/pending/plan-difference";

const change = (address: string, digest: string, action = "update") => ({ address, actions: [action], digest });
const before = [change("aws_lb.front", "1"), change("aws_sns_topic.a", "2"), change("output note", "3")];

test.each([
  ["the same", before, "the same addresses and actions, with other values"],
  ["one more", [...before, change("aws_lb.back", "4")], "added: aws_lb.back"],
  ["one less", before.slice(1), "gone: aws_lb.front"],
  ["another value", [...before.slice(0, 2), change("output note", "5")], "changed: output note"],
  [
    "all of it",
    [change("aws_lb.front", "9", "delete"), change("aws_lb.back", "4")],
    "added: aws_lb.back; gone: aws_sns_topic.a, output note; changed: aws_lb.front",
  ],
])("%s", (_, now, told) => {
  expect(planDifference(before, now)).toBe(told);
});

test("where only addresses and actions are known, other values change nothing that is told", () => {
  const known = before.map(({ address, actions }) => ({ address, actions }));
  const now = [change("aws_lb.front", "9"), change("aws_sns_topic.a", "9", "delete"), change("output note", "9")];
  expect(planDifference(known, now)).toBe("changed: aws_sns_topic.a");
});

test("more than a few are counted", () => {
  const many = Array.from({ length: 9 }, (_, index) => change(`aws_sns_topic.t${index}`, "1"));
  expect(planDifference([], many)).toMatch(/^added: aws_sns_topic\.t0, .*t4 and 4 more$/);
});
