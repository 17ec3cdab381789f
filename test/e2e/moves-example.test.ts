/** examples/move-lets-encrypt-to-acm: moved there and back by its setting, under handshakes, as its README says. */
import { startExampleWorld, type ExampleWorld } from "../support/examples/example-world";
import { promisesOf } from "../support/examples/planned-changes";
import { Wire } from "../support/wire";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

test("each plan is what the README says, and nobody sees a move", async () => {
  const { sandbox } = world;
  const environment = { TF_VAR_load_balancer_arn: sandbox.loadBalancers.get("web") ?? "" };
  const example = await world.open("move-lets-encrypt-to-acm", { environment });
  await example.apply();
  await example.expectEmptyPlan();
  const told = promisesOf(await example.example.readme(), "What the plan shows when you change it");
  const found: Record<string, string[]> = {};
  const wire = new Wire(sandbox, { web: ["app.example.gov", "any.app.example.gov"], more: [] });
  const issuedByAcm = () =>
    sandbox.account
      .region()
      .acm.all()
      .map(({ issuance }) => issuance !== undefined);
  wire.startProbing();
  try {
    example.set({ ISSUER: "acm" });
    found["`ISSUER` to `acm`"] = await example.plan();
    await example.terraform.apply("change.plan");
    await example.expectEmptyPlan();
    expect(issuedByAcm()).toEqual([true]);
    example.set({ ISSUER: "" });
    found["`ISSUER` back to Let's Encrypt"] = await example.plan();
    await example.terraform.apply("change.plan");
    await example.expectEmptyPlan();
    expect(issuedByAcm()).toEqual([false]);
  } finally {
    await wire.stopProbing();
  }
  const issuer = "      issuer,\n";
  const { found: others } = await example.plansFor({
    "one more name": ['"*.app.example.gov"]', '"*.app.example.gov", "www.example.gov"]'],
    '`keyAlgorithm: "RSA_2048"`': [issuer, `${issuer}      keyAlgorithm: "RSA_2048",\n`],
    "`zoneName` to `app.example.gov`": ['zoneName: "example.gov" }),', 'zoneName: "app.example.gov" }),'],
  });
  expect({ ...found, ...others }).toEqual(told);
  expect(wire.outcome().failures).toEqual([]);
  expect(wire.outcome().handshakes).toBeGreaterThan(50);
  expect(await wire.serialsFor("app.example.gov")).toEqual(await wire.serialsFor());

  await example.destroy();
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["app.example.gov"] });
});
