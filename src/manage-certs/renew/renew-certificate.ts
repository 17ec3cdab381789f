/**
 * Renews one certificate: checked, ordered, imported, rolled out, proved. Under the same ARN where ACM takes it, so that
 * whatever uses it follows; otherwise beside the old one, which every attachment then leaves for it.
 */
import { certId } from "../../acme/renewal-info";
import type { CertificateStore } from "../../aws/certificate-store";
import { checkReimport } from "../../certificates/check-reimport";
import { generationTag, inheritedTags, manageCerts, managerTag, renewsTag } from "../../issuance/certificate-tags";
import { findTarget, importNew, importOver, type ReimportTarget } from "../../issuance/import-certificate";
import type { IssuedCertificate } from "../../issuance/issue-certificate";
import type { ScannedCertificate } from "../scan/estate";
import { finishRenewal } from "./finish-renewal";
import { orderCertificate } from "./order-certificate";
import { proveServing } from "./prove-serving";
import type { OnStep, RenewalOutcome, RenewParts } from "./renew-parts";
import { rehearseServing } from "./rehearse-serving";
import type { PlannedRenewal, RenewalAction } from "./renewal-plan";
import { sayingNow } from "./saying-now";
import { endTrial, importCopy, tryOnCanary } from "./try-on-canary";
import { whereToProve } from "./where-to-prove";

type Renewal = PlannedRenewal & { readonly action: Extract<RenewalAction, { kind: "renew" }> };

/** Where the new certificate was put first. */
type Imported = { readonly under: "same" | "new" | "copy"; readonly arn: string; readonly issued: IssuedCertificate };

/** Errors: those of every step, each saying what is true then. */
export async function renewCertificate(renewal: Renewal, parts: RenewParts, onStep: OnStep): Promise<RenewalOutcome> {
  const { certificate, attachments } = renewal;
  onStep("check");
  const store = parts.accessTo(certificate.accountId).certificates(certificate.region);
  const moved = await changedSince(certificate, store, parts).catch(sayingNow(nothingChanged));
  if (moved !== undefined) return moved;
  const { places, warnings, target } = await checked(renewal, store, parts).catch(sayingNow(nothingChanged));

  onStep("order", renewal.action.issuer.name);
  const canary = attachments.filter(({ point }) => parts.isCanary(point));
  const trial = { certificate, attachments: canary, places, store, onStep };
  const order = { names: certificate.names, ...renewal.action, replaces: replacesOf(certificate) };
  const importIt = async (issued: IssuedCertificate): Promise<Imported> => {
    await rehearseServing(issued, places, parts);
    onStep("import");
    if (checkReimport(target.leaf, issued.chain.leaf).length > 0)
      return { under: "new", arn: await importBeside(issued, certificate, store, parts), issued };
    if (canary.length > 0) return { under: "copy", arn: await importCopy(issued, trial, parts), issued };
    return { under: "same", arn: (await importOver(target, issued, { ...parts, store })).arn, issued };
  };
  const { kept, leftovers } = await orderCertificate(order, parts, (issued) =>
    importIt(issued).catch(sayingNow(`the certificate ${issued.chain.leaf.serial} is issued, and its key is given up`)),
  ).catch(sayingNow("what is served is what it was"));
  const { leaf } = kept.issued.chain;
  const now = { result: "renewed" as const, serial: leaf.serial, notAfter: leaf.notAfter };
  const known = [...warnings, ...leftovers, ...kept.issued.warnings];

  if (kept.under === "new") {
    const successor = { arn: kept.arn, serial: leaf.serial };
    const left = await finishRenewal({ certificate, successor, attachments, places, store, onStep }, parts);
    return { ...now, arn: kept.arn, warnings: [...known, ...left] };
  }
  const left = kept.under === "copy" ? await tried(kept, target, trial, parts) : [];
  onStep("prove");
  await proveServing(leaf.serial, places, { certificate, attachments }, parts).catch(
    sayingNow(
      `it stays in ${certificate.arn}, since an import cannot be taken back, and all attachments are what they were`,
      { deployment: "partial" },
    ),
  );
  return { ...now, arn: certificate.arn, warnings: [...known, ...left] };
}

async function tried(
  { arn, issued }: Imported,
  target: ReimportTarget,
  trial: Parameters<typeof tryOnCanary>[1],
  parts: RenewParts,
): Promise<readonly string[]> {
  const { store, onStep } = trial;
  await tryOnCanary({ arn, serial: issued.chain.leaf.serial }, trial, parts);
  onStep("import");
  const ends = sayingNow(`${arn} stays on trial until the next run ends that`, { deployment: "partial" });
  await importOver(target, issued, { ...parts, store }).catch(ends);
  return endTrial(arn, trial, parts).catch(ends);
}

const nothingChanged = "nothing was changed";

/** All that can fail before an order is spent, the tag among it. */
async function checked(renewal: Renewal, store: CertificateStore, parts: RenewParts) {
  const { arn, serial, tags } = renewal.certificate;
  const { log, signal } = parts;
  const { places, warnings } = await whereToProve([serial], renewal, parts);
  const target = await findTarget(arn, { store, log, signal });
  await store.checkMayImport({ signal });
  if (tags[managerTag] === undefined) await store.tag(arn, { [managerTag]: manageCerts }, { signal });
  return { places, warnings, target };
}

/** Somebody else was here since the scan. */
async function changedSince(
  { arn, serial }: ScannedCertificate,
  store: CertificateStore,
  { signal }: RenewParts,
): Promise<RenewalOutcome | undefined> {
  const found = await store.describe(arn, { signal });
  if (found?.serial === serial) return undefined;
  const why = found === undefined ? "it is gone" : `it has serial ${found.serial ?? "none"} now`;
  return {
    result: "left",
    arn,
    serial: found?.serial,
    notAfter: found?.notAfter,
    warnings: [`changed since the scan: ${why}`],
  };
}

/** certID, so that the CA knows which certificate this one is for (RFC 9773 5). */
function replacesOf({ chain, serial }: ScannedCertificate): string | undefined {
  return chain?.authorityKeyId === undefined || serial === undefined ? undefined : certId(chain.authorityKeyId, serial);
}

async function importBeside(
  issued: IssuedCertificate,
  { arn, tags }: ScannedCertificate,
  store: CertificateStore,
  parts: RenewParts,
): Promise<string> {
  const own = { [renewsTag]: arn, [managerTag]: manageCerts, [generationTag]: parts.newGeneration() };
  return (await importNew(issued, { ...inheritedTags(tags), ...own }, { ...parts, store })).arn;
}
