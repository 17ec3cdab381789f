/**
 * The sandbox in a process of its own, on a good day: no faults, AWS's real page sizes, no rate limits at the CA. Beside
 * its own front doors it has one for TXT values, which costs every client the same.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeTxt } from "../../../src/dns/txt";
import { generationTag, nameTag } from "../../../src/issuance/certificate-tags";
import { noRateLimits } from "../../../src/sandbox/acme-ca/rate-limits/rate-limits";
import type { SandboxRequest } from "../../../src/sandbox/request-gate";
import { faultProfiles } from "../../../src/sandbox/sandbox-options";
import { startSandbox, type Sandbox } from "../../../src/sandbox/start-sandbox";
import { serveOperations } from "./child-program";

/** TXT values at a name, as the body of a request to `txtUrl`; an empty list removes the set. */
export interface TxtChange {
  readonly name: string;
  readonly values: readonly string[];
}

export interface CertificateCopy {
  readonly arn: string;
  readonly name: string;
  readonly generation: string;
}

const zone = "example.gov";

const starting = start();

const operations = {
  places: async () => {
    const { sandbox, txtUrl } = await starting;
    const { acme, aws, dns, edgeDns, files } = sandbox;
    const { endpointUrl, region, accessKeyId, secretAccessKey } = aws;
    return {
      acme: { directoryUrl: acme.directoryUrl, caPem: acme.caPem },
      aws: { endpointUrl, region, accessKeyId, secretAccessKey },
      dns: { servers: dns.servers.map(({ host, port }) => ({ host, port })) },
      edgeDns: { credentials: edgeDns.credentials },
      files,
      txtUrl,
    };
  },

  /** Every request since the last call, in order. */
  takeHistory: async (): Promise<SandboxRequest[]> => (await starting).sandbox.gate.history.splice(0),

  /** Puts copies of the only certificate into ACM, each with a name and a generation of its own. */
  copyCertificate: async (count: number): Promise<CertificateCopy[]> => {
    const { account } = (await starting).sandbox;
    const { acm } = account.region();
    const [original] = acm.all();
    const { material, importedAt } = original ?? {};
    if (original === undefined || material === undefined || importedAt === undefined)
      throw new Error("there is no certificate to copy");
    return Array.from({ length: count }, (_, index) => {
      const copy = { name: `bench/${index}`, generation: `generation-${index}` };
      const tags = new Map(original.tags).set(nameTag, copy.name).set(generationTag, copy.generation);
      return { ...copy, arn: acm.import(material, [...tags], importedAt).arn };
    });
  },
};

export type SandboxOperations = typeof operations;
export type SandboxPlaces = Awaited<ReturnType<SandboxOperations["places"]>>;

async function start(): Promise<{ sandbox: Sandbox; txtUrl: string }> {
  const folder = mkdtempSync(join(tmpdir(), "unexpired-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const sandbox = await startSandbox({ folder, faults: faultProfiles.calm, rateLimits: noRateLimits });
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const { name, values } = JSON.parse(text) as TxtChange;
      sandbox.zones.write(
        zone,
        values.length === 0
          ? { remove: [{ name, type: "TXT" }] }
          : { put: [{ name, type: "TXT", ttlSeconds: 60, rdata: values.map((value) => encodeTxt(value)) }] },
      );
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { sandbox, txtUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

serveOperations(operations);
