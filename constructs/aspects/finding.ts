import type { IConstruct } from "constructs";

/** What a check over a stack has to say about a construct. */
export interface Finding {
  readonly at: IConstruct;
  /** An error ends the synthesis. */
  readonly level: "error" | "warning";
  readonly what: string;
  /** Where the rule comes from: RFC and section, or the vendor's page. */
  readonly source: string;
  /** The smallest change that makes it right. */
  readonly fix: string;
}
