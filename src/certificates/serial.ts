/**
 * A serial number as `CertificateInfo` has it. ACM writes `0a:1b:…`, Node `0A1B…` without leading zeros; DER has a zero
 * octet in front where the first bit is set (X.690 8.3).
 */
export function normalSerial(text: string): string {
  const digits = text.replace(/[^0-9a-f]/gi, "").toLowerCase();
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const shortest = even.replace(/^(00)+(?=..)/, "");
  return /^[89a-f]/.test(shortest) ? `00${shortest}` : shortest;
}
