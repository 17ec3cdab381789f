import type { Drill } from "../drill";
import { drillName } from "../estate";

export const proxyDown: Drill = {
  name: "proxy-down",
  what: "the only akamai-dns-proxy dies",
  alert: "ProxyDown",
  objectives: { detectSeconds: 300, recoverSeconds: 3600 },
  alarmEnds: true,
  ruleSeconds: 120,
  prepare: async (estate) => {
    const proxy = await estate.startProxy([
      `{ client: team-web, zone: example.gov, allow: acme-challenge, names: [${drillName}] }`,
    ]);
    await estate.configure({ edgeDns: { edgerc: proxy.edgerc, section: "team-web", caFile: proxy.caFile } });
    await estate.serve(drillName, [443]);
    return {
      inject: async () => {
        await proxy.kill();
        return "akamai-dns-proxy is gone (kill -9), and nothing starts it again";
      },
      recover: async () => {
        await proxy.startAgain();
        await estate.renew();
        return "akamai-dns-proxy serve again, and so the renewal";
      },
    };
  },
};
