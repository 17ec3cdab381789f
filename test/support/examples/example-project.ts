import type { Sandbox } from "../../../src/sandbox/start-sandbox";
import { nameServersOf } from "../provider-world";
import type { SynthesizedStack } from "../synthesize-stack";
import type { TerraformProject } from "../terraform";
import type { ExampleFolder } from "./example-folder";
import { plannedChanges, promisedChanges } from "./planned-changes";
import { pointAtSandbox, type PlacesOfSandbox } from "./point-at-sandbox";

export interface ExampleProjectParts {
  readonly example: ExampleFolder;
  /** For all that this class does not do; it has the stack as it was synthesized last. */
  readonly terraform: TerraformProject;
  readonly sandbox: Sandbox;
  /** Environment of main.ts. */
  readonly settings: Readonly<Record<string, string>>;
}

/** One stack of an example under real terraform; each plan and apply synthesizes it anew from its folder. */
export class ExampleProject {
  readonly example: ExampleFolder;
  readonly terraform: TerraformProject;
  private readonly sandbox: Sandbox;
  private settings: Readonly<Record<string, string>>;
  private initialisedFor?: string;

  constructor({ example, terraform, sandbox, settings }: ExampleProjectParts) {
    this.example = example;
    this.terraform = terraform;
    this.sandbox = sandbox;
    this.settings = settings;
  }

  /** Changes a text that main.ts holds exactly once. */
  change(before: string, after: string): Promise<void> {
    return this.example.change(before, after);
  }

  /** Changes settings that main.ts reads from the environment. */
  set(settings: Readonly<Record<string, string>>): void {
    this.settings = { ...this.settings, ...settings };
  }

  /** The stack as it is applied. Rejects with `stderr` where synthesis is refused. */
  async synthesize(): Promise<SynthesizedStack> {
    await this.example.synthesize(this.settings);
    const text = pointAtSandbox(await this.example.stackText(), placesOf(this.sandbox));
    await this.terraform.write({ "cdk.tf.json": text });
    const stack = JSON.parse(text) as SynthesizedStack;
    const providers = JSON.stringify(stack.terraform.required_providers);
    if (providers !== this.initialisedFor) await this.terraform.init();
    this.initialisedFor = providers;
    return stack;
  }

  async apply(): Promise<void> {
    await this.synthesize();
    await this.terraform.apply();
  }

  /** What an apply would do now: `address: actions`, sorted; see `plannedChanges`. */
  async plan(): Promise<string[]> {
    await this.synthesize();
    await this.terraform.succeed(["plan", "-no-color", "-input=false", "-out=change.plan"]);
    return plannedChanges(await this.terraform.show("change.plan"));
  }

  /** What the README says about a change, in the form of `plan`. */
  async promised(change: string): Promise<string[]> {
    return promisedChanges(await this.example.readme(), change);
  }

  /** Plans twice. */
  expectEmptyPlan(): Promise<void> {
    return this.terraform.expectEmptyPlan();
  }

  async destroy(): Promise<void> {
    await this.terraform.destroy();
  }
}

function placesOf(sandbox: Sandbox): PlacesOfSandbox {
  const { acme, files } = sandbox;
  return {
    acme: { directoryUrl: acme.directoryUrl, caFile: files.acmeCaFile },
    dns: { nameServers: nameServersOf(sandbox) },
    edgeDns: { edgerc: files.edgerc, caFile: files.edgeDnsCaFile },
  };
}
