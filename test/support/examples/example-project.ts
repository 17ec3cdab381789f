import type { Sandbox } from "../../../src/sandbox/start-sandbox";
import type { SynthesizedStack } from "../synthesize-stack";
import type { TerraformProject } from "../terraform";
import type { ExampleFolder } from "./example-folder";
import { placesOf } from "./places-of";
import { plannedChanges, promisesOf } from "./planned-changes";
import { pointAtSandbox } from "./point-at-sandbox";

export interface ExampleProjectParts {
  readonly example: ExampleFolder;
  /** For all that this class does not do; it has the stack as it was synthesized last. */
  readonly terraform: TerraformProject;
  readonly sandbox: Sandbox;
  /** Name of the stack. @default the example's name */
  readonly stack?: string;
  /** Environment of main.ts. */
  readonly settings: Readonly<Record<string, string>>;
}

/** By its name in the README: a text that main.ts, or the file named, holds exactly once, and what to write in its place. */
export type Changes = Readonly<Record<string, readonly [before: string, after: string, file?: string]>>;

/** By the name of a change: what the README says of it, and what is. */
export interface Told {
  readonly told: Readonly<Record<string, readonly string[]>>;
  readonly found: Readonly<Record<string, readonly string[]>>;
}

/** One stack of an example under real terraform; each plan and apply synthesizes it anew from its folder. */
export class ExampleProject {
  readonly example: ExampleFolder;
  readonly terraform: TerraformProject;
  private readonly sandbox: Sandbox;
  private readonly stack: string;
  private settings: Readonly<Record<string, string>>;
  private initialisedFor?: string;

  constructor({ example, terraform, sandbox, stack = example.name, settings }: ExampleProjectParts) {
    this.example = example;
    this.terraform = terraform;
    this.sandbox = sandbox;
    this.stack = stack;
    this.settings = settings;
  }

  /** Changes a text that main.ts, or the file named, holds exactly once. Resolves to what undoes it. */
  change(before: string, after: string, file?: string): Promise<() => Promise<void>> {
    return this.example.change(before, after, file);
  }

  /** Changes settings that main.ts reads from the environment. */
  set(settings: Readonly<Record<string, string>>): void {
    this.settings = { ...this.settings, ...settings };
  }

  /** The stack as it is applied. Rejects with `stderr` where synthesis is refused. */
  async synthesize(): Promise<SynthesizedStack> {
    await this.example.synthesize(this.settings);
    const text = pointAtSandbox(await this.example.stackText(this.stack), placesOf(this.sandbox));
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

  /**
   * What each change of main.ts plans by itself, from where the example stands now, beside what the README says below
   * "What the plan shows when you change it". Equal if the README tells the truth about these changes and no others.
   */
  async plansFor(changes: Changes): Promise<Told> {
    const planned: Record<string, string[]> = {};
    for (const [name, change] of Object.entries(changes)) {
      const undo = await this.change(...change);
      planned[name] = await this.plan();
      await undo();
    }
    return { told: promisesOf(await this.example.readme(), "What the plan shows when you change it"), found: planned };
  }

  /** As `plansFor`, of what synthesis refuses: the lines of "What is refused" that are in the error. */
  async refusalsFor(changes: Changes): Promise<Told> {
    const told = promisesOf(await this.example.readme(), "What is refused");
    const found: Record<string, string[]> = {};
    for (const [name, change] of Object.entries(changes)) {
      const undo = await this.change(...change);
      const error = await this.synthesize().then(
        () => "nothing is refused",
        ({ stderr }: { readonly stderr: string }) => stderr,
      );
      found[name] = told[name]?.every((line) => error.includes(line)) ? (told[name] ?? []) : [error];
      await undo();
    }
    return { told, found };
  }

  /** Plans twice. */
  expectEmptyPlan(): Promise<void> {
    return this.terraform.expectEmptyPlan();
  }

  async destroy(): Promise<void> {
    await this.terraform.destroy();
  }
}
