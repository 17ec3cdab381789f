import { describeRoute, parseEdgeDnsRoute } from "../../../../src/sandbox/edge-dns/parse-edge-dns-route";

const zones = "/config-dns/v2/zones";

test.each([
  [zones, { kind: "zones" }],
  [`${zones}/Example.test.`, { kind: "zone", zone: "example.test" }],
  [`${zones}/example.test/recordsets`, { kind: "recordsets", zone: "example.test" }],
  [`${zones}/example.test/names`, { kind: "names", zone: "example.test" }],
  [
    `${zones}/example.test/names/A.example.test./types`,
    { kind: "types", zone: "example.test", name: "a.example.test" },
  ],
  [
    `${zones}/example.test/names/%2A.example.test/types/txt`,
    { kind: "recordset", zone: "example.test", name: "*.example.test", type: "TXT" },
  ],
  [`${zones}/example.test/zone-file`, { kind: "other" }],
  [`${zones}/example.test/names/a.example.test`, { kind: "other" }],
  [`${zones}/example.test/names/a.example.test/types/TXT/more`, { kind: "other" }],
  [`${zones}/%zz`, { kind: "other" }],
  ["/config-dns/v1/zones", { kind: "other" }],
  ["/", { kind: "other" }],
])("%s", (path, route) => {
  expect(parseEdgeDnsRoute(path)).toEqual(route);
});

test("operations have names of their own in the history", () => {
  const described = (method: string, path: string) => describeRoute(method, parseEdgeDnsRoute(path));
  expect(described("PUT", `${zones}/example.test/names/a.example.test/types/TXT`)).toEqual({
    operation: "PUT recordset",
    subject: "a.example.test/TXT",
  });
  expect(described("GET", `${zones}/example.test`)).toEqual({ operation: "GET zone", subject: "example.test" });
  expect(described("GET", zones)).toEqual({ operation: "GET zones" });
});
