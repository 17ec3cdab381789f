import type { AcmeIssuer } from "../../../issuance/acme-issuer";
import type { SecretReference } from "../../../platform/secret-reference";
import type { CertificateState } from "./schema";

type Issuer = CertificateState["issuer"];

/** The issuer block as the engine takes it. */
export function acmeIssuer({ directory_url, ca_file, contact_email, external_account_binding }: Issuer): AcmeIssuer {
  return {
    directoryUrl: directory_url,
    caFile: ca_file ?? undefined,
    contactEmail: contact_email ?? undefined,
    externalAccountBinding: external_account_binding
      ? { keyId: external_account_binding.key_id, macKey: placeOfKey(external_account_binding) }
      : undefined,
  };
}

/** Validation has seen to it that exactly one place is named. */
function placeOfKey(binding: NonNullable<Issuer["external_account_binding"]>): SecretReference {
  const { hmac_key_env: variable, hmac_key_file: path, hmac_key_secret_arn: secretArn } = binding;
  if (variable !== null) return { kind: "environment", variable };
  if (path !== null) return { kind: "file", path };
  return { kind: "secrets-manager", secretArn: secretArn ?? "" };
}
