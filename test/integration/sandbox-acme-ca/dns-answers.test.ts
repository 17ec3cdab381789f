/** The look-ups of the CA against a real socket: what each answer of a server becomes. */
import { dnsAnswersFrom, DnsFailure } from "../../../src/sandbox/acme-ca/validation/dns-answers";
import { startTxtResponder, type TxtResponder } from "./txt-responder";

let dns: TxtResponder;
const answers = () => dnsAnswersFrom(dns.address);

beforeAll(async () => {
  dns = await startTxtResponder();
  dns.txt.set("plain.example.gov", ["one", "two"]);
  dns.txt.set("target.example.org", ["three"]);
  dns.cname.set("alias.example.gov", "middle.example.net");
  dns.cname.set("middle.example.net", "target.example.org");
  dns.cname.set("loop.example.gov", "loop.example.gov");
  dns.cname.set("dangling.example.gov", "nx.example.org");
  dns.caa.set("target.example.org", [{ flags: 0, tag: "issue", value: "letsencrypt.org" }]);
  dns.failing.set("servfail.example.gov", 2).set("refused.example.gov", 5);
});

afterAll(() => dns.close());

test("values, values behind CNAMEs of other zones, and none", async () => {
  expect((await answers().txt("plain.example.gov")).sort()).toEqual(["one", "two"]);
  expect(await answers().txt("alias.example.gov")).toEqual(["three"]);
  expect(await answers().caa("alias.example.gov")).toEqual([{ critical: 0, issue: "letsencrypt.org" }]);
  expect(await answers().txt("empty.example.gov")).toEqual([]);
  expect(await answers().caa("empty.example.gov")).toEqual([]);
});

test("a new value is seen at once: nothing is cached", async () => {
  const one = answers();
  expect(await one.txt("fresh.example.gov")).toEqual([]);
  dns.txt.set("fresh.example.gov", ["now"]);
  expect(await one.txt("fresh.example.gov")).toEqual(["now"]);
});

test.each([
  ["nx.example.gov", "NXDOMAIN"],
  ["servfail.example.gov", "SERVFAIL"],
  ["refused.example.gov", "REFUSED"],
  ["dangling.example.gov", "NXDOMAIN"],
  ["loop.example.gov", "CNAME loop"],
])("%s fails with %s", async (name, reason) => {
  const failure = await answers()
    .txt(name)
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(DnsFailure);
  expect(failure).toMatchObject({ reason });
});
