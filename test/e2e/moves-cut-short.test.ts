/** A move that ends before the new certificate is there: ACM can go on renewing the old one, and a later apply finishes it. */
import { stackAfter } from "../support/plan-changes";
import { startProviderWorld } from "../support/provider-world";
import { Wire } from "../support/wire";

test("the proofs of the old certificate go only after the switch", async () => {
  const world = await startProviderWorld();
  try {
    const { sandbox } = world;
    // by itself: where an SNI entry depends on the listener, terraform orders all that it depends on
    const attachments = { "serve-web": { certificate: "web", listener: "https", role: "default" } } as const;
    const web = { removeValidationRecords: true };
    const proofs = () => sandbox.zones.recordSets("example.gov").filter(({ type }) => type === "CNAME").length;
    const terraform = await world.project("");
    const write = (change: Parameters<typeof stackAfter>[2]) =>
      terraform.write({ "main.tf": "", "cdk.tf.json": stackAfter(sandbox, "acm", change) });
    await write((before) => ({ ...before, attachments, web }));
    await terraform.init();
    await terraform.apply();
    expect(proofs()).toBe(2);
    const wire = new Wire(sandbox, { web: [], more: [] });
    const served = await wire.serialsFor();

    const directoryUrl = `${sandbox.acme.directoryUrl}/nowhere`;
    await write((before) => ({ ...before, attachments, web, issuer: "acme", acme: { directoryUrl } }));
    const { exitCode } = await terraform.run(["apply", "-no-color", "-input=false", "-auto-approve"]);
    expect(exitCode).toBe(1);
    expect(proofs()).toBe(2);
    expect(await wire.serialsFor()).toEqual(served);

    await write((before) => ({ ...before, attachments, web, issuer: "acme" }));
    await terraform.apply();
    await terraform.expectEmptyPlan();
    expect(proofs()).toBe(0);
    expect(await wire.serialsFor()).not.toEqual(served);
  } finally {
    await world.close();
  }
});
