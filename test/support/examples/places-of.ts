import type { Sandbox } from "../../../src/sandbox/start-sandbox";
import { nameServersOf } from "../provider-world";
import type { PlacesOfSandbox } from "./point-at-sandbox";

/** Of a sandbox in this process. */
export function placesOf(sandbox: Sandbox): PlacesOfSandbox {
  const { acme, files } = sandbox;
  return {
    acme: { directoryUrl: acme.directoryUrl, caFile: files.acmeCaFile },
    dns: { nameServers: nameServersOf(sandbox) },
    edgeDns: { edgerc: files.edgerc, caFile: files.edgeDnsCaFile },
  };
}
