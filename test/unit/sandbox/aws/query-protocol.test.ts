import { AwsError } from "../../../../src/sandbox/aws/aws-error";
import { parseQueryRequest, renderQuery, renderQueryError } from "../../../../src/sandbox/aws/query-protocol";

test("a form becomes nested records and lists in order", () => {
  const names = Array.from({ length: 11 }, (_, index) => `Names.member.${index + 1}=n${index + 1}`).reverse();
  const form = `Action=Do&Version=1&A.B.member.2.C=second&A.B.member.1.C=first&Empty=&${names.join("&")}`;
  expect(parseQueryRequest(form)).toEqual({
    action: "Do",
    input: {
      A: { B: [{ C: "first" }, { C: "second" }] },
      Empty: "",
      Names: Array.from({ length: 11 }, (_, index) => `n${index + 1}`),
    },
  });
  expect(() => parseQueryRequest("A=1")).toThrow(expect.objectContaining({ code: "MissingAction" }) as Error);
});

test("an answer is XML with escaped texts, ISO dates, and nothing for what is undefined", () => {
  const output = { Items: [{ Name: "a<&>", At: new Date(0), Not: undefined }], None: [], Ok: true };
  expect(renderQuery(output, { action: "Do", namespace: "urn:x", requestId: "1" })).toBe(
    '<DoResponse xmlns="urn:x"><DoResult><Items><member><Name>a&#60;&#38;&#62;</Name>' +
      "<At>1970-01-01T00:00:00.000Z</At></member></Items><None></None><Ok>true</Ok></DoResult>" +
      "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></DoResponse>",
  );
  expect(renderQueryError(new AwsError("Throttling", "slow"), "2")).toContain("<Code>Throttling</Code>");
});
