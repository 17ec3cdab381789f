import { normalSerial } from "../../../src/certificates/serial";

test.each([
  ["0a:1b:2c", "0a1b2c"],
  ["A1B", "0a1b"],
  ["00:f0:01", "00f001"],
  ["f0:01", "00f001"],
  ["00:7f", "7f"],
  ["00", "00"],
])("the serial %s is %s", (text, normal) => {
  expect(normalSerial(text)).toBe(normal);
});
