import { parseRecordSetBody } from "../../../../src/proxy/http/record-set-body";

const path = { name: "a.e.gov", type: "TXT" };
const parse = (body: object) => parseRecordSetBody(Buffer.from(JSON.stringify(body)), path);
const good = { name: "a.e.gov", type: "TXT", ttl: 60, rdata: ["x"] };

test.each([
  ["as documented", good, 60],
  ["lego's trailing dot, another case", { ...good, name: "A.e.GOV.", type: "txt" }, 60],
  ["Posh-ACME's TTL", { ...good, ttl: "300" }, 300],
  ["old Go libraries", { ...good, active: true }, 60],
])("%s", (_, body, ttlSeconds) => {
  expect(parse(body)).toEqual({ ttlSeconds, rdata: ["x"] });
});

test.each([
  ["another name", { ...good, name: "b.e.gov" }, "the body is about b.e.gov TXT, the path about a.e.gov TXT"],
  ["another type", { ...good, type: "A" }, "the body is about"],
  ["a negative TTL", { ...good, ttl: -1 }, "ttl: "],
  ["a TTL of 32 bits", { ...good, ttl: 2 ** 31 }, "ttl: "],
  ["a TTL of words", { ...good, ttl: "1h" }, "ttl: "],
  ["rdata that is no list", { ...good, rdata: "x" }, "rdata: "],
  ["rdata of numbers", { ...good, rdata: [1] }, "rdata.0: "],
  ["an own key", { ...good, op: "DELETE" }, 'Unrecognized key: "op"'],
  ["a list", [good], "the body: "],
])("%s is refused", (_, body, message) => {
  expect(() => parse(body)).toThrow(message);
});
