import { route53Text } from "../../../src/aws/route53-text";

test.each([
  ["plain", '"plain"'],
  ['a "quoted" \\ word', '"a \\"quoted\\" \\\\ word"'],
  // octal, unlike in zone files
  ["é\u007f\n", '"\\303\\251\\177\\012"'],
  ["\\123", '"\\\\123"'],
  ["x".repeat(256), `"${"x".repeat(255)}" "x"`],
])("%j", (value, text) => {
  expect(route53Text(value)).toBe(text);
});
