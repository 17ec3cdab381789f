import { allEntriesIn, quotaPageOf, sniCertificatesByDefault } from "../checks/listener-entries";
import type { TerraformStack } from "../engine";
import type { Finding } from "./finding";

/**
 * Listeners whose list is nearly full: one more certificate than the quota is refused at apply, or by the attachment. A
 * certificate that is replaced stands there beside its successor for a moment.
 */
export function forecastListeners(stack: TerraformStack): readonly Finding[] {
  return allEntriesIn(stack)
    .filter(({ sni }) => sni.size >= sniCertificatesByDefault * nearly)
    .map((entries) => ({
      at: stack,
      level: "warning",
      what:
        `listener ${entries.name} has ${entries.sni.size} certificates beside its default, and ` +
        `${sniCertificatesByDefault} is the most by default; each one that is replaced needs two places for a moment`,
      source: quotaPageOf(entries),
      fix: "put several names on one certificate, or have the quota raised",
    }));
}

/** Share of a quota from which it is worth a word. */
export const nearly = 0.8;
