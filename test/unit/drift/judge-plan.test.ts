import fc from "fast-check";
import { judgePlan } from "../../../src/drift/judge-plan";
import { renewedAttributes } from "../../../src/drift/guards/renewal";
import { readPlan } from "../../../src/drift/plan/read-plan";
import { contextOf, recordedPlan, recordedText } from "../../support/drift/recorded-plan";
import { truthTable } from "../../support/drift/truth-table";

const rows = Object.entries(truthTable).filter(([, { change }]) => change !== undefined);

test.each(rows)("renewal, and %s", (name, { verdict, findings }) => {
  const plan = recordedPlan(name);
  const judged = judgePlan(plan, contextOf(plan));
  expect(judged.findings.map(({ rule, subject, value }) => `${rule}: ${subject}: ${value}`).sort()).toEqual(findings);
  expect(judged.verdict).toBe(verdict);
});

const renewal = recordedPlan("renewal");

test("a renewal alone is safe", () => {
  expect(judgePlan(renewal, contextOf(renewal))).toEqual({ verdict: "safe", findings: [] });
});

interface ShownPlan {
  readonly resource_changes: { address: string; change: ShownChange }[];
  readonly output_changes: Record<string, ShownChange>;
}

interface ShownChange {
  actions: string[];
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  after_unknown: Record<string, unknown>;
}

/** The recorded renewal, changed as JSON. */
function changed(change: (plan: ShownPlan) => void) {
  const shown = JSON.parse(recordedText("renewal")) as ShownPlan;
  change(shown);
  const plan = readPlan(JSON.stringify(shown));
  return judgePlan(plan, contextOf(plan)).verdict;
}

const shown = JSON.parse(recordedText("renewal")) as ShownPlan;
const addresses = shown.resource_changes.map(({ address }) => address);
const web = "unexpired_certificate.web";
const kept = Object.keys(shown.resource_changes.find(({ address }) => address === web)?.change.before ?? {}).filter(
  (name) => !renewedAttributes.has(name),
);
const find = ({ resource_changes: all }: ShownPlan, wanted: string) => {
  const found = all.find(({ address }) => address === wanted);
  if (found === undefined) throw new Error(`${wanted} is not in the plan`);
  return found.change;
};

describe("whatever else changes, the plan is not safe", () => {
  test("an output of which nothing but its marks changes", () => {
    const verdict = changed(({ output_changes: { note } }) => note && (note.actions = ["update"]));
    expect(verdict).toBe("needs-approval");
  });

  test("what may follow from a renewal, without one", () => {
    const followers = { terraform_data: ["input", "output"] };
    const shownAlone = JSON.parse(recordedText("renewal")) as ShownPlan;
    find(shownAlone, web).actions = ["no-op"];
    const follower = find(shownAlone, "terraform_data.token");
    Object.assign(follower, { actions: ["update"], after_unknown: { input: true, output: true } });
    const verdictOf = (shownPlan: ShownPlan) => {
      const plan = readPlan(JSON.stringify({ ...shownPlan, output_changes: {} }));
      return judgePlan(plan, contextOf(plan, { followers })).verdict;
    };
    expect(verdictOf(shownAlone)).toBe("needs-approval");
    find(shownAlone, web).actions = ["update"];
    expect(verdictOf(shownAlone)).toBe("safe");
  });

  test("any other action, on any resource", () => {
    const actions = fc.constantFrom(
      ...["create", "delete", "forget", "update,delete", "delete,create", "create,delete", "rewrite"],
    );
    fc.assert(
      fc.property(fc.constantFrom(...addresses), actions, (address, action) => {
        const verdict = changed((plan) => (find(plan, address).actions = action.split(",")));
        expect(verdict).not.toMatch(/safe|no-op/);
      }),
    );
  });

  test("any attribute of the certificate that a renewal does not make anew, to any value, known or not", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kept), fc.option(fc.jsonValue(), { nil: undefined }), (name, value) => {
        const verdict = changed((plan) => {
          const change = find(plan, web);
          if (value === undefined) change.after_unknown[name] = true;
          else change.after[name] = { new: value };
        });
        expect(verdict).toBe("needs-approval");
      }),
    );
  });

  test("any value that a renewal makes anew, known before it is made", () => {
    fc.assert(
      fc.property(fc.constantFrom(...renewedAttributes), fc.string(), (name, value) => {
        const verdict = changed((plan) => {
          const change = find(plan, web);
          change.after_unknown[name] = false;
          change.after[name] = `another ${value}`;
        });
        expect(verdict).toBe("needs-approval");
      }),
    );
  });

  test("any update of anything else", () => {
    const others = addresses.filter((address) => !address.startsWith("unexpired_certificate."));
    fc.assert(
      fc.property(fc.constantFrom(...others), fc.boolean(), (address, isKnown) => {
        const verdict = changed((plan) => {
          const change = find(plan, address);
          change.actions = ["update"];
          if (isKnown) change.after = { ...change.after, id: "another" };
          else change.after_unknown = { ...change.after_unknown, serial: true };
        });
        expect(verdict).not.toMatch(/safe|no-op/);
      }),
    );
  });
});
