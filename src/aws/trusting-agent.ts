import { Agent } from "node:https";
import { secureContextTrusting } from "../platform/extra-authorities";

/**
 * Connections of the AWS SDK, with the same trust as `HttpClient`. The trust is asked for at each connection and not
 * before, since reading it takes some 50 ms, which an endpoint without TLS must not pay.
 */
export class TrustingAgent extends Agent {
  constructor() {
    // the SDK's own choices for its agents
    super({ keepAlive: true, maxSockets: 50 });
  }

  override createConnection(...[options, callback]: Parameters<Agent["createConnection"]>) {
    const trusting = { ...options, secureContext: secureContextTrusting() };
    return super.createConnection(trusting, callback);
  }
}
