import { acmeIssuer } from "../../../../../src/provider/resources/certificate/acme-issuer";
import { certificateState } from "../../../../support/certificate-state";

const { issuer } = certificateState();
const binding = { key_id: "k", hmac_key_env: null, hmac_key_file: null, hmac_key_secret_arn: null };

test("what the block leaves out is left out", () => {
  const bare = { ...issuer, ca_file: null, contact_email: null, external_account_binding: null };
  expect(acmeIssuer(bare)).toEqual({ directoryUrl: issuer.directory_url });
});

test.each([
  [{ hmac_key_env: "HMAC" }, { kind: "environment", variable: "HMAC" }],
  [{ hmac_key_file: "hmac" }, { kind: "file", path: "hmac" }],
  [{ hmac_key_secret_arn: "arn:hmac" }, { kind: "secrets-manager", secretArn: "arn:hmac" }],
])("the key of a binding by %j", (place, macKey) => {
  const { externalAccountBinding } = acmeIssuer({ ...issuer, external_account_binding: { ...binding, ...place } });
  expect(externalAccountBinding).toEqual({ keyId: "k", macKey });
});
