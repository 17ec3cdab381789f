/** Tests speak to loopback only: an attempt to reach anything else is a bug in the test. */
import net from "node:net";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
process.env.AWS_EC2_METADATA_DISABLED = "true";

const loopback = /^(127\.|::1$|localhost$)/;
const connect = Reflect.get(net.Socket.prototype, "connect") as (this: net.Socket, ...args: unknown[]) => net.Socket;

function connectToLoopback(this: net.Socket, ...args: unknown[]): net.Socket {
  const [first] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  const host = typeof first === "object" && first !== null ? (first as { host?: string }).host : undefined;
  if (host !== undefined && !loopback.test(host)) throw new Error(`test tried to reach ${host}: loopback only`);
  return Reflect.apply(connect, this, args);
}

Reflect.set(net.Socket.prototype, "connect", connectToLoopback);
