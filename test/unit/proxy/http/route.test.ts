import fc from "fast-check";
import { isAppError } from "../../../../src/platform/errors";
import { parseRoute } from "../../../../src/proxy/http/route";

const set = "/config-dns/v2/zones/e.gov/names/a.e.gov/types/TXT";

test.each<[string, string, object]>([
  ["GET", "/config-dns/v2/zones", { operation: "list-zones", query: {} }],
  ["GET", "/config-dns/v2/zones?page=2&contractIds=C-1", { query: { page: "2", contractIds: "C-1" } }],
  ["GET", "/config-dns/v2/zones/E.gov.", { operation: "get-zone", zone: "e.gov" }],
  ["GET", "/config-dns/v2/zones/names/names", { operation: "list-names", zone: "names" }],
  ["GET", "/config-dns/v2/zones/e.gov/names/%2A.e.gov/types", { operation: "list-types", name: "*.e.gov" }],
  ["GET", set, { operation: "read-record-set", zone: "e.gov", name: "a.e.gov", type: "TXT" }],
  ["POST", set, { operation: "create-record-set" }],
  ["PUT", set, { operation: "replace-record-set" }],
  ["DELETE", set.replace("TXT", "txt"), { operation: "delete-record-set", type: "TXT" }],
  ["GET", "/unexpired/v1/allowed?zone=e.gov", { operation: "allowed", query: { zone: "e.gov" } }],
  ["POST", "/unexpired/v1/allowed", { operation: "closed" }],
  ["PUT", "/config-dns/v2/zones/e.gov", { operation: "closed" }],
  ["GET", "/config-dns/v2/zones/e.gov/keys", { operation: "closed" }],
  ["GET", "/config-dns/v3/zones", { operation: "closed" }],
  ["GET", "/x/config-dns/v2/zones", { operation: "closed" }],
  ["GET", `${set}?AccountSwitchKey=`, { operation: "closed" }],
])("%s %s", (method, target, expected) => {
  expect(parseRoute(method, target)).toMatchObject(expected);
});

test.each([
  "http://other.test/config-dns/v2/zones",
  "*",
  "",
  `${set}/`,
  `${set}#x`,
  `${set}?x=1`,
  "/config-dns/v2/zones/e.gov/./names",
  "/config-dns/v2/zones/%2e%2e/names",
  "/config-dns/v2/zones/a%5Cb",
  "/config-dns/v2/zones/a%3Fb",
  "/config-dns/v2/zones/a b",
])("%s is refused", (target) => {
  expect(() => parseRoute("GET", target)).toThrow(expect.objectContaining({ code: "invalid_argument" }) as Error);
});

test("whatever comes, it is a route whose parts are clean, or invalid_argument", () => {
  const segment = fc.oneof(
    fc.constantFrom("config-dns", "v2", "zones", "names", "types", "e.gov", "TXT", "..", "%2e", "%2F", "%00", "*", ""),
    fc.string({ maxLength: 6 }),
  );
  const targets = fc.array(segment, { maxLength: 9 }).map((segments) => `/${segments.join("/")}`);
  fc.assert(
    fc.property(fc.constantFrom("GET", "PUT"), targets, (method, target) => {
      try {
        const route = parseRoute(method, target);
        if ("zone" in route) expect(route.zone).toMatch(/^[a-z0-9_*-]+(\.[a-z0-9_-]+)*$/);
        if ("name" in route) expect(route.name).toMatch(/^[a-z0-9_*-]+(\.[a-z0-9_-]+)*$/);
      } catch (error) {
        expect(isAppError(error, "invalid_argument")).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});
