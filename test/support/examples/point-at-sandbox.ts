import { nameServersOf, type SandboxPlaces } from "../provider-world";

const letsEncrypt = /^https:\/\/acme-(?:staging-)?v02\.api\.letsencrypt\.org\/directory$/;

interface PointedStack {
  readonly provider: { readonly unexpired?: object[] };
  readonly resource: {
    readonly unexpired_certificate?: Record<string, { issuer: { readonly directory_url: string } }>;
  };
}

/** The JSON of a stack with the sandbox in place of Edge DNS, of the zones' name servers and of Let's Encrypt. */
export function pointAtSandbox(text: string, sandbox: Pick<SandboxPlaces, "acme" | "dns" | "files">): string {
  const stack = JSON.parse(text) as PointedStack;
  const { edgerc, edgeDnsCaFile, acmeCaFile } = sandbox.files;
  for (const block of stack.provider.unexpired ?? [])
    Object.assign(block, { edge_dns: { edgerc, ca_file: edgeDnsCaFile }, name_servers: nameServersOf(sandbox) });
  for (const certificate of Object.values(stack.resource.unexpired_certificate ?? {}))
    if (letsEncrypt.test(certificate.issuer.directory_url))
      certificate.issuer = {
        ...certificate.issuer,
        ...{ directory_url: sandbox.acme.directoryUrl, ca_file: acmeCaFile },
      };
  return JSON.stringify(stack);
}
