import { selfTestError, selfTestLine } from "../../../../src/drift/self-test/tell-self-test";
import { AppError } from "../../../../src/platform/errors";

const stack = { name: "web", folder: "/infra/web" };
const error = new AppError("self_test_failed", "the self-test of web planted …", { hint: "look" });

test.each([
  [
    {
      stack,
      planted: [
        { kind: "drift", address: "aws_lb.a" },
        { kind: "due certificate", address: "unexpired_certificate.b" },
      ],
    } as const,
    "ok web: the plan of its copy shows the drift in aws_lb.a and the due certificate in unexpired_certificate.b",
  ],
  [{ stack, planted: [] }, "-- web: it holds no certificate and nothing with tags, so nothing was planted"],
  [{ stack, planted: [], error }, "!! the self-test of web planted …"],
])("a line for each stack %#", (result, line) => expect(selfTestLine(result)).toBe(line));

test("the first that failed, and how many more", () => {
  expect(selfTestError([{ stack, planted: [] }])).toBeUndefined();
  const failed = { stack, planted: [], error };
  expect(selfTestError([failed, failed])).toMatchObject({
    ...{ code: "self_test_failed", message: "the self-test of web planted … (and 1 more)", hint: "look" },
  });
});
