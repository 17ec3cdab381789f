import { problemError } from "../../../../src/akamai/edge-dns-problem";
import { AppError } from "../../../../src/platform/errors";
import { failureProblem } from "../../../../src/proxy/http/upstream-failure";

const now = new Date("2026-01-02T03:04:05.000Z");
const refused = (status: number, headers: Record<string, string>, type = "") =>
  problemError({ status, headers, body: JSON.stringify({ type, detail: "said by Akamai" }) }, "GET zone", now);

test("a rate limit of Akamai is told with the moment it ends", () => {
  const error = refused(429, { "x-ratelimit-next": "2026-01-02T03:04:47.500Z" });
  expect(failureProblem(error, now)).toMatchObject({
    status: 429,
    detail: "Akamai limits the requests of this proxy: try again in 43 s",
    headers: { "retry-after": "43", "x-ratelimit-next": "2026-01-02T03:04:47.500Z" },
  });
});

test("a rate limit that ends at an unknown moment, met before time was over", () => {
  const error = new AppError("timeout", "time is over", { facts: { ...refused(429, {}).facts } });
  expect(failureProblem(error, now)).toMatchObject({ status: 429, headers: { "retry-after": "30" } });
});

test.each([
  ["the zone lock", refused(409, {}, "x/concurrentZoneModification"), 503, "Edge DNS is busy: try again"],
  ["bad credentials", refused(401, {}), 503, "Akamai refuses the proxy's own credentials"],
  ["a failure", refused(500, {}), 503, "Edge DNS failed to answer properly"],
  ["no answer", new AppError("timeout", "GET https://akab gave no answer"), 503, "Edge DNS gave no answer"],
  ["its word on the data", refused(400, {}), 400, "said by Akamai"],
  [
    "no PostgreSQL",
    new AppError("coordination_unavailable", "db.example"),
    503,
    "the replicas of this proxy share is out",
  ],
  ["our own fault", new AppError("internal", "oops"), 500, "this proxy failed"],
])("what a client hears: %s", (_, error, status, detail) => {
  expect(failureProblem(error, now)).toMatchObject({ status, detail: expect.stringContaining(detail) as string });
});
