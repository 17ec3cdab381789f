import type { AcmeProblem } from "../../../../src/sandbox/acme-ca/problems";
import { problems } from "../../../../src/sandbox/acme-ca/problems";

const identifier = { type: "dns", value: "a.example.gov" };

test.each<[string, number, AcmeProblem]>([
  ["accountDoesNotExist", 400, problems.accountDoesNotExist("x")],
  ["alreadyReplaced", 409, problems.alreadyReplaced("x")],
  ["alreadyRevoked", 400, problems.alreadyRevoked()],
  ["badCSR", 400, problems.badCsr("x")],
  ["badNonce", 400, problems.badNonce()],
  ["badPublicKey", 400, problems.badPublicKey("x")],
  ["badRevocationReason", 400, problems.badRevocationReason(2)],
  ["badSignatureAlgorithm", 400, problems.badSignatureAlgorithm("HS256", ["ES256"])],
  ["caa", 403, problems.caa("x", identifier)],
  ["dns", 400, problems.dns("x", identifier)],
  ["externalAccountRequired", 403, problems.externalAccountRequired()],
  ["invalidContact", 400, problems.invalidContact("x")],
  ["invalidProfile", 400, problems.invalidProfile("x")],
  ["malformed", 400, problems.malformed("x")],
  ["malformed", 405, problems.methodNotAllowed("GET")],
  ["malformed", 404, problems.notFound("x")],
  ["malformed", 409, problems.keyInUse("https://ca.example/accounts/1")],
  ["malformed", 415, problems.unsupportedMediaType()],
  ["orderNotReady", 403, problems.orderNotReady("pending")],
  ["rateLimited", 429, problems.rateLimited("x", 5)],
  ["rateLimited", 503, problems.serviceBusy(5)],
  ["rejectedIdentifier", 400, problems.rejectedIdentifiers(["a.example.gov"], "x")],
  ["serverInternal", 500, problems.serverInternal("x")],
  ["unauthorized", 403, problems.unauthorized("x")],
  ["unsupportedContact", 400, problems.unsupportedContact("x")],
  ["unsupportedIdentifier", 400, problems.unsupportedIdentifier("x")],
])("%s %i", (type, status, { document }) => {
  expect(document).toMatchObject({ type: `urn:ietf:params:acme:error:${type}`, status });
  expect(document.detail).not.toBe("");
});

test("limits say when to come back", () => {
  expect(problems.rateLimited("x", 5).headers).toEqual({ "retry-after": "5" });
  expect(problems.serviceBusy(7).headers).toEqual({ "retry-after": "7" });
});
