/** The smallest DNS server that a CA can validate against: records by name, errors by name. */
import { once } from "node:events";
import { createSocket } from "node:dgram";
import * as packet from "dns-packet";

export interface DnsRecords {
  /** Name → TXT values. */
  readonly txt: Map<string, string[]>;
  readonly cname: Map<string, string>;
  /** Name → CAA records. */
  readonly caa: Map<string, packet.CaaData[]>;
  /** Name → response code other than NOERROR and NXDOMAIN: 2 SERVFAIL, 5 REFUSED. */
  readonly failing: Map<string, number>;
}

export interface TxtResponder extends DnsRecords {
  readonly address: { readonly host: string; readonly port: number };
  /** Every question, as `TYPE name`. */
  readonly questions: string[];
  close(): Promise<void>;
}

const nxdomain = 3;

/** Answers for every name: NXDOMAIN for `nx.` and below, an empty answer for other names without records. */
export async function startTxtResponder(): Promise<TxtResponder> {
  const records: DnsRecords = { txt: new Map(), cname: new Map(), caa: new Map(), failing: new Map() };
  const questions: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (message, from) => {
    const query = packet.decode(message);
    const question = query.questions?.[0];
    if (question === undefined) return;
    const name = question.name.toLowerCase();
    questions.push(`${question.type} ${name}`);
    const code = records.failing.get(name) ?? (/(^|\.)nx\./.test(name) ? nxdomain : 0);
    const answers = code === 0 ? answersTo(records, question.name, name, question.type) : [];
    const flags = packet.AUTHORITATIVE_ANSWER | code;
    socket.send(
      packet.encode({ type: "response", id: query.id, flags, questions: query.questions, answers }),
      from.port,
      from.address,
    );
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    ...records,
    questions,
    address: { host: "127.0.0.1", port: socket.address().port },
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function answersTo(records: DnsRecords, owner: string, name: string, type: string): packet.Answer[] {
  const target = records.cname.get(name);
  if (target !== undefined) return [{ name: owner, type: "CNAME", ttl: 0, data: target }];
  if (type === "TXT") return (records.txt.get(name) ?? []).map((data) => ({ name: owner, type: "TXT", ttl: 0, data }));
  if (type === "CAA") return (records.caa.get(name) ?? []).map((data) => ({ name: owner, type: "CAA", ttl: 0, data }));
  return [];
}
