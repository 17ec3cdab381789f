import { markdownText } from "../../platform/report/markdown";
import type { ReportedWaiver } from "../../policy/reported-waiver";
import type { ScanFailure } from "../scan/estate";

/** What could not be looked at, for people. */
export function failed({ accountId = "", region, service, error }: ScanFailure): string {
  const place = [accountId, region, service].filter((part) => part !== undefined && part !== "").join(" ");
  return `not looked at: ${place}: ${error.message}${error.hint ? `; ${error.hint}` : ""}`;
}

/** The same as a list in Markdown, with an empty line after it. */
export function failedMarkdown(failures: readonly ScanFailure[]): string[] {
  const lines = failures.map(
    ({ accountId = "", region = "", service, error }) =>
      `- not looked at: ${markdownText([accountId, region, service].filter(Boolean).join(" "))}: ${markdownText(error.message)}`,
  );
  return lines.length === 0 ? [] : [...lines, ""];
}

/** Every waiver of the policy that is in force. */
export function waiverLines(waivers: readonly ReportedWaiver[] = []): string[] {
  return waivers.map(({ text }) => `waiver: ${text}`);
}

/** The same as a list in Markdown, with an empty line after it. */
export function waiverMarkdown(waivers: readonly ReportedWaiver[] = []): string[] {
  return waivers.length === 0 ? [] : [...waivers.map(({ text }) => `- waiver: ${markdownText(text)}`), ""];
}
