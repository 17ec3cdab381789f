import { isUnknown } from "../is-unknown";
import type { DeclaredListener, IListener } from "../listener";

/** The kind of load balancer that a listener belongs to. */
export type ListenerKind = "application" | "network";

/** Undefined where it is not known at synthesis. HTTPS is an application load balancer's protocol, TLS a network one's. */
export function kindOf(listener: DeclaredListener | IListener): ListenerKind | undefined {
  const text = "listenerArn" in listener ? listener.listenerArn : listener.protocolInput;
  if (text === undefined || isUnknown(text)) return undefined;
  return text === "TLS" || text.includes(":listener/net/") ? "network" : "application";
}
