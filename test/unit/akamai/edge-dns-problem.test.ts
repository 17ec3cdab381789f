import { problemError } from "../../../src/akamai/edge-dns-problem";

const now = new Date("2026-01-02T03:04:05Z");
const dns = "https://problems.luna.akamaiapis.net/authoritative-dns/";
const answer = (status: number, type: string, detail = "why") => ({
  status,
  headers: {},
  body: JSON.stringify({ type, title: "Title", status, detail }),
});

test.each([
  [401, "https://problems.luna.akamaiapis.net/-/pep-authn/deny", "edge_dns_denied", false],
  [400, "https://problems.luna.akamaiapis.net/-/pep-authn/request-error", "edge_dns_denied", false],
  [403, "https://problems.luna.akamaiapis.net/-/pep-authz/deny", "edge_dns_denied", false],
  [403, `${dns}forbidden`, "edge_dns_denied", false],
  [400, `${dns}cnameCollision`, "dns_conflict", false],
  [400, `${dns}badRequest`, "edge_dns_problem", false],
  [404, `${dns}notFound`, "edge_dns_problem", false],
  [409, `${dns}duplicateRecordSet`, "edge_dns_problem", false],
  [409, `${dns}concurrentZoneModification`, "edge_dns_busy", true],
  [429, "", "edge_dns_busy", true],
  [500, `${dns}serverError`, "edge_dns_problem", true],
  [503, "", "edge_dns_problem", true],
])("%i %s is %s", (status, type, code, retryable) => {
  const error = problemError(answer(status, type), "GET zone example.test", now);
  expect(error).toMatchObject({ code, retryable, facts: { status, type, title: "Title", detail: "why" } });
  expect(error.message).toBe(`Edge DNS answered GET zone example.test with ${status} Title: why`);
});

test("a wrong clock is said", () => {
  const type = "https://problems.luna.akamaiapis.net/-/pep-authn/request-error";
  expect(problemError(answer(400, type, "Invalid timestamp"), "GET x", now).hint).toContain("clock");
});

test.each([
  ["<html>gateway</html>", "Edge DNS answered GET x with 502 <html>gateway</html>"],
  ["", "Edge DNS answered GET x with 502 no reason given"],
  ["null", "Edge DNS answered GET x with 502 no reason given"],
  ['{"type":7}', "Edge DNS answered GET x with 502 no reason given"],
])("a body that is no problem document: %s", (body, message) => {
  expect(problemError({ status: 502, headers: {}, body }, "GET x", now).message).toBe(message);
});
