import { connect } from "node:tls";
import { Duplex } from "node:stream";
import { readClientHello } from "../../../../src/sandbox/load-balancer/client-hello";

/** What Node itself sends first, without a network. */
function clientHello(servername: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const wire = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _, done) => {
        resolve(chunk);
        done();
      },
    });
    connect({ socket: wire, servername }).on("error", () => undefined);
  });
}

/** The same handshake message in records of a few octets each. */
function inSmallRecords(hello: Buffer, size: number): Buffer {
  const message = hello.subarray(5);
  const records = [];
  for (let at = 0; at < message.length; at += size) {
    const part = message.subarray(at, at + size);
    records.push(Buffer.from([22, 3, 1, part.length >> 8, part.length & 255]), part);
  }
  return Buffer.concat(records);
}

test("finds the server name, and that there is none", async () => {
  expect(readClientHello(await clientHello("app.example.gov"))).toEqual({
    state: "read",
    serverName: "app.example.gov",
  });
  expect(readClientHello(await clientHello(""))).toEqual({ state: "read" });
});

test("every true prefix is incomplete, in one record or in many", async () => {
  const whole = await clientHello("app.example.gov");
  for (const form of [whole, inSmallRecords(whole, 3), inSmallRecords(whole, 100)]) {
    for (let length = 0; length < form.length; length++)
      expect(readClientHello(form.subarray(0, length))).toEqual({ state: "incomplete" });
    expect(readClientHello(form)).toEqual({ state: "read", serverName: "app.example.gov" });
  }
});

test.each([
  ["plain HTTP", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
  ["another handshake message", Buffer.from([22, 3, 1, 0, 4, 2, 0, 0, 0])],
  ["a message with wrong lengths", Buffer.from([22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3])],
])("%s is unreadable", (_, octets) => {
  expect(readClientHello(octets)).toEqual({ state: "unreadable" });
});
