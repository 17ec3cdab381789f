import fc from "fast-check";
import { txtRecogniser } from "../../../src/dns/txt-recogniser";
import { encodeTxt } from "../../../src/dns/txt";

const spf = '"v=spf1 include:example.test; -all"';
const escaped = '"say \\"hi\\""';

describe("txtRecogniser", () => {
  test.each([
    ["as it is", spf, spf],
    ["without quotes", "v=spf1 include:example.test; -all", spf],
    ["quoted anew", '"v=spf1 include:example.test\\; -all"', spf],
    ["without quotes, backslashes kept", "say \\hi\\", escaped],
    ["without quotes and backslashes", "say hi", escaped],
    ["not known", '"other"', undefined],
    ["cut at the semicolon", "v=spf1", undefined],
  ])("%s", (_what, text, known) => {
    expect(txtRecogniser([escaped, spf])(text)).toBe(known);
  });

  test("prefers the exact text, and does not guess between two", () => {
    expect(txtRecogniser(['"ab"', '"a" "b"'])('"a" "b"')).toBe('"a" "b"');
    expect(txtRecogniser(['"a b"', 'a "b"'])("a b")).toBe('a "b"');
  });

  test("finds every known value after its quotes were taken away", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: fc.constantFrom(..."ab; ,") }), { minLength: 1 }), (values) => {
        const known = values.map((value) => encodeTxt(value));
        const recognise = txtRecogniser(known);
        for (const text of known) expect(recognise(text.replaceAll('"', ""))).toBe(text);
      }),
    );
  });
});
