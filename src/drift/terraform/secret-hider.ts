import { Redactor } from "../../platform/redact";

/** Names of variables whose values are secrets: of AWS, of Akamai, of terraform's variables so named. */
const secretName = /SECRET|TOKEN|PASSWORD|PASSPHRASE|PRIVATE_?KEY|MASTER_?KEY|HMAC|CREDENTIAL/i;

/**
 * Takes out of a text what the environment holds of secrets, and what looks like one. `secretVariables` hold one,
 * whatever they are called.
 */
export function secretHider(
  environment: Readonly<Record<string, string | undefined>>,
  secretVariables: readonly string[] = [],
): (text: string) => string {
  const redactor = new Redactor();
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined && (secretName.test(name) || secretVariables.includes(name))) redactor.hide(value);
  return (text) => redactor.text(text);
}
