import { groupBy, isDated, type Dated } from "../estate-view";
import type { FindingFacts, FindingRule } from "../finding";
import { counted, ofCertificate } from "../words";

export const duplicate: FindingRule = {
  id: "duplicate",
  title: "several valid certificates of one account and region with the same names and key algorithm",
  severity: "notice",
  advice: "keep one of them",
  find: (view) => {
    const valid = view.certificates.filter(
      (certificate): certificate is Dated =>
        isDated(certificate) && !view.isOver(certificate) && certificate.origin !== "acme-endpoint",
    );
    return [...groupBy(valid, alike).values()].flatMap((group) => told(group));
  },
};

function alike({ accountId, region, keyAlgorithm, names }: Dated): string {
  return [accountId, region, keyAlgorithm, ...[...names].sort()].join(" ");
}

function told(group: readonly Dated[]): FindingFacts[] {
  const [kept, ...others] = [...group].sort((one, other) => other.notAfter.getTime() - one.notAfter.getTime());
  if (kept === undefined || others.length === 0) return [];
  return [
    {
      ...ofCertificate(kept),
      severity: "notice",
      message: `${counted(others.length, "other certificate")} with the same names and key: ${others.map(({ arn }) => arn).join(", ")}`,
      action: `use ${kept.arn}, which is valid for longest, everywhere, and delete the others`,
      due: undefined,
    },
  ];
}
