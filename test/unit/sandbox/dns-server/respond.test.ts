import * as dnsPacket from "dns-packet";
import { encodeTxt } from "../../../../src/dns/txt";
import type { ZoneView } from "../../../../src/sandbox/dns-server/answer-question";
import { readQuery, respond, type Transport } from "../../../../src/sandbox/dns-server/respond";
import { ZoneStore } from "../../../../src/sandbox/zone-store";

const store = new ZoneStore();
store.createZone("example.test", [
  { name: "big.example.test", type: "TXT", ttlSeconds: 60, rdata: [encodeTxt("x".repeat(900))] },
  { name: "huge.example.test", type: "TXT", ttlSeconds: 60, rdata: [encodeTxt("x".repeat(1_300))] },
  { name: "tlsa.example.test", type: "TLSA", ttlSeconds: 60, rdata: ["3 1 1 abcd"] },
]);
const view: ZoneView = { zones: store.zones(), zoneFor: (name) => store.zone(store.zoneOf(name) ?? "") };

interface Asked {
  readonly transport?: Transport;
  readonly packet?: Partial<dnsPacket.Packet>;
  readonly class?: dnsPacket.RecordClass;
  readonly ednsSize?: number;
}

function ask(name: string, type: dnsPacket.RecordType, asked: Asked = {}) {
  const opt = { type: "OPT", name: ".", udpPayloadSize: asked.ednsSize ?? 0, options: [], flags: 0 } as unknown;
  const query = readQuery(
    dnsPacket.encode({
      type: "query",
      id: 7,
      flags: dnsPacket.RECURSION_DESIRED,
      questions: [{ type, name, class: asked.class ?? "IN" }],
      additionals: asked.ednsSize === undefined ? [] : [opt as dnsPacket.Answer],
      ...asked.packet,
    }),
  );
  if (query === undefined) throw new Error("no query");
  const octets = respond(query, view, asked.transport ?? "udp");
  const packet = dnsPacket.decode(octets);
  return { packet, length: octets.length, rcode: (packet.flags ?? 0) & 0xf };
}

test("answers with authority, in the letter case of the question", () => {
  const { packet, rcode } = ask("BIG.example.TEST", "TXT", { transport: "tcp" });
  expect(rcode).toBe(0);
  expect(packet).toMatchObject({ id: 7, flag_qr: true, flag_aa: true, flag_tc: false, flag_rd: true, flag_ra: false });
  expect(packet.answers).toMatchObject([{ name: "BIG.example.TEST", type: "TXT", ttl: 60 }]);
});

test.each([
  ["big.example.test", undefined, true],
  ["big.example.test", 1_232, false],
  ["huge.example.test", 4_096, true],
])("UDP: %s with EDNS size %s is truncated: %s", (name, ednsSize, truncated) => {
  const { packet, length } = ask(name, "TXT", ednsSize === undefined ? {} : { ednsSize });
  expect(packet.flag_tc).toBe(truncated);
  expect(packet.answers).toHaveLength(truncated ? 0 : 1);
  expect(length).toBeLessThanOrEqual(ednsSize === undefined ? 512 : 1_232);
});

test.each<[string, string, dnsPacket.RecordType, number, string]>([
  ["a name that is not", "no.example.test", "A", 3, "example.test"],
  ["a type that is not", "big.example.test", "A", 0, "example.test"],
  ["a name above all zones", "test", "CAA", 0, "."],
  ["a name outside all zones", "a.invalid", "A", 3, "."],
])("says with the SOA that there is nothing: %s", (_what, name, type, code, owner) => {
  const { packet, rcode } = ask(name, type);
  expect(rcode).toBe(code);
  expect(packet.answers).toEqual([]);
  expect(packet.authorities).toMatchObject([{ type: "SOA", name: owner }]);
});

test("what it does not serve it says", () => {
  expect(ask("tlsa.example.test", "TLSA").rcode).toBe(4);
  expect(ask("example.test", "A", { class: "CH" }).rcode).toBe(5);
  expect(ask("example.test", "A", { packet: { flags: 5 << 11 } }).rcode).toBe(4);
  expect(ask("example.test", "A", { packet: { questions: [] } }).rcode).toBe(1);
});

test("stays silent at what is no query", () => {
  expect(readQuery(Buffer.from("no DNS at all"))).toBeUndefined();
  expect(readQuery(dnsPacket.encode({ type: "response", id: 1 }))).toBeUndefined();
});
