const oneYearMs = 365 * 24 * 60 * 60_000;

/** A first policy file, commented. It passes `check`; what has to be filled in is marked `YOURS`. */
export function starterPolicy(file: string, now: Date): string {
  const inAYear = new Date(now.getTime() + oneYearMs).toISOString().slice(0, 10);
  return `# Who may do what with which DNS records behind akamai-dns-proxy. No secret is in here: keep it in git.
# Fill in what is marked YOURS, then: akamai-dns-proxy check ${file}

listen:
  host: 0.0.0.0
  port: 8443
  tls: { certificateFile: adp.pem, privateKeyFile: adp.key } # YOURS: PEM, the certificate with its chain, and its key
  names: [adp.example.gov] # YOURS: the host names clients use; requests for others are refused

# The one Akamai credential; the teams never see it.
upstream:
  edgerc: .edgerc # YOURS
  section: default

# The secrets of all clients are derived from this key. Make it once: openssl rand -base64 48
masterKey: { env: ADP_MASTER_KEY }

# Every decision and every write, a JSON line each.
audit: { file: audit.jsonl }

# One client for each team. "akamai-dns-proxy credentials issue team-web --config ${file}" adds its token here.
clients:
  - name: team-web # YOURS
    cidrs: [10.0.0.0/8] # YOURS: where its requests come from
    expires: ${inAYear}

# What is not granted is denied. YOURS: client, zone and names, throughout.
grants:
  # Certificates by ACME: the challenge of app.example.gov, which also is that of *.app.example.gov.
  - { client: team-web, zone: example.gov, allow: acme-challenge, names: [app.example.gov, "*.app.example.gov"] }
  # Certificates by AWS Certificate Manager: its validation records, which have to stay.
  - { client: team-web, zone: example.gov, allow: acm-validation, names: [app.example.gov] }

  # Further kinds; take the "#" away to use one.

  # One name, addresses of one network:
  #- { client: team-web, zone: example.gov, names: [app.example.gov], types: [A], actions: [read, create, update], values: '^10\\.1\\.\\d+\\.\\d+$' }

  # Everything below one label, with bounds for the TTL. "**" is one label or more, "*" exactly one:
  #- { client: team-web, zone: example.gov, names: ["**.web.example.gov"], types: [A, AAAA], actions: [read, create, update, delete], ttlSeconds: { min: 30, max: 3600 } }

  # A text that several share, each with values of its own: merge keeps what others wrote.
  #- { client: team-web, zone: example.gov, names: [app.example.gov], types: [TXT], actions: [read, create, delete], values: '^web-verification=[0-9a-f]+$', merge: true }
`;
}
