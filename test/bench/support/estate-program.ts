/**
 * An estate of 2,500 certificates behind the emulated AWS, in a process of its own: AWS's page sizes and rates, no
 * accidents, and a name server that knows none of the validation records.
 */
import { calm } from "../../../src/sandbox/aws/aws-faults";
import type { BucketUse } from "../../../src/sandbox/aws/rate-limits";
import { startDnsServer } from "../../../src/sandbox/dns-server/start-dns-server";
import { RequestGate } from "../../../src/sandbox/request-gate";
import { ZoneStore } from "../../../src/sandbox/zone-store";
import { startEstate } from "../../support/estates/start-estate";
import { serveOperations } from "./child-program";

const starting = startEstate({ faults: { ...calm, enforceRates: true } });
const naming = startDns();

const operations = {
  places: async () => {
    const { aws, estate } = await starting;
    const { host, port } = await naming;
    const { endpointUrl, region, accessKeyId, secretAccessKey } = aws;
    return {
      aws: { endpointUrl, region, accessKeyId, secretAccessKey },
      nameServer: `${host}:${port}`,
      roleArns: [...estate.roleArns.values()],
      certificates: estate.certificates.length,
    };
  },

  /** How the buckets were used so far. */
  uses: async (): Promise<readonly BucketUse[]> => (await starting).aws.rates.uses(),
};

export type EstateOperations = typeof operations;
export type EstatePlaces = Awaited<ReturnType<EstateOperations["places"]>>;

function startDns() {
  const store = new ZoneStore();
  store.createZone("example.gov", []);
  return startDnsServer({ store, gate: new RequestGate(), servers: [{}] });
}

serveOperations(operations);
