import { addressesBy, parseConnectTo } from "../../../src/rollout/connect-to";

test.each([
  ["WWW.example.gov:443:127.0.0.1:8443", { name: "www.example.gov", port: 443, host: "127.0.0.1", toPort: 8443 }],
  ["::proxy.internal:8443", { host: "proxy.internal", toPort: 8443 }],
  ["www.example.gov::[::1]:", { name: "www.example.gov", host: "::1" }],
])("%s", (text, expected) => {
  expect(parseConnectTo(text)).toEqual(expected);
});

test.each(["www.example.gov", "a:b:c:d", "a:443::443", "a:443:h:70000", "a:0:h:1", "a:443:::1:443"])(
  "%s does not say where a name is",
  (text) => {
    expect(() => parseConnectTo(text)).toThrow(expect.objectContaining({ code: "invalid_argument" }) as Error);
  },
);

test("all entries that speak of a name and port are its addresses; of others it is not known", () => {
  const entries = ["lb.test:443:127.0.0.1:1", "lb.test::127.0.0.2:", ":8443:127.0.0.3:3"].map(parseConnectTo);
  expect(addressesBy(entries, ["LB.test", "www.example.gov"], 443)).toEqual([
    { host: "127.0.0.1", port: 1 },
    { host: "127.0.0.2", port: 443 },
  ]);
  expect(addressesBy(entries, ["other.test"], 8443)).toEqual([{ host: "127.0.0.3", port: 3 }]);
  expect(addressesBy(entries, ["other.test"], 443)).toBeUndefined();
});
