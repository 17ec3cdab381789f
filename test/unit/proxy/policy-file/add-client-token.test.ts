import { addClientToken } from "../../../../src/proxy/policy-file/add-client-token";

test.each([
  [
    "into a flow list",
    "clients:\n  - { name: a, tokens: [ one ] } # keep\n",
    "clients:\n  - { name: a, tokens: [ one, NEW ] } # keep\n",
  ],
  ["into an empty list", "clients: [{ name: a, tokens: [] }]\n", "clients: [{ name: a, tokens: [NEW] }]\n"],
  [
    "into a block list",
    "clients:\n  - name: a\n    tokens:\n      - one   # first\n    cidrs: [x]\n",
    "clients:\n  - name: a\n    tokens:\n      - one   # first\n      - NEW\n    cidrs: [x]\n",
  ],
  [
    "into a flow client without",
    "clients: [{ name: a, expires: x }]\n",
    "clients: [{ name: a, tokens: [NEW], expires: x }]\n",
  ],
  [
    "into a block client without",
    "clients:\n  - name: a\n    expires: x\n",
    "clients:\n  - name: a\n    tokens: [NEW]\n    expires: x\n",
  ],
  [
    "the right client's",
    "clients:\n  - name: b\n  - name: a\n",
    "clients:\n  - name: b\n  - name: a\n    tokens: [NEW]\n",
  ],
])("%s", (_, text, expected) => {
  expect(addClientToken(text, "a", "NEW")).toBe(expected);
});

test("a client that is not there", () => {
  expect(() => addClientToken("clients: [{ name: team-web }]", "team-wbe", "NEW")).toThrow(
    expect.objectContaining({ hint: 'did you mean "team-web"?' }) as Error,
  );
  expect(() => addClientToken("", "team-web", "NEW")).toThrow('has no client "team-web"');
});
