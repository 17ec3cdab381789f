/** examples/plain-terraform as it stands in its folder: applied, served, planned again, destroyed. */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { nameServersOf } from "../../support/provider-world";
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";

let world: ExampleWorld;
beforeAll(async () => (world = await startExampleWorld()));
afterAll(() => world.close());

test("a certificate, a listener and a record, without CDKTF", async () => {
  const { sandbox } = world;
  const variables = {
    load_balancer_arn: sandbox.loadBalancers.get("web"),
    region: sandbox.aws.region,
    issuer: { directory_url: sandbox.acme.directoryUrl, ca_file: sandbox.files.acmeCaFile },
    edge_dns: { edgerc: sandbox.files.edgerc, ca_file: sandbox.files.edgeDnsCaFile },
    name_servers: nameServersOf(sandbox),
  };
  const terraform = await world.terraform({
    "main.tf": await readFile(resolve(__dirname, "../../../examples/plain-terraform/main.tf"), "utf8"),
    "terraform.tfvars.json": JSON.stringify(variables),
  });
  await terraform.init();
  await terraform.apply();
  await terraform.expectEmptyPlan();

  const { arn } = await terraform.attributes("aws_lb_listener.https");
  const { serial } = await terraform.attributes("unexpired_certificate.web");
  expect((await world.handshake(String(arn), "www.example.gov")).serial).toBe(serial);
  expect(world.left().records).toEqual(["TXT _contact.www.example.gov"]);

  await terraform.destroy();
  expect(world.left()).toEqual({ aws: [], records: [], proofs: [] });
});
