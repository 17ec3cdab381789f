import type { Socket } from "node:net";
import { readClientHello } from "./client-hello";

/** A ClientHello with many key shares stays far below this. */
const largestHello = 64 * 1024;

/** Waits for the ClientHello and puts it back, so that a TLS server can take the connection over; undefined: no name. */
export function peekServerName(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let octets: Buffer = Buffer.alloc(0);
    const stop = () => {
      socket.off("readable", read).off("end", lost).off("close", lost);
    };
    const lost = () => {
      stop();
      reject(new Error("the client left before its ClientHello was complete"));
    };
    const read = () => {
      for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null)
        octets = Buffer.concat([octets, chunk]);
      const hello = readClientHello(octets);
      if (hello.state === "incomplete" && octets.length < largestHello) return;
      stop();
      socket.unshift(octets);
      resolve(hello.state === "read" ? hello.serverName : undefined);
    };
    socket.on("readable", read).on("end", lost).on("close", lost);
  });
}
