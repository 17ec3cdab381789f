import vector from "../../../vectors/aws/signature-v4.json";
import { parseAuthorization, verifySignature } from "../../../../src/sandbox/aws/signature-v4";
import { signRequest } from "../../../support/sign-request";

const request = { method: "GET", url: "/", headers: { host: vector.host }, body: "" };
const scope = { ...vector, now: new Date(vector.time) };

test("signs as AWS's own vector does", () => {
  const headers = signRequest(request, scope, vector.secretAccessKey);
  expect(headers.authorization).toBe(
    `AWS4-HMAC-SHA256 Credential=${vector.accessKeyId}/20150830/${vector.region}/${vector.service}/aws4_request, ` +
      `SignedHeaders=host;x-amz-date, Signature=${vector.signature}`,
  );
});

test("a signature holds for its request and secret alone", () => {
  const headers = signRequest(request, scope, vector.secretAccessKey);
  const authorization = parseAuthorization(headers.authorization);
  if (authorization === undefined) throw new Error("not parsed");
  const signed = { ...request, headers };
  expect(verifySignature(signed, authorization, vector.secretAccessKey)).toBe(true);
  expect(verifySignature(signed, authorization, "another secret")).toBe(false);
  expect(verifySignature({ ...signed, body: "x" }, authorization, vector.secretAccessKey)).toBe(false);
  expect(verifySignature({ ...signed, url: "/?a=b" }, authorization, vector.secretAccessKey)).toBe(false);
});

test.each([undefined, "", "Basic abc", "AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00"])(
  "%s is no authorization",
  (header) => {
    expect(parseAuthorization(header)).toBeUndefined();
  },
);
