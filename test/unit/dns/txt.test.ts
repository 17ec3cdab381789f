import fc from "fast-check";
import { decodeTxt, encodeTxt, parseCharacterStrings, txtText } from "../../../src/dns/txt";

const octets = fc.uint8Array({ maxLength: 700 });

describe("TXT text and value", () => {
  test("every value survives encoding, and the canonical text is its own canonical text", () => {
    fc.assert(
      fc.property(octets, (value) => {
        const text = encodeTxt(value);
        expect(decodeTxt(text).equals(Buffer.from(value))).toBe(true);
        expect(encodeTxt(decodeTxt(text))).toBe(text);
        expect(text).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });

  test("no character-string is longer than 255 octets, and none is cut short", () => {
    fc.assert(
      fc.property(octets, (value) => {
        const lengths = parseCharacterStrings(encodeTxt(value)).map((string) => string.length);
        expect(lengths.slice(0, -1).every((length) => length === 255)).toBe(true);
        expect(lengths.at(-1)).toBeLessThanOrEqual(255);
      }),
    );
  });

  test("text is UTF-8", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (value) => expect(txtText(encodeTxt(value))).toBe(value)));
  });

  test.each([
    ['"abc"', "abc"],
    ["abc", "abc"],
    ['"a" "b"', "ab"],
    ['"a""b"', "ab"],
    ["a b", "ab"],
    ["abc;comment", "abc"],
    ['"abc;def"', "abc;def"],
    ["abc\\;def", "abc;def"],
    ['"say \\"hi\\" \\\\"', 'say "hi" \\'],
    ['"\\065\\066"', "AB"],
    ['""', ""],
    ['"zürich"', "zürich"],
    ["à", "à"],
    ['  "x"\t', "x"],
  ])("%s is the value %j", (text, value) => {
    expect(txtText(text)).toBe(value);
  });

  test.each([['"open'], ["end\\"], ['"\\2"'], ['"\\256"'], [""], ["   "], ["; only a comment"]])(
    "%j is refused",
    (text) => {
      expect(() => decodeTxt(text)).toThrow(expect.objectContaining({ code: "invalid_argument" }) as Error);
    },
  );
});
