/** A certificate that was chosen by name becomes the default of a live listener, and the default is chosen by name. */
import { changesOf, stackAfter } from "../support/plan-changes";
import { startProviderWorld } from "../support/provider-world";
import { Wire } from "../support/wire";

test("swapped roles keep every name served, in both directions", async () => {
  const world = await startProviderWorld();
  try {
    const { sandbox } = world;
    const swap = changesOf.acme["`role`, default and SNI swapped"];
    const terraform = await world.project("");
    await terraform.write({ "main.tf": "", "cdk.tf.json": stackAfter(sandbox, "acme") });
    await terraform.init();
    await terraform.apply();
    const wire = new Wire(sandbox, { web: ["api.example.org"], more: ["app.example.gov", "www.example.gov"] });
    wire.startProbing();
    try {
      for (const change of [swap, undefined]) {
        await terraform.write({ "cdk.tf.json": stackAfter(sandbox, "acme", change) });
        await terraform.apply();
        await terraform.expectEmptyPlan();
      }
    } finally {
      await wire.stopProbing();
    }
    expect(wire.outcome().failures).toEqual([]);
    expect(wire.outcome().handshakes).toBeGreaterThan(50);
  } finally {
    await world.close();
  }
}, 120_000);
