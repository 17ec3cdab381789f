import { manageCerts, managerTag, nameTag } from "../../issuance/certificate-tags";
import type { CertificateOrigin, RenewalOwner } from "./estate";

/** Keys under which teams are used to say what made a resource. */
const makerKeys = /^(managed|created|deployed|provisioned|maintained)[-_ :]?(by|with)$|^(provisioner|iac|tool)$/i;

const terraforms = /\b(terraform|opentofu|cdktf|cdktn|terragrunt)\b/i;

/**
 * Who renews a certificate. An import has no renewal of its own (ACM user guide, "Managed certificate renewal"), so
 * there its tags tell: ours, those of our Terraform provider, or what teams use to write.
 */
export function ownerOf(origin: CertificateOrigin, tags: Readonly<Record<string, string>>): RenewalOwner {
  if (origin === "amazon-issued" || origin === "private-ca") return "acm";
  if (origin === "acme-endpoint") return "acme-client";
  if (tags[managerTag] === manageCerts) return "unexpired";
  return nameTag in tags || Object.entries(tags).some(namesTerraform) ? "terraform" : "nobody";
}

function namesTerraform([key, value]: readonly [string, string]): boolean {
  if (makerKeys.test(key)) return terraforms.test(value);
  return /^terraform$/i.test(key) && !/^(false|no|0)$/i.test(value);
}
