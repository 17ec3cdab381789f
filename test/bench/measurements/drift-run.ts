/** What `drift-check run` adds to its terraforms for the example alb-lets-encrypt, applied and with nothing to do. */
import type { ExampleProject } from "../../support/examples/example-project";
import { startExampleWorld, type ExampleWorld } from "../../support/examples/example-world";
import { nameServersOf } from "../../support/provider-world";
import { ratio, type Benchmark } from "../benchmark";
import { mediansInTurn } from "../rounds";
import { costOfDriftCheck, type DriftCheckPlace } from "../support/drift-check";
import { nodeDoingNothing } from "../support/node-doing-nothing";

export const benchmark: Benchmark = {
  subject: "drift-check run of alb-lets-encrypt, without its terraforms",
  measure: async () => {
    const world = await startExampleWorld();
    try {
      const { terraform } = await applied(world);
      const place = { folder: terraform.folder, environment: terraform.environment() };
      const { node, ours } = await mediansInTurn(
        { node: () => nodeDoingNothing(), ours: () => withoutTerraform(place) },
        { rounds: 11 },
      );
      return [ratio("drift-run-alb", { atMost: 4 }, { name: "node -e 0", value: node, ours, unit: "ms" })];
    } finally {
      await world.close();
    }
  },
};

async function applied(world: ExampleWorld): Promise<ExampleProject> {
  const { acme, files, loadBalancers } = world.sandbox;
  const example = await world.open("alb-lets-encrypt", {
    settings: {
      ACME_DIRECTORY_URL: acme.directoryUrl,
      ACME_CA_FILE: files.acmeCaFile,
      EDGERC: files.edgerc,
      EDGE_DNS_CA_FILE: files.edgeDnsCaFile,
      NAME_SERVERS: nameServersOf(world.sandbox).join(","),
    },
    environment: { TF_VAR_load_balancer_arn: loadBalancers.get("web") ?? "" },
  });
  await example.apply();
  return example;
}

async function withoutTerraform(place: DriftCheckPlace): Promise<number> {
  const { wallMs, terraformMs } = await costOfDriftCheck(place, ["./"]);
  return wallMs - terraformMs;
}
