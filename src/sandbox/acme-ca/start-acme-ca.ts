/**
 * An ACME certificate authority for tests and demonstrations: RFC 8555 with dns-01, RFC 9773, profiles, CAA and Let's
 * Encrypt's rate limits. It really validates over DNS and really issues, and it is hostile unless told otherwise.
 *
 * It is no CA for real use: keys are new at each start, everything is kept in memory, and of the challenges it offers
 * it validates dns-01 alone. Folders are the roles of a CA: `web-front` takes requests, `validation` proves control,
 * `issuing` signs, `store` remembers. Start reading at `web-front/routes.ts`.
 */
import { once } from "node:events";
import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { listenedToByMany } from "../../platform/deadline";
import { createThrowawayCa } from "../throwaway-tls";
import { withDefaults, type AcmeCaOptions } from "./acme-ca-options";
import { acmeCaManagement, type AcmeCaManagement } from "./acme-ca-management";
import { createAcmeCaContext } from "./create-context";
import { dnsAnswersFrom } from "./validation/dns-answers";
import { serveRevocationList } from "./web-front/revocation-list";
import { serveRequest } from "./web-front/web-front";

export interface AcmeCa extends AcmeCaManagement {
  readonly directoryUrl: string;
  /** PEM of the authority behind the HTTPS endpoint: what a client must trust to speak to the CA. */
  readonly caPem: string;
  /** PEM of the roots of what the CA issues: that of the default chain first. */
  readonly roots: readonly string[];
  /** Ends connections and waits under way. */
  close(): Promise<void>;
}

/** Starts the CA on 127.0.0.1 and a free port. */
export async function startAcmeCa(options: AcmeCaOptions): Promise<AcmeCa> {
  const settings = withDefaults(options);
  const tls = await createThrowawayCa();
  const identity = await tls.issue(["127.0.0.1", "localhost"]);
  const server = createServer({ cert: identity.certPem, key: identity.keyPem, keepAliveTimeout: 60_000 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const lists = createPlainServer();
  lists.listen(0, "127.0.0.1");
  await once(lists, "listening");
  const listsOrigin = `http://127.0.0.1:${(lists.address() as AddressInfo).port}`;
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const closing = new AbortController();
  listenedToByMany(closing.signal);
  const dns = dnsAnswersFrom(settings.dnsServer);
  const context = createAcmeCaContext({ settings, origin, listsOrigin, dns, closing: closing.signal });
  server.on("request", (incoming, outgoing) => {
    serveRequest(context, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  lists.on("request", (incoming, outgoing) => {
    serveRevocationList(context, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  return {
    ...acmeCaManagement(context),
    directoryUrl: context.urls.directory,
    caPem: tls.caPem,
    roots: context.hierarchy.roots,
    close: async () => {
      closing.abort();
      for (const each of [server, lists]) {
        each.closeAllConnections();
        await new Promise((resolve) => each.close(resolve));
      }
    },
  };
}
