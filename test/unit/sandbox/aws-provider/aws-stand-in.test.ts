import {
  LbListener,
  lbListenerDefaultActionAuthenticateCognitoToTerraform,
  lbListenerDefaultActionAuthenticateOidcToTerraform,
  lbListenerDefaultActionFixedResponseToTerraform,
  lbListenerDefaultActionForwardStickinessToTerraform,
  lbListenerDefaultActionForwardTargetGroupToTerraform,
  lbListenerDefaultActionForwardToTerraform,
  lbListenerDefaultActionJwtValidationAdditionalClaimToTerraform,
  lbListenerDefaultActionJwtValidationToTerraform,
  lbListenerDefaultActionRedirectToTerraform,
  lbListenerDefaultActionToTerraform,
  lbListenerMutualAuthenticationToTerraform,
  lbListenerTimeoutsToTerraform,
} from "@cdktf/provider-aws/lib/lb-listener";
import { LbListenerCertificate } from "@cdktf/provider-aws/lib/lb-listener-certificate";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { createAwsStandIn } from "../../../../src/sandbox/aws-provider/aws-stand-in";
import { standInVersion } from "../../../../src/sandbox/aws-provider/stand-in-version";
import type { BlockType } from "../../../../src/provider/wire/block-type";
import { makeStack, synthesize } from "../../../support/synthesize-stack";

const provider = createAwsStandIn({});

function schemaOf(typeName: string): BlockType {
  const found = provider.resources.find((resource) => resource.typeName === typeName);
  if (found === undefined) throw new Error(`no ${typeName}`);
  return found.schema;
}

/** Names that a configuration can set. */
function settable({ attributes, blocks }: BlockType): string[] {
  const names = Object.entries(attributes).flatMap(([name, { mode }]) => (mode === "computed" ? [] : [name]));
  return [...names, ...Object.keys(blocks)].sort();
}

function blockAt(block: BlockType, ...path: string[]): BlockType {
  return path.reduce<BlockType>((outer, name) => {
    const inner = outer.blocks[name];
    if (inner === undefined) throw new Error(`no block ${name}`);
    return inner;
  }, block);
}

/** Names that a class of provider-aws writes, set or not: they come from the real provider's schema. */
function writtenBy(resource: object): string[] {
  return Object.keys((resource as { synthesizeAttributes(): object }).synthesizeAttributes()).sort();
}

const keysOf = (block: unknown) => Object.keys(block as object).sort();

test("answers for the version that @cdktf/provider-aws pins", () => {
  const stack = makeStack();
  new AwsProvider(stack, "aws");
  expect(synthesize(stack).terraform.required_providers.aws).toEqual({ source: "aws", version: standInVersion });
  expect(provider).toMatchObject({ address: "registry.terraform.io/hashicorp/aws", version: standInVersion });
});

test("says in every description that it is a stand-in", () => {
  for (const { description } of [provider.schema, ...provider.resources.map(({ schema }) => schema)])
    expect(description).toMatch(/sandbox stand-in .*hashicorp\/aws/i);
});

describe("has the names of the real provider", () => {
  test("aws_lb_listener", () => {
    const listener = new LbListener(makeStack(), "listener", {
      loadBalancerArn: "arn",
      defaultAction: [{ type: "forward" }],
    });
    expect(settable(schemaOf("aws_lb_listener"))).toEqual(writtenBy(listener));
  });

  test("aws_lb_listener_certificate", () => {
    const entry = new LbListenerCertificate(makeStack(), "entry", { listenerArn: "a", certificateArn: "b" });
    expect(settable(schemaOf("aws_lb_listener_certificate"))).toEqual(writtenBy(entry));
  });

  const empty = {} as never;
  test.each<[string[], unknown]>([
    [["mutual_authentication"], lbListenerMutualAuthenticationToTerraform(empty)],
    [["timeouts"], lbListenerTimeoutsToTerraform(empty)],
    [["default_action"], lbListenerDefaultActionToTerraform(empty)],
    [["default_action", "authenticate_cognito"], lbListenerDefaultActionAuthenticateCognitoToTerraform(empty)],
    [["default_action", "authenticate_oidc"], lbListenerDefaultActionAuthenticateOidcToTerraform(empty)],
    [["default_action", "fixed_response"], lbListenerDefaultActionFixedResponseToTerraform(empty)],
    [["default_action", "forward"], lbListenerDefaultActionForwardToTerraform(empty)],
    [["default_action", "forward", "stickiness"], lbListenerDefaultActionForwardStickinessToTerraform(empty)],
    [["default_action", "forward", "target_group"], lbListenerDefaultActionForwardTargetGroupToTerraform(empty)],
    [["default_action", "jwt_validation"], lbListenerDefaultActionJwtValidationToTerraform(empty)],
    [
      ["default_action", "jwt_validation", "additional_claim"],
      lbListenerDefaultActionJwtValidationAdditionalClaimToTerraform(empty),
    ],
    [["default_action", "redirect"], lbListenerDefaultActionRedirectToTerraform(empty)],
  ])("aws_lb_listener, block %j", (path, written) => {
    expect(settable(blockAt(schemaOf("aws_lb_listener"), ...path))).toEqual(keysOf(written));
  });
});
