/** docs/guides/plans.md, where an ACME CA issues: what it says of each change is what real terraform plans, and nothing is left out. */
import { plansFound, plansTold } from "../support/plans-page";

test("the page tells what each change plans", async () => {
  const found = await plansFound("acme");
  expect(found).toEqual(plansTold("acme"));
});
