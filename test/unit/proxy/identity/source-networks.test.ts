import { isInNetworks, parseCidr } from "../../../../src/proxy/identity/source-networks";

test.each([
  ["10.1.2.3", ["10.1.0.0/16"], true],
  ["::ffff:10.1.2.3", ["10.1.0.0/16"], true],
  ["10.2.0.0", ["10.1.0.0/16"], false],
  ["10.2.0.0", ["10.1.0.0/16", "10.2.0.0"], true],
  ["2001:db8::9", ["2001:db8::/32"], true],
  ["2001:db9::9", ["2001:db8::/32"], false],
  ["2001:db8::9", ["0.0.0.0/0"], false],
])("%s in %j: %s", (address, networks, expected) => {
  expect(isInNetworks(address, networks)).toBe(expected);
});

test("what was looked up in one list says nothing of another", () => {
  const lists = [["10.0.0.0/8"], ["192.0.2.0/24"]];
  const look = () => lists.map((list) => isInNetworks("10.1.2.3", list));
  expect([look(), look()]).toEqual([
    [true, false],
    [true, false],
  ]);
});

test.each(["10.0.0/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8/9", "::/129", "host"])("%s is no network", (text) => {
  expect(() => parseCidr(text)).toThrow("is not a network");
});
