import { allEntriesIn, sniCertificatesByDefault, sniQuotaPage } from "../checks/listener-entries";
import type { TerraformStack } from "../engine";
import type { Finding } from "./finding";

/** Listeners whose list is nearly full: one more certificate than the quota is refused at apply, or by the attachment. */
export function forecastListeners(stack: TerraformStack): readonly Finding[] {
  return allEntriesIn(stack)
    .filter(({ sni }) => sni.size >= sniCertificatesByDefault * nearly)
    .map(({ name, sni }) => ({
      at: stack,
      level: "warning",
      what: `listener ${name} has ${sni.size} certificates beside its default, and ${sniCertificatesByDefault} is the most by default`,
      source: sniQuotaPage,
      fix: "put several names on one certificate, or have the quota raised",
    }));
}

/** Share of a quota from which it is worth a word. */
export const nearly = 0.8;
