import { xmlText } from "../../platform/report/xml";
import { nameOfCertificate } from "../findings/words";
import type { RenewalsRun } from "./renewals-document";

/** A run as JUnit XML, a test case for each certificate that there was something to do for, so that CI shows it. */
export function toJunit({ applied, estate, reports }: RenewalsRun): string {
  const told = reports.filter(({ planned }) => planned.action.kind !== "left");
  const cases = told.map(({ planned: { certificate, action }, error }) => {
    const attributes = `classname="${xmlText(certificate.arn)}" name="${xmlText(nameOfCertificate(certificate))}"`;
    const failure =
      error ?? (action.kind === "blocked" ? { code: action.code, message: action.why, hint: action.hint } : undefined);
    if (failure === undefined && applied) return `    <testcase ${attributes}/>`;
    const inner =
      failure === undefined
        ? `<skipped message="${xmlText(`to do: ${action.why}`)}"/>`
        : `<failure type="${failure.code}" message="${xmlText(failure.message)}">${xmlText(failure.hint ?? "")}</failure>`;
    return `    <testcase ${attributes}>${inner}</testcase>`;
  });
  const lost = estate.failures.map(
    ({ accountId = "", region = "", service, error }) =>
      `    <testcase classname="scan" name="${xmlText([accountId, region, service].filter(Boolean).join(" "))}"><error type="${error.code}" message="${xmlText(error.message)}"/></testcase>`,
  );
  const failures = cases.filter((text) => text.includes("<failure ")).length;
  const skipped = cases.filter((text) => text.includes("<skipped ")).length;
  const counts = `tests="${cases.length + lost.length}" failures="${failures}" errors="${lost.length}" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="manage-certs renew" timestamp="${estate.scannedAt.toISOString()}" ${counts}>`,
    ...cases,
    ...lost,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}
