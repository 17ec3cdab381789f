import { AppError } from "../../platform/errors";
import { writeNewFile } from "../../platform/new-file";

/** A manage-certs.yaml to start from: as it stands it is complete but for the zone and the address. */
export const starterConfig = `# What manage-certs works with. Every setting may also stand in the environment, as YAML: MANAGE_CERTS_ISSUERS and so on.
# A scan needs none of it; a renewal needs zones and issuers.

# Where to look: regions by name, or all. Default: AWS_REGION.
regions: all

# More accounts than the one of the credentials; each has a role that trusts it.
# accounts:
#   - name: shared
#   - name: shop
#     roleArn: arn:aws:iam::111122223333:role/manage-certs

# Zones in which challenge records may be written.
zones:
  - name: example.gov # in Akamai Edge DNS, or behind akamai-dns-proxy
  # - name: example.org
  #   type: route53
  #   id: Z0123456789ABCDEFGHIJ

# Where the credential for Edge DNS is. Default: ~/.edgerc, or what AKAMAI_* of the environment say.
# edgeDns:
#   edgerc: /etc/manage-certs/edgerc
#   section: team-web

# Who issues. Try the staging directory first: its limits are wide, and nobody trusts its certificates.
issuers:
  - name: letsencrypt
    directoryUrl: https://acme-v02.api.letsencrypt.org/directory
    # contactEmail: certificates@example.gov
  - name: staging
    directoryUrl: https://acme-staging-v02.api.letsencrypt.org/directory

# The usual one of them.
issuer: letsencrypt

# Where the accounts' keys are kept. Default: a folder of the user, which a runner that is thrown away loses.
# accountStore:
#   file: /var/lib/manage-certs/accounts

# A time before the end at which all are due, besides what the CA says (RFC 9773). Default: by the lifetime.
# renewal:
#   daysBeforeExpiry: 30

# Whom a finding is for.
# owners:
#   - names: ["*.shop.example.gov"]
#     owner: shop
#     contact: shop@example.gov

# limits:
#   changes: 20 # certificates of one run
#   ordersPerHour: 100
#   concurrency: 4
#   graceHours: 24 # until a certificate that was replaced is deleted
`;

/** Errors: `invalid_argument` where the file is there already; `store_unwritable`. */
export async function writeStarterConfig(file: string): Promise<void> {
  if (await writeNewFile(file, starterConfig)) return;
  throw new AppError("invalid_argument", `${file} is there already, and is left as it is`, {
    hint: "name another file: manage-certs init --config FILE",
  });
}
