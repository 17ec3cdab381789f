/**
 * A certificate that was chosen by name becomes the default of a live listener, and the default is chosen by name. Terraform
 * does not say whether the entry goes before the default changes, so for a moment a name may get the other certificate.
 */
import { changesOf, stackAfter } from "../support/plan-changes";
import { startProviderWorld } from "../support/provider-world";
import { Wire } from "../support/wire";

test("with swapped roles every name is served its certificate, in both directions", async () => {
  const world = await startProviderWorld();
  try {
    const { sandbox } = world;
    const swap = changesOf.acme["`role`, default and SNI swapped"];
    const terraform = await world.project("");
    await terraform.write({ "main.tf": "", "cdk.tf.json": stackAfter(sandbox, "acme") });
    await terraform.init();
    await terraform.apply();
    const names = ["api.example.org", "app.example.gov", "www.example.gov"];
    const wire = new Wire(sandbox, { web: ["api.example.org"], more: ["app.example.gov", "www.example.gov"] });
    const served = () => Promise.all(names.map((name) => wire.serialsFor(name)));
    const before = await served();
    for (const change of [swap, undefined]) {
      await terraform.write({ "cdk.tf.json": stackAfter(sandbox, "acme", change) });
      await terraform.apply();
      await terraform.expectEmptyPlan();
      expect(await served()).toEqual(before);
    }
  } finally {
    await world.close();
  }
});
