import type { IConstruct } from "constructs";
import { type TerraformProvider, TerraformStack } from "../engine";
import { isUnknown } from "../is-unknown";

/** Which account and region the AWS provider of a stack works in; what it does not say is undefined. */
export interface AwsSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly assumeRole?: { readonly roleArn: string; readonly externalId?: string; readonly sessionName?: string };
}

/** The inputs of `AwsProvider` that we read. */
interface AwsProviderInputs {
  readonly regionInput?: string;
  readonly profileInput?: string;
  readonly assumeRoleInput?: unknown;
}

/**
 * Settings of the stack's default AWS provider block, for ours to follow: a certificate in another account or region
 * than the listener cannot be attached. Keys are not among them: they stay in the environment or the profile.
 */
export function awsSettingsOf(scope: IConstruct): AwsSettings {
  const block = defaultBlockOf(TerraformStack.of(scope));
  if (block === undefined) return {};
  return { region: block.regionInput, profile: block.profileInput, assumeRole: onlyRole(block.assumeRoleInput) };
}

/** Found blocks, since the engine looks through the whole stack for them. */
const found = new WeakMap<TerraformStack, TerraformProvider & AwsProviderInputs>();

function defaultBlockOf(stack: TerraformStack): (TerraformProvider & AwsProviderInputs) | undefined {
  const block: (TerraformProvider & AwsProviderInputs) | undefined =
    found.get(stack) ??
    stack
      .allProviders()
      .find(({ terraformResourceType, alias }) => terraformResourceType === "aws" && alias === undefined);
  if (block !== undefined) found.set(stack, block);
  return block;
}

/** Region of a block of the AWS provider; of the stack's default block unless one is given. */
export function regionOfAws(scope: IConstruct, block?: TerraformProvider & AwsProviderInputs): string | undefined {
  return block === undefined ? awsSettingsOf(scope).region : block.regionInput;
}

/** Chained roles and roles known at apply only cannot be followed; whoever uses them sets `assumeRole` by hand. */
function onlyRole(input: unknown): AwsSettings["assumeRole"] {
  if (!Array.isArray(input) || input.length !== 1 || isUnknown(input)) return undefined;
  const { roleArn, externalId, sessionName } = input[0] as Partial<Record<string, string>>;
  return roleArn === undefined ? undefined : { roleArn, externalId, sessionName };
}
