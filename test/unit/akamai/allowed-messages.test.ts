import { allowedRequest, requireAllowed } from "../../../src/akamai/allowed-messages";

const question = {
  zone: "example.gov",
  name: "_acme-challenge.*.example.gov",
  type: "TXT",
  actions: ["create", "delete"],
} as const;
const response = (status: number, body: unknown) => ({ status, headers: {}, body: JSON.stringify(body) });

test("the question is a path of its own", () => {
  expect(allowedRequest(question).target).toBe(
    "/unexpired/v1/allowed?zone=example.gov&name=_acme-challenge.*.example.gov&type=TXT&action=create%2Cdelete",
  );
});

test("a no is an error with the proxy's reason", () => {
  const answer = response(200, { allowed: false, reason: "no-grant", detail: "team-web has no grant for it" });
  expect(() => requireAllowed(answer, question)).toThrow(
    expect.objectContaining({
      code: "edge_dns_denied",
      message: expect.stringContaining("team-web has no grant for it") as string,
    }) as Error,
  );
});

test.each([
  ["a yes", response(200, { allowed: true, grant: {} })],
  ["Akamai, which does not know the path", response(404, { title: "Not Found" })],
  ["Akamai's gateway", response(403, { title: "Forbidden" })],
  ["an answer in a shape of the future", response(200, { verdict: "maybe" })],
])("%s does not stop anybody", (_, answer) => {
  expect(() => requireAllowed(answer, question)).not.toThrow();
});
