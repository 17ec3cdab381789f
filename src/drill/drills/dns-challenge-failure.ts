import { calm } from "../../sandbox/acme-ca/faults";
import { startAcmeCa } from "../../sandbox/acme-ca/start-acme-ca";
import { startDnsServer } from "../../sandbox/dns-server/start-dns-server";
import type { Drill } from "../drill";
import { drillName } from "../estate";

/** The name servers of the house have the value, the one that the CA asks gets no zone transfer: split-horizon DNS. */
export const dnsChallengeFailure: Drill = {
  name: "dns-challenge-failure",
  failureMode: "F5",
  what: "the name server that the CA asks falls behind, so that it never sees the TXT value",
  alert: "DnsChallengeFailing",
  objectives: { detectSeconds: 600, recoverSeconds: 3600 },
  prepare: async (estate) => {
    const { gate, zones } = estate.sandbox;
    const outside = { propagationDelayMs: 0 };
    const dnsServer = await startDnsServer({ store: zones, gate, servers: [outside] });
    estate.onClose(() => dnsServer.close());
    const ca = await startAcmeCa({ dnsServer, gate, faults: calm });
    estate.onClose(() => ca.close());
    await estate.trust(ca.roots);
    const caFile = await estate.write("outside-ca.pem", ca.caPem);
    await estate.configure({ issuers: [{ name: "sandbox", directoryUrl: ca.directoryUrl, caFile }] });
    await estate.serve(drillName, [443]);
    return {
      inject: () => {
        outside.propagationDelayMs = 3_600_000;
        return "one name server is an hour behind the others";
      },
      work: () => estate.renew(),
      recover: async () => {
        outside.propagationDelayMs = 0;
        await estate.renew();
        return "the zone transfer works again, and so does the renewal";
      },
    };
  },
};
