/** DNS messages: octets of a query to octets of a response. */
import * as dnsPacket from "dns-packet";
import { canonicalName } from "../../dns/record-set";
import { answerQuestion, rcode, type DnsAnswer, type ZoneView } from "./answer-question";

/** Largest UDP response without EDNS (RFC 1035 4.2.1), and with it what is safe from fragmentation (RFC 9715). */
const plainUdpLimit = 512;
const ednsUdpLimit = 1_232;

export type Transport = "udp" | "tcp";

/** A query that could be read. */
export interface DnsQuery {
  readonly packet: dnsPacket.DecodedPacket;
  /** Undefined unless there is exactly one question. */
  readonly question?: dnsPacket.Question;
}

/** Undefined for octets that are no query: a server stays silent then. */
export function readQuery(message: Buffer): DnsQuery | undefined {
  try {
    const packet = dnsPacket.decode(message);
    if (packet.flag_qr) return undefined;
    const [question, ...more] = packet.questions ?? [];
    return { packet, ...(more.length === 0 && question !== undefined ? { question } : {}) };
  } catch {
    return undefined;
  }
}

/** `TXT _acme-challenge.example.test`: operation and subject of a query in the sandbox's history. */
export function describeQuery({ question }: DnsQuery): { operation: string; subject: string } {
  return { operation: question?.type ?? "unknown", subject: canonicalName(question?.name ?? "") };
}

/** The response; over UDP one that does not fit is emptied and marked, so that the client asks again over TCP. */
export function respond(query: DnsQuery, view: ZoneView, transport: Transport): Buffer {
  const answer = decide(query, view);
  const whole = encode(query, answer, false);
  if (transport === "tcp" || whole.length <= udpLimit(query)) return whole;
  return encode(query, { ...answer, answers: [], authorities: [] }, true);
}

function decide({ packet, question }: DnsQuery, view: ZoneView): DnsAnswer {
  const nothing = { authoritative: false, answers: [], authorities: [] };
  const opcode = ((packet.flags ?? 0) >> 11) & 0xf;
  if (opcode !== 0) return { ...nothing, rcode: rcode.notImplemented };
  if (question === undefined) return { ...nothing, rcode: rcode.formatError };
  if (question.class !== "IN") return { ...nothing, rcode: rcode.refused };
  return answerQuestion(question, view);
}

function encode({ packet, question }: DnsQuery, answer: DnsAnswer, truncated: boolean): Buffer {
  const asked = packet.additionals?.find((each) => each.type === "OPT");
  return dnsPacket.encode({
    type: "response",
    id: packet.id,
    flags:
      answer.rcode |
      (answer.authoritative ? dnsPacket.AUTHORITATIVE_ANSWER : 0) |
      (truncated ? dnsPacket.TRUNCATED_RESPONSE : 0) |
      (packet.flag_rd ? dnsPacket.RECURSION_DESIRED : 0),
    questions: question === undefined ? [] : [question],
    answers: [...answer.answers],
    authorities: [...answer.authorities],
    additionals: asked === undefined ? [] : [edns],
  });
}

const edns: dnsPacket.OptAnswer = {
  type: "OPT",
  name: ".",
  udpPayloadSize: ednsUdpLimit,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
};

function udpLimit({ packet }: DnsQuery): number {
  const asked = packet.additionals?.find((each): each is dnsPacket.OptAnswer => each.type === "OPT");
  return Math.min(Math.max(asked?.udpPayloadSize ?? plainUdpLimit, plainUdpLimit), ednsUdpLimit);
}
