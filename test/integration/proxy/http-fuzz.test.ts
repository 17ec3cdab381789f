/** Whatever octets come in on a socket: the proxy lives, says something well-formed or closes, and asks Edge DNS nothing. */
import { connect, type Socket } from "node:net";
import { signEdgeGrid } from "../../../src/akamai/edgegrid-sign";
import { Dice } from "../../oracle/dice";
import { inParallel } from "../../support/in-parallel";
import { PlainProxy } from "../../support/plain-proxy";
import { exchange } from "../../support/wire/exchange";
import { readAnswers } from "../../support/wire/http-answers";
import { hostileBody, hostileTarget } from "../../support/wire/hostile-requests";
import { malformedOctets, piecesOf } from "../../support/wire/malformed-octets";

const zone = "example.test";
const rounds = Number(process.env["FUZZ_ROUNDS"] ?? 1);
const firstSeed = Number(process.env["FUZZ_SEED"] ?? 1);
const everything = { actions: ["read", "create", "update", "delete"], types: ["TXT", "A", "CNAME", "MX"] };

let proxy: PlainProxy;
let slow: Socket[];

beforeAll(async () => {
  proxy = await PlainProxy.start({
    clients: ["web"],
    grants: [
      { client: "web", zone, names: [`**.granted.${zone}`], ...everything },
      { client: "web", zone, names: [`**.merged.${zone}`], ...everything, merge: true },
      { client: "web", zone, names: [`slow.${zone}`], ...everything, values: "^(a+)+$" },
    ],
    zones: { [zone]: [], "other.test": [] },
  });
  // headers that never come to an end stay open all the while
  slow = Array.from({ length: 50 }, () => connect(proxy.port, "127.0.0.1"));
  for (const socket of slow)
    socket.on("error", () => undefined).write("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-");
});

afterAll(async () => {
  for (const socket of slow) socket.destroy();
  await proxy.stop();
});

afterEach(async () => {
  const [health] = await send([Buffer.from("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")]);
  expect(health).toEqual({ status: 200, body: '{"status":"ok"}' });
  expect(proxy.residentMiB()).toBeLessThan(600);
});

const send = async (pieces: readonly Buffer[], isWhole = true) =>
  readAnswers(await exchange(proxy.port, pieces, { isWhole }));
const seeds = (count: number) => Array.from({ length: count * rounds }, (_, index) => firstSeed + index);
const inTheirTurn = <T>(items: readonly T[], operation: (item: T) => Promise<unknown>) =>
  inParallel(items, 24, operation);

test("16,000 malformed or wrongly signed requests: each is refused, none reaches Edge DNS", async () => {
  const asked = proxy.gate.history.length;
  const statuses = new Map<number, number>();
  await inTheirTurn(seeds(16_000), async (seed) => {
    const dice = new Dice(seed);
    const octets = malformedOctets(dice, { ...proxy.credentials("web"), clientSecret: "not the secret" });
    for (const { status, body } of await send(piecesOf(dice, octets), false)) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      // what is served to everybody is 200
      if (status >= 500 || (status < 400 && !/"status":"(ok|ready)|^# HELP/.test(body)))
        throw new Error(`seed ${seed}: ${status} ${body} to ${octets.toString("latin1", 0, 500)}`);
      if (body.startsWith("{")) JSON.parse(body);
    }
  });
  // /readyz asks by itself whether Edge DNS is there, and not for each request
  const others = proxy.gate.history.slice(asked).filter(({ operation }) => operation !== "GET zones");
  expect(others).toEqual([]);
  expect(proxy.gate.history.length - asked).toBeLessThan(50);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 404, 413, 417, 431]));
});

test("4,000 well signed requests with hostile paths and bodies: answered, never with a 500", async () => {
  const asked = proxy.gate.history.length;
  const succeeded = { count: 0 };
  await inTheirTurn(seeds(4_000), async (seed) => {
    const dice = new Dice(seed);
    const method = dice.pick(["GET", "POST", "PUT", "DELETE"]);
    const target = hostileTarget(dice, zone);
    const body = method === "GET" || method === "DELETE" ? Buffer.alloc(0) : hostileBody(dice, target);
    const [answer, ...more] = await send(piecesOf(dice, signed(method, target, body)));
    if (answer === undefined || more.length > 0 || [500, 502, 504].includes(answer.status))
      throw new Error(
        `seed ${seed}: ${JSON.stringify(answer)} to ${method} ${target} ${body.toString("latin1", 0, 300)}`,
      );
    if (answer.body !== "") JSON.parse(answer.body);
    if (answer.status < 300) succeeded.count++;
  });
  expect(succeeded.count).toBeGreaterThan(200 * rounds);
  const written = proxy.gate.history.slice(asked).filter(({ operation }) => /^(POST|PUT|DELETE)/.test(operation));
  expect(written.length).toBeGreaterThan(10);
  const outside = written.filter(({ subject = "" }) => !/(granted|merged|slow)\.example\.test/.test(subject));
  expect(outside).toEqual([]);
});

test("bodies that are too long: whoever sends one hears so, and one without end is cut off", async () => {
  const path = `/config-dns/v2/zones/${zone}/names/a.granted.${zone}/types/TXT`;
  await inTheirTurn(seeds(600), async (seed) => {
    const answers = await send(
      piecesOf(new Dice(seed), signed("PUT", path, Buffer.alloc(140_000 + 1_000 * seed, "["))),
    );
    expect(answers.map(({ status }) => status)).toEqual([413]);
  });
  const head = Buffer.from(`PUT ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\n`);
  const answered = await exchange(proxy.port, [head, ...Array.from({ length: 400 }, () => Buffer.alloc(65_536, "["))]);
  expect(answered.length === 0 || answered.toString("latin1").startsWith("HTTP/1.1 413")).toBe(true);
  const waiting = await exchange(proxy.port, [head], { isWhole: true });
  expect(readAnswers(waiting)).toMatchObject([{ status: 413 }]);
});

test("200 writes again octet for octet: refused, and written once", async () => {
  const path = (seed: number) => `/config-dns/v2/zones/${zone}/names/r${seed}.granted.${zone}/types/TXT`;
  await inTheirTurn(seeds(200), async (seed) => {
    const body = Buffer.from(
      JSON.stringify({ name: `r${seed}.granted.${zone}`, type: "TXT", ttl: 60, rdata: ['"x"'] }),
    );
    const octets = signed("POST", path(seed), body);
    const answers = [await send([octets]), await send([octets]), await send([octets])];
    expect(answers.flat().map(({ status }) => status)).toEqual([201, 401, 401]);
  });
  expect(proxy.gate.history.filter(({ subject = "" }) => subject.includes("r7.granted"))).toHaveLength(2);
});

function signed(method: string, target: string, body: Buffer): Buffer {
  const authorization = signEdgeGrid(proxy.credentials("web"), { method, target, body });
  const head =
    `${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${proxy.port}\r\nAuthorization: ${authorization}\r\n` +
    `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), body]);
}
