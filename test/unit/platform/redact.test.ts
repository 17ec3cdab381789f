import { Redactor, isSecretName } from "../../../src/platform/redact";

const secret = "Xk3v9QpL0sWzT7rB";
const redactor = new Redactor();

test.each([
  `authorization: EG1-HMAC-SHA256 client_token=akab-1;access_token=${secret};timestamp=t;nonce=n;signature=${secret}=`,
  `client_secret = ${secret}`,
  `clientSecret=${secret}&x=1`,
  `access_token: ${secret}`,
  `{"access_token":"${secret}","expires":1}`,
  `{"clientSecret": "${secret}"}`,
  JSON.stringify({ body: JSON.stringify({ client_secret: secret }) }),
  `{"zone":"a","tsigKey":{"algorithm":"hmac-sha256","name":"k","secret":"${secret}"}}`,
  JSON.stringify(`{"tsigKey":{"name":"k","secret":"${secret}"}}`),
  `{"tsigKey":{"name":"k","secret":"${secret}`,
  `unexpected token in {"secret":"${secret}`,
  `Bearer ${secret}`,
  `Authorization: Basic ${secret}`,
  `token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.${secret}`,
  `connect postgres://adp:${secret}@db.example.gov/adp`,
  `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`,
  `-----BEGIN EC PRIVATE KEY-----\\n${secret}`,
  `password=${secret}`,
  `master_key=${secret}`,
])("%s", (text) => {
  expect(redactor.text(text)).not.toContain(secret);
});

test("what is no secret stays as it is", () => {
  for (const text of [
    "request refused: signature",
    "the client akab-0123456789abcdef may not",
    `{"name":"_acme-challenge.a","rdata":["\\"abc\\""]}`,
    "cannot read /etc/adp/.edgerc: ENOENT",
    "GET https://adp.example.gov:8443/config-dns/v2/zones",
    "-----BEGIN CERTIFICATE-----\nMIIB",
  ])
    expect(redactor.text(text)).toBe(text);
});

test("a text that was to be hidden is masked wherever it stands, and so is each of its lines", () => {
  const own = new Redactor();
  own.hide("first line of a key\nsecond line of a key\n");
  own.hide("short");
  expect(own.text("x=first line of a key, y=second line of a key, short")).toBe("x=[redacted], y=[redacted], short");
});

test("names count without case, hyphens and underscores", () => {
  expect(["Authorization", "client-secret", "access_token", "tsigKey", "SET-COOKIE"].every(isSecretName)).toBe(true);
  expect(["clientToken", "client", "reason", "requestId"].some(isSecretName)).toBe(false);
});

test("a text that somebody chose keeps nobody busy", () => {
  for (const piece of [
    "\\\\",
    "a.",
    "eyJaaaaa-",
    "secret ",
    '"secret":"',
    "-----BEGIN PRIVATE KEY-----",
    "client_secret",
    "x://y:",
  ]) {
    const masked = redactor.text(piece.repeat(20_000));
    expect(masked.length).toBeLessThan(20_000);
  }
});
