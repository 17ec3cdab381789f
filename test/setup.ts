/** Tests speak to loopback only: an attempt to reach anything else is a bug in the test. */
import net from "node:net";

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
process.env.AWS_EC2_METADATA_DISABLED = "true";

const loopback = /^(127\.|::1$|localhost$)/;
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const [first] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  const host = typeof first === "object" && first !== null ? (first as { host?: string }).host : undefined;
  if (host !== undefined && !loopback.test(host)) throw new Error(`test tried to reach ${host}: loopback only`);
  return connect.apply(this, args as Parameters<typeof connect>);
} as typeof connect;
