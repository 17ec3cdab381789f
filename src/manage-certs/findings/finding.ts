import type { Team } from "../scan/estate";
import type { EstateView } from "./estate-view";

/** What is broken now or soon; what needs work; what is worth knowing and changes nothing. */
export type Severity = "critical" | "warning" | "notice";

export const severities: readonly Severity[] = ["critical", "warning", "notice"];

export interface Finding {
  /** The same at every scan as long as it is there: `RULE/SUBJECT`. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  /** ARN of a certificate, `id` of a serving point, or a place: what the finding is about. */
  readonly subject: string;
  readonly accountId: string;
  readonly region: string;
  /** For people: the certificate's first name, or the serving point's. */
  readonly name: string;
  /** What is, as a sentence without a final stop. */
  readonly message: string;
  /** What to do about it, likewise. */
  readonly action: string;
  /** When it becomes serious, or did: the end of a certificate. */
  readonly due?: Date;
  /** Whose the certificate is, or the one that its serving point shows by default. */
  readonly team?: Team;
}

/** What a rule tells of one subject; the rule's name makes it a finding. */
export type FindingFacts = Omit<Finding, "id" | "rule" | "team"> & {
  /** Tells several findings about one subject apart. @default nothing: there is one at most */
  readonly part?: string;
};

export interface FindingRule {
  /** Part of the public contract: add, never rename. */
  readonly id: string;
  /** What it looks for, for docs/reference/findings.md. */
  readonly title: string;
  readonly severity: string;
  readonly advice: string;
  readonly find: (view: EstateView) => readonly FindingFacts[];
}
