/** A project of one certificate, applied for real by the installed provider, with the sandbox in another process. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProject, installBuiltProviders, issuerArgument } from "../../support/provider-world";
import type { TerraformProject } from "../../support/terraform";
import { timed } from "../rounds";
import { callersNode } from "./node-environment";
import { withSandbox, type BenchSandbox } from "./sandbox";

export interface PlanWorld extends BenchSandbox {
  readonly project: TerraformProject;
}

/** Runs `use` with the project, whose one instance is `unexpired_certificate.web[0]`, and removes everything. */
export function withCertificateProject<T>(use: (world: PlanWorld) => Promise<T>): Promise<T> {
  return withSandbox(async (sandbox) => {
    const folder = mkdtempSync(join(tmpdir(), "unexpired-bench-"));
    const mirror = await installBuiltProviders(join(folder, "mirror"));
    const hcl = certificates(sandbox, 1);
    const project = await createProject(sandbox.places, { hcl, mirror, stateFolder: join(folder, "state") });
    try {
      await project.apply();
      return await use({ ...sandbox, project });
    } finally {
      await project.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function certificates({ places }: BenchSandbox, count: number): string {
  return `
resource "unexpired_certificate" "web" {
  count        = ${count}
  name         = "bench/\${count.index}"
  domain_names = ["app.example.gov"]
  issuer       = ${issuerArgument(places)}
  zones        = [{ name = "example.gov" }]
}
`;
}

/** Milliseconds of a plan that finds nothing to do; fails if it does find something. */
export function emptyPlan(
  project: TerraformProject,
  environment: Readonly<Record<string, string>> = callersNode(),
): Promise<number> {
  return timed(async () => {
    const { exitCode, output } = await project.run(["plan", "-no-color", "-input=false", "-detailed-exitcode"], {
      environment,
    });
    if (exitCode !== 0) throw new Error(`the plan ended with ${exitCode}, expected no changes:\n${output}`);
  });
}

/** An instance of a resource in terraform's state file, as far as it is changed here. */
export interface StateInstance {
  readonly index_key: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Base64. */
  readonly private?: string;
}

/** Turns the only instance of a project's only resource into many, in configuration and state. */
export function multiplyInstances(
  { folder }: TerraformProject,
  count: number,
  copy: (original: StateInstance, index: number) => StateInstance,
): void {
  const edit = (name: string, change: (text: string) => string) => {
    const path = join(folder, name);
    writeFileSync(path, change(readFileSync(path, "utf8")));
  };
  edit("main.tf", (text) => text.replace(/count( *)= 1\b/, `count$1= ${count}`));
  edit("terraform.tfstate", (text) => {
    const state = JSON.parse(text) as { resources: { instances: StateInstance[] }[] };
    const [resource] = state.resources;
    const [original] = resource?.instances ?? [];
    if (resource === undefined || original === undefined) throw new Error("the state holds nothing to multiply");
    resource.instances = Array.from({ length: count }, (_, index) => ({ ...copy(original, index), index_key: index }));
    return JSON.stringify(state);
  });
}
