import { decodeTxt } from "../../../../../src/dns/txt";
import { zoneFileText } from "../../../../../src/sandbox/aws/route53/zone-file-text";

test.each([
  ['"plain" "text"', "plaintext"],
  ['"\\303\\251"', "é"],
  ['"a \\"quoted\\" word"', 'a "quoted" word'],
  // a backslash, and digits after it
  ['"\\\\101"', "\\101"],
])("%s is %j", (text, value) => {
  expect(decodeTxt(zoneFileText(text)).toString()).toBe(value);
});
