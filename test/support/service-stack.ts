/** A stack that serves two certificates from every kind of listener, declared in it and made elsewhere. */
import { Elb } from "@cdktf/provider-aws/lib/elb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Testing, type TerraformStack } from "cdktf";
import {
  ClassicListener,
  DnsZone,
  Listener,
  ListenerAttachment,
  UnexpiredProvider,
  type ICertificate,
} from "../../constructs";
import type { Sandbox } from "../../src/sandbox/start-sandbox";
import { materialOf } from "./emulated-aws";
import { nameServersOf, type ProviderWorld } from "./provider-world";
import { createHttpsListener } from "./query-client";
import { makeStack } from "./synthesize-stack";
import { createTestCa } from "./test-certificates";

export interface ServiceCertificates {
  /** For app.example.gov and the names below it; the default of every listener. */
  readonly web: ICertificate;
  /** For api.example.gov; chosen by name, where a listener has a list. */
  readonly api: ICertificate;
}

/** What was there before the stack. */
export interface Surroundings {
  readonly applicationLoadBalancer: string;
  readonly networkLoadBalancer: string;
  readonly targetGroup: string;
  /** An HTTPS listener of the application load balancer, with somebody else's certificate. */
  readonly sharedListener: string;
  /** Name of a Classic Load Balancer with an HTTPS listener at port 443 and somebody else's certificate. */
  readonly oldLoadBalancer: string;
}

export async function surroundingsOf(world: ProviderWorld): Promise<Surroundings> {
  const { sandbox } = world;
  const access = world.access();
  const theirs = await materialOf(await createTestCa(), { names: ["somebody.example.gov"] });
  const certificateArn = await access.certificates().importNew({ ...theirs, tags: {} });
  const applicationLoadBalancer = sandbox.loadBalancers.get("web") ?? "";
  const { elb } = sandbox.account.region();
  const targets = { name: "web", protocol: "TCP", port: 80, vpcId: "vpc-0a1b2c3d", targetType: "ip" };
  const https = { LoadBalancerPort: 443, Protocol: "HTTPS", InstancePort: 80, InstanceProtocol: "HTTP" };
  await access.classicLoadBalancers().create({
    LoadBalancerName: "old",
    AvailabilityZones: ["us-east-1a"],
    Listeners: [{ ...https, SSLCertificateId: certificateArn }],
  });
  return {
    applicationLoadBalancer,
    networkLoadBalancer: sandbox.account.createLoadBalancer({ name: "tcp", type: "network" }).arn,
    targetGroup: elb.createTargetGroup(targets).arn,
    sharedListener: await createHttpsListener(sandbox.aws, {
      loadBalancerArn: applicationLoadBalancer,
      certificateArn,
      port: 8443,
    }),
    oldLoadBalancer: "old",
  };
}

/** As JSON. */
export function serviceStack(
  sandbox: Sandbox,
  surroundings: Surroundings,
  certificates: (stack: TerraformStack, zone: DnsZone) => ServiceCertificates,
): string {
  const stack = makeStack();
  const { edgerc, edgeDnsCaFile } = sandbox.files;
  new UnexpiredProvider(stack, "unexpired", {
    edgeDns: { edgerc, caFile: edgeDnsCaFile },
    nameServers: nameServersOf(sandbox),
  });
  new AwsProvider(stack, "aws", { region: sandbox.aws.region });
  const made = certificates(stack, DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" }));
  declareListeners(stack, surroundings, made);
  serveFromElsewhere(stack, surroundings, made);
  return Testing.synth(stack, true);
}

function declareListeners(stack: TerraformStack, surroundings: Surroundings, { web, api }: ServiceCertificates): void {
  const alb = new LbListener(stack, "alb", {
    loadBalancerArn: surroundings.applicationLoadBalancer,
    port: 443,
    protocol: "HTTPS",
    defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
  });
  new ListenerAttachment(stack, "alb-default", { certificate: web, listener: alb });
  new ListenerAttachment(stack, "alb-sni", { certificate: api, listener: alb, role: "sni" });
  const nlb = new LbListener(stack, "nlb", {
    loadBalancerArn: surroundings.networkLoadBalancer,
    port: 443,
    protocol: "TLS",
    defaultAction: [{ type: "forward", targetGroupArn: surroundings.targetGroup }],
  });
  new ListenerAttachment(stack, "nlb-default", { certificate: web, listener: nlb });
  const elb = new Elb(stack, "elb", {
    name: "classic",
    availabilityZones: ["us-east-1a"],
    listener: [{ lbPort: 443, lbProtocol: "https", instancePort: 80, instanceProtocol: "http" }],
    // else a change of the certificate removes the listener and makes it anew
    lifecycle: { ignoreChanges: ["listener"] },
  });
  const classic = ClassicListener.of(stack, "classic", elb, 443);
  new ListenerAttachment(stack, "classic-default", { certificate: web, listener: classic });
}

function serveFromElsewhere(
  stack: TerraformStack,
  surroundings: Surroundings,
  { web, api }: ServiceCertificates,
): void {
  const shared = Listener.fromArn(stack, "shared", surroundings.sharedListener);
  new ListenerAttachment(stack, "shared-default", { certificate: web, listener: shared });
  new ListenerAttachment(stack, "shared-sni", { certificate: api, listener: shared, role: "sni" });
  const old = ClassicListener.fromAttributes(stack, "old", {
    loadBalancerName: surroundings.oldLoadBalancer,
    port: 443,
  });
  new ListenerAttachment(stack, "old-default", { certificate: web, listener: old });
}
