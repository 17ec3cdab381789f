/**
 * A listener that several teams share, as constructs see it: `Listener.fromArn`. Whatever is attached to it, changed and
 * taken away again, what others put there stays where it is.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Testing, type TerraformStack } from "cdktf";
import {
  CertificateIssuer,
  DnsZone,
  Listener,
  ListenerAttachment,
  ManagedCertificate,
  type AttachmentRole,
  type ManagedCertificateProps,
} from "../../constructs";
import { importPaidCertificate } from "../support/examples/made-before";
import { createNetworkLoadBalancer } from "../support/examples/network-load-balancer";
import { startExampleWorld, type ExampleWorld } from "../support/examples/example-world";
import { placesOf } from "../support/examples/places-of";
import { pointAtSandbox } from "../support/examples/point-at-sandbox";
import { queryElb } from "../support/query-client";
import { makeStack } from "../support/synthesize-stack";
import type { TerraformProject } from "../support/terraform";

let world: ExampleWorld;
beforeEach(async () => (world = await startExampleWorld()));
afterEach(() => world.close());

/** A TLS listener with a default certificate and two on its list, all of others. */
async function sharedListener() {
  const { aws, account } = world.sandbox;
  const paid = (name: string) => importPaidCertificate(world.sandbox, name);
  const theirs = {
    default: await paid("gateway.example.gov"),
    sni: [await paid("a.example.gov"), await paid("b.example.gov")],
  };
  const made = await createNetworkLoadBalancer(world.sandbox);
  const xml = await queryElb(aws, {
    Action: "CreateListener",
    LoadBalancerArn: made.TF_VAR_load_balancer_arn ?? "",
    Protocol: "TLS",
    Port: "443",
    "Certificates.member.1.CertificateArn": theirs.default,
    "DefaultActions.member.1.Type": "forward",
    "DefaultActions.member.1.TargetGroupArn": made.TF_VAR_target_group_arn ?? "",
  });
  const listener = account.region().elb.getListener(/<ListenerArn>([^<]+)</.exec(xml)?.[1] ?? "");
  for (const arn of theirs.sni)
    await queryElb(aws, {
      Action: "AddListenerCertificates",
      ListenerArn: listener.arn,
      "Certificates.member.1.CertificateArn": arn,
    });
  world.forget();
  return { listener, theirs };
}

/** Terraform with a stack that puts one certificate on the listener. */
async function attached(listenerArn: string, role: AttachmentRole) {
  const stackOf = (props: Partial<ManagedCertificateProps>): string => {
    const stack: TerraformStack = makeStack();
    new AwsProvider(stack, "aws", { region: world.sandbox.aws.region });
    const certificate = new ManagedCertificate(stack, "ours", {
      domainNames: ["ours.example.gov"],
      zone: DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" }),
      issuer: CertificateIssuer.letsEncrypt(),
      ...props,
    });
    new ListenerAttachment(stack, "tls", {
      certificate,
      listener: Listener.fromArn(stack, "shared", listenerArn),
      role,
    });
    return pointAtSandbox(Testing.synth(stack, true), placesOf(world.sandbox));
  };
  const terraform: TerraformProject = await world.terraform({ "cdk.tf.json": stackOf({}) });
  await terraform.init();
  return {
    terraform,
    apply: async (props: Partial<ManagedCertificateProps> = {}) => {
      await terraform.write({ "cdk.tf.json": stackOf(props) });
      await terraform.apply();
      await terraform.expectEmptyPlan();
    },
  };
}

/** One after the other: as it is first, under another ARN, by another issuer. */
const changes: readonly Partial<ManagedCertificateProps>[] = [
  {},
  { keyAlgorithm: "EC_secp384r1" },
  { issuer: CertificateIssuer.acm() },
];

const removed = () =>
  world.sandbox.gate.history.filter(({ operation }) => operation === "RemoveListenerCertificates").length;

test("on the list: beside the certificates of others, which no request of ours names", async () => {
  const { listener, theirs } = await sharedListener();
  const { terraform, apply } = await attached(listener.arn, "sni");
  const ours = new Set<string>();
  for (const props of changes) {
    await apply(props);
    expect(listener.defaultCertificateArn).toBe(theirs.default);
    const [first, second, own = "", ...more] = listener.sniCertificateArns;
    expect([first, second, more]).toEqual([...theirs.sni, []]);
    expect((await world.handshake(listener.arn, "ours.example.gov")).serial).toBe(
      world.sandbox.account.region().acm.get(own).material?.info.serial,
    );
    ours.add(own);
  }
  expect(ours.size).toBe(changes.length);

  await terraform.destroy();
  expect(listener.defaultCertificateArn).toBe(theirs.default);
  expect(listener.sniCertificateArns).toEqual(theirs.sni);
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["ours.example.gov"] });
  expect(removed()).toBe(changes.length);
  expect(world.sandbox.gate.history.map(({ operation }) => operation)).not.toContain("ModifyListener");
});

test("as the default: the former one goes on being served by its name, and is put back in the end", async () => {
  const { listener, theirs } = await sharedListener();
  const { terraform, apply } = await attached(listener.arn, "default");
  for (const props of changes) {
    await apply(props);
    expect([...listener.sniCertificateArns].sort()).toEqual([theirs.default, ...theirs.sni].sort());
    expect((await world.handshake(listener.arn)).serial).toBe(
      world.sandbox.account.region().acm.get(listener.defaultCertificateArn ?? "").material?.info.serial,
    );
  }

  await terraform.destroy();
  expect(listener.defaultCertificateArn).toBe(theirs.default);
  expect(listener.sniCertificateArns).toEqual(expect.arrayContaining(theirs.sni));
  expect(world.left()).toEqual({ aws: [], records: [], proofs: ["ours.example.gov"] });
});
