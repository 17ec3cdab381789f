/** Requests as nobody should send them: none of them carries a good signature. */
import { signEdgeGrid, type EdgeGridCredentials } from "../../../src/akamai/edgegrid-sign";
import type { Dice } from "../../oracle/dice";

const path = "/config-dns/v2/zones/example.test/names/a.granted.example.test/types/TXT";
const body = '{"name":"a.granted.example.test","type":"TXT","ttl":60,"rdata":["\\"x\\""]}';

interface Parts {
  line: string;
  fields: string[];
  body: string;
}

/** `credentials`: of a client of the proxy, with another secret. */
export function malformedOctets(dice: Dice, credentials: EdgeGridCredentials): Buffer {
  const method = dice.pick(["GET", "POST", "PUT", "DELETE"]);
  const authorization = signEdgeGrid(credentials, { method, target: path, body });
  const parts: Parts = {
    line: `${method} ${path} HTTP/1.1`,
    fields: [`Host: ${credentials.host}`, `Authorization: ${authorization}`, `Content-Length: ${body.length}`],
    body,
  };
  for (const spoil of Array.from({ length: 1 + dice.below(2) }, () => dice.pick(spoilers))) spoil(dice, parts);
  const octets = Buffer.from(`${parts.line}\r\n${parts.fields.join("\r\n")}\r\n\r\n${parts.body}`, "latin1");
  const all = dice.chance(0.15) ? repeated(octets, 2 + dice.below(8)) : octets;
  return dice.chance(0.2) ? damaged(dice, all) : all;
}

/** The same octets, in a few pieces or in one. */
export function piecesOf(dice: Dice, octets: Buffer): Buffer[] {
  if (dice.chance(0.7)) return [octets];
  const cut = dice.below(octets.length);
  const second = cut + dice.below(octets.length - cut);
  return [octets.subarray(0, cut), octets.subarray(cut, second), octets.subarray(second)].filter(
    ({ length }) => length > 0,
  );
}

type Spoiler = (dice: Dice, parts: Parts) => void;

const withoutLength = (parts: Parts) => (parts.fields = parts.fields.filter((field) => !field.startsWith("Content-L")));
const add =
  (...fields: string[]): Spoiler =>
  (dice, parts) =>
    parts.fields.splice(dice.below(parts.fields.length + 1), 0, ...fields);
const line =
  (...lines: string[]): Spoiler =>
  (dice, parts) =>
    (parts.line = dice.pick(lines));
const chunked =
  (...bodies: string[]): Spoiler =>
  (dice, parts) => {
    withoutLength(parts);
    parts.fields.push("Transfer-Encoding: chunked");
    parts.body = dice.pick(bodies);
  };
const authorization =
  (change: (header: string, dice: Dice) => string): Spoiler =>
  (dice, parts) =>
    (parts.fields = parts.fields.map((field) => (field.startsWith("Auth") ? change(field, dice) : field)));

const inside = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;

const spoilers: readonly Spoiler[] = [
  () => undefined,
  line("GET", "GET /", "GET  / HTTP/1.1", `GET ${path} HTTP/1.0`, `GET ${path} HTTP/2.0`, `GET ${path} HTTP/9.9`, " "),
  line(
    `GET http://evil.test${path} HTTP/1.1`,
    "OPTIONS * HTTP/1.1",
    "CONNECT evil.test:443 HTTP/1.1",
    "\u0016\u0003\u0001",
  ),
  line(
    "PRI * HTTP/2.0",
    `TRACE ${path} HTTP/1.1`,
    `DELET ${path} HTTP/1.1`,
    `PATCH ${path} HTTP/1.1`,
    `get ${path} HTTP/1.1`,
  ),
  line(
    `GET ${path}\0 HTTP/1.1`,
    `GET ${path}%00 HTTP/1.1`,
    `GET ${path}%zz HTTP/1.1`,
    `GET \xff\xfe HTTP/1.1`,
    "GET /%%% HTTP/1.1",
  ),
  line(
    "GET /../../etc/passwd HTTP/1.1",
    "GET //healthz HTTP/1.1",
    "GET /healthz/%2e%2e/x HTTP/1.1",
    "GET /healthz HTTP/1.1",
  ),
  line(
    "GET /readyz HTTP/1.1",
    "GET /metrics HTTP/1.1",
    "POST /unexpired/v1/token HTTP/1.1",
    "GET /unexpired/v1/token HTTP/1.1",
  ),
  line(
    `GET /${"a".repeat(20_000)} HTTP/1.1`,
    `GET ${path}?${"a=1&".repeat(3_000)} HTTP/1.1`,
    `${"A".repeat(5_000)} / HTTP/1.1`,
  ),
  add("Content-Length: 5"),
  add("Content-Length: -1"),
  add("Content-Length: 99999999999999999999"),
  add("Transfer-Encoding: chunked"),
  add("Transfer-Encoding: chunked, identity"),
  add("Transfer-Encoding:\tchunked", "Transfer-Encoding: xchunked"),
  add("X-Folded: one\r\n two", " folded: yes"),
  add("Host: evil.test"),
  add("Authorization: Bearer x"),
  add("X-Nul: a\0b", "X-Bare: a\rb"),
  add("No colon here", ": no name", "Bad Name: x"),
  add(`X-Long: ${"x".repeat(20_000)}`),
  add(...Array.from({ length: 3_000 }, (_, index) => `X-${index}: y`)),
  add("Expect: 100-continue"),
  add("Expect: something-else"),
  add("Connection: Upgrade", "Upgrade: websocket"),
  add("Content-Encoding: gzip"),
  add("X-Forwarded-Host: evil.test", "X-Original-URL: /healthz", "X-HTTP-Method-Override: DELETE"),
  chunked(
    "ZZ\r\nabc\r\n0\r\n\r\n",
    "5\r\nabc\r\n0\r\n\r\n",
    "fffffffffffffffff\r\n",
    `3;${"x".repeat(20_000)}\r\nabc\r\n0\r\n\r\n`,
  ),
  chunked(
    `0\r\n\r\n${inside}`,
    "-1\r\n",
    "3\r\nabc\r\n0\r\nTrailer: x\r\n\r\n",
    `${(200_000).toString(16)}\r\n${"x".repeat(200_000)}\r\n0\r\n\r\n`,
  ),
  (_, parts) => (parts.body = inside + parts.body),
  (_, parts) => (parts.body = ""),
  (_, parts) => (parts.body = parts.body.slice(0, 10)),
  (_, parts) => void withoutLength(parts),
  (dice, parts) => {
    const length = dice.pick([131_072, 131_073, 140_000, 1_000_000]);
    withoutLength(parts);
    parts.fields.push(`Content-Length: ${length}`);
    parts.body = "x".repeat(length);
  },
  (_, parts) => (parts.fields = parts.fields.filter((field) => !field.startsWith("Host"))),
  (_, parts) => (parts.fields = parts.fields.filter((field) => !field.startsWith("Auth"))),
  authorization((header) => header.replace(/signature=.*/, "signature=")),
  authorization((header) => header.replace(/timestamp=[^;]*/, "timestamp=20991231T23:59:59+0000")),
  authorization((header) => header.replace(/timestamp=[^;]*/, "timestamp=never")),
  authorization((header) => header.replace(/client_token=[^;]*/, "client_token=__proto__")),
  authorization((header) => header.replace(/access_token=[^;]*/, `access_token=${"x".repeat(10_000)}`)),
  authorization((header) => header.replace("nonce", "nonce=1;nonce")),
  authorization((header) => header.toUpperCase()),
  authorization((header, dice) => header.slice(0, dice.below(header.length))),
  authorization(() => "Authorization: EG1-HMAC-SHA256 "),
  authorization((header) => `${header};signature=AAAA`),
];

function repeated(octets: Buffer, times: number): Buffer {
  return Buffer.concat(Array.from({ length: times }, () => octets));
}

/** A few octets changed, taken out or put in. */
function damaged(dice: Dice, octets: Buffer): Buffer {
  const copy = [...octets.subarray(0, 2_000)];
  for (let times = 1 + dice.below(8); times > 0; times--) {
    const at = dice.below(copy.length);
    dice.pick([
      () => (copy[at] = dice.below(256)),
      () => copy.splice(at, 1),
      () => copy.splice(at, 0, dice.below(256)),
      () => copy.splice(at, dice.below(50)),
    ])();
  }
  return Buffer.concat([Buffer.from(copy), octets.subarray(2_000)]);
}
