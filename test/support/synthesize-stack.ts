import { App, TerraformStack, Testing } from "cdktf";

/** The JSON of a synthesized stack, as far as tests look at it. */
export interface SynthesizedStack {
  readonly terraform: { readonly required_providers: Record<string, { source: string; version: string }> };
  readonly provider: Record<string, Record<string, unknown>[]>;
  readonly output: Record<string, { readonly value: unknown }>;
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
}

/** A stack `infra` in an app of its own. */
export function makeStack(id = "infra"): TerraformStack {
  return new TerraformStack(Testing.stubVersion(new App({ stackTraces: false })), id);
}

/** Synthesizes with the validations of cdktf, such as that every resource has a provider block. */
export function synthesize(stack: TerraformStack): SynthesizedStack {
  return JSON.parse(Testing.synth(stack, true)) as SynthesizedStack;
}

/** Attributes of the only resource of a type, without cdktf's own notes. */
export function onlyResource(stack: TerraformStack, type: string): Record<string, unknown> {
  const found = Object.values(synthesize(stack).resource[type] ?? {});
  const [resource] = found;
  if (resource === undefined || found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return Object.fromEntries(Object.entries(resource).filter(([name]) => name !== "//"));
}
