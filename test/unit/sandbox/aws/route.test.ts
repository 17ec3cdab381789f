import { matchRoute, type Route } from "../../../../src/sandbox/aws/route";

const routes: readonly Route[] = [
  { action: "GetZone", method: "GET", path: "/v1/zone/{Id}" },
  { action: "ListSets", method: "GET", path: "/v1/zone/{Id}/sets" },
  { action: "Tag", method: "POST", path: "/v1/tags/{Arn+}" },
  { action: "MakeTagged", method: "PUT", path: "/v1/zone?WithTags" },
  { action: "Make", method: "PUT", path: "/v1/zone" },
  { action: "Drop", method: "PUT", path: "/v1/sets?Operation=Drop" },
];

test("finds an action by method and path, with the members of path and query", () => {
  expect(matchRoute(routes, "GET", "/v1/zone/Z1")).toMatchObject({ action: "GetZone", input: { Id: "Z1" } });
  expect(matchRoute(routes, "GET", "/v1/zone/Z1/sets/?name=%5C052.a&max=3")).toMatchObject({
    action: "ListSets",
    input: { Id: "Z1", name: "\\052.a", max: "3" },
  });
  expect(matchRoute(routes, "POST", "/v1/tags/arn%3Aaws/b/c").input).toEqual({ Arn: "arn:aws/b/c" });
});

test("tells actions at one path by what a query must hold", () => {
  expect(matchRoute(routes, "PUT", "/v1/zone?WithTags").action).toBe("MakeTagged");
  expect(matchRoute(routes, "PUT", "/v1/zone").action).toBe("Make");
  expect(matchRoute(routes, "PUT", "/v1/sets?Operation=Drop&Id=1").input).toMatchObject({ Id: "1" });
  expect(() => matchRoute(routes, "PUT", "/v1/sets?Operation=Keep")).toThrow("no action at");
});

test.each([
  ["POST", "/v1/zone/Z1"],
  ["GET", "/v1/zone"],
  ["GET", "/v1/zone/Z1/other"],
])("%s %s is no action", (method, path) => {
  expect(() => matchRoute(routes, method, path)).toThrow("no action at");
});
