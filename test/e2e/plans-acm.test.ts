/** docs/guides/plans.md, where ACM issues: what it says of each change is what real terraform plans, and nothing is left out. */
import { plansFound, plansTold } from "../support/plans-page";

test("the page tells what each change plans", async () => {
  const found = await plansFound("acm");
  expect(found).toEqual(plansTold("acm"));
});
