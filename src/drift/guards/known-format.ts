import { isKnownFormat } from "../plan/read-plan";
import type { GuardRule, Objection } from "./guard";

const knownActions: ReadonlySet<string> = new Set(["no-op", "create", "read", "update", "delete", "forget"]);

/** What is not understood is not applied, and cannot be approved either: the checksum would not cover it. */
export const knownFormat: GuardRule = {
  id: "known-format",
  verdict: "forbidden",
  forbids: "a plan that is incomplete, or in a form this version does not know: format, parts, actions",
  wayOut: "update unexpired, or apply this plan yourself with terraform",
  guard: (plan) => {
    const { formatVersion, unknownParts, isComplete, isErrored } = plan;
    const objections: Objection[] = [];
    const object = (subject: string, value: string, message: string) => objections.push({ subject, value, message });
    if (!isKnownFormat(formatVersion))
      object("the plan", formatVersion, `its format is ${formatVersion || "not told"}, and 1.x is what is known`);
    for (const part of unknownParts) object("the plan", part, `it holds ${part}, which is not known`);
    if (!isComplete) object("the plan", "incomplete", "terraform puts a part of it off to a later plan");
    if (isErrored) object("the plan", "errored", "planning failed half-way");
    for (const { address, actions } of plan.resources) {
      const unknown = actions.filter((action) => !knownActions.has(action));
      if (unknown.length > 0) object(address, unknown.join(), `the action ${unknown.join()} is not known`);
    }
    return objections;
  },
};
