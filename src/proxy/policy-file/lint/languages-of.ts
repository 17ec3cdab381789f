import { languageOf, type NameLanguage } from "../../../dns/name-language";
import type { Grant } from "../../policy/policy";

/** The languages of a grant's patterns, in their order. */
export function languagesOf({ kind, recordNames }: Pick<Grant, "kind" | "recordNames">): NameLanguage[] {
  return recordNames.map(({ source }) =>
    kind === "acm-validation" ? ["#", ...source.split(".").slice(1)] : languageOf(source),
  );
}
