const letsEncrypt = /^https:\/\/acme-(?:staging-)?v02\.api\.letsencrypt\.org\/directory$/;

/** What an example meets in a sandbox, where it would meet Let's Encrypt, Edge DNS and the zones' name servers. */
export interface PlacesOfSandbox {
  readonly acme: { readonly directoryUrl: string; readonly caFile: string };
  readonly dns: { readonly nameServers: readonly string[] };
  /** @default as the stack has it: a proxy stands in between */
  readonly edgeDns?: { readonly edgerc: string; readonly caFile: string };
}

interface Issuer {
  readonly directory_url: string;
  readonly ca_file?: string;
}

interface PointedStack {
  readonly provider: { readonly unexpired?: object[] };
  readonly resource: {
    readonly unexpired_certificate?: Record<string, { issuer: Issuer }>;
  };
}

/** The JSON of a stack with the sandbox in place of the world outside; AWS is found by the environment. */
export function pointAtSandbox(text: string, { acme, dns, edgeDns }: PlacesOfSandbox): string {
  const stack = JSON.parse(text) as PointedStack;
  for (const block of stack.provider.unexpired ?? [])
    Object.assign(block, {
      ...(edgeDns && { edge_dns: { edgerc: edgeDns.edgerc, ca_file: edgeDns.caFile } }),
      name_servers: dns.nameServers,
    });
  for (const certificate of Object.values(stack.resource.unexpired_certificate ?? {}))
    if (letsEncrypt.test(certificate.issuer.directory_url))
      certificate.issuer = { ...certificate.issuer, directory_url: acme.directoryUrl, ca_file: acme.caFile };
  return JSON.stringify(stack, null, 2);
}
