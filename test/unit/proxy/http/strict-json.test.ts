import fc from "fast-check";
import { parseStrictJson } from "../../../../src/proxy/http/strict-json";

const parse = (text: string) => parseStrictJson(Buffer.from(text));

test.each([
  '{"a":1,"a":2}',
  '{"a":1,"\\u0061":2}',
  '{"a":[{"b":1,"b":2}]}',
  '{"a":{"x":"}"},"a" :1}',
  '{"\\"":1,"\\"":2}',
])("%s has a key twice", (text) => {
  expect(() => parse(text)).toThrow(/is there twice/);
});

test.each(['{"a":1}{"b":2}', '{"a":1} x', "", "{", "\ufeff{}x"])("%j is not JSON", (text) => {
  expect(() => parse(text)).toThrow(/not acceptable JSON/);
});

test("octets that are not UTF-8", () => {
  expect(() => parseStrictJson(Buffer.from([0x22, 0xff, 0x22]))).toThrow(/not acceptable JSON/);
});

test("whatever JSON.stringify writes is read as it was", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(parse(JSON.stringify(JSON.parse(text)))).toEqual(JSON.parse(text));
    }),
  );
});

test("keys may repeat in different objects, and as values", () => {
  const text = '[{"a":"a"},{"a":{"a":["a:","{",{"a":1}]}}]';
  expect(parse(text)).toEqual(JSON.parse(text));
});
