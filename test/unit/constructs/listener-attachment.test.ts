import { LbListener, type LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import {
  CertificateIssuer,
  DnsZone,
  ListenerAttachment,
  ManagedCertificate,
  type ListenerAttachmentProps,
} from "../../../constructs";
import { makeStack, onlyResource } from "../../support/synthesize-stack";

const listenerArn =
  "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2";

function parts(listenerConfig: Partial<LbListenerConfig> = {}, region?: string) {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const zone = DnsZone.edgeDns(stack, "zone", { zoneName: "example.gov" });
  const certificate = new ManagedCertificate(stack, "web", {
    domainNames: ["app.example.gov"],
    zone,
    issuer: CertificateIssuer.letsEncrypt(),
    region,
  });
  return { stack, certificate, listener: declareListener(stack, listenerConfig) };
}

function declareListener(stack: TerraformStack, config: Partial<LbListenerConfig> = {}): LbListener {
  return new LbListener(stack, "listener", {
    loadBalancerArn: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/web/50dc6c495c0c9188",
    port: 443,
    protocol: "HTTPS",
    defaultAction: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } }],
    ...config,
  });
}

const certificateReference = expect.stringMatching(/^\$\{unexpired_certificate\.\w+\.arn\}$/) as string;

test("is the default certificate of a listener that is declared in the same stack", () => {
  const { stack, certificate, listener } = parts();
  new ListenerAttachment(stack, "https", { certificate, listener });
  expect(onlyResource(stack, "aws_lb_listener").certificate_arn).toEqual(certificateReference);
});

test("sni adds an entry, the new one before the old one goes", () => {
  const { stack, certificate, listener } = parts({ region: "us-east-1" });
  new ListenerAttachment(stack, "https", { certificate, listener, role: "sni" });
  expect(onlyResource(stack, "aws_lb_listener_certificate")).toEqual({
    certificate_arn: certificateReference,
    listener_arn: expect.stringMatching(/^\$\{aws_lb_listener\.\w+\.arn\}$/) as string,
    region: "us-east-1",
    lifecycle: { create_before_destroy: true },
  });
  expect(onlyResource(stack, "aws_lb_listener")).not.toHaveProperty("certificate_arn");
});

test("an entry uses the provider block of its listener", () => {
  const { stack, certificate } = parts();
  const provider = new AwsProvider(stack, "aws-dr", { alias: "dr", region: "us-east-1" });
  stack.node.tryRemoveChild("listener");
  const listener = declareListener(stack, { provider });
  new ListenerAttachment(stack, "https", { certificate, listener, role: "sni" });
  expect(onlyResource(stack, "aws_lb_listener_certificate").provider).toBe("aws.dr");
});

test("sni on a listener made elsewhere", () => {
  const { stack, certificate } = parts();
  new ListenerAttachment(stack, "https", { certificate, listenerArn, role: "sni" });
  expect(onlyResource(stack, "aws_lb_listener_certificate").listener_arn).toBe(listenerArn);
});

test("an imported certificate can be attached", () => {
  const { stack, listener } = parts();
  const arn = "arn:aws:acm:us-east-1:111122223333:certificate/0f-1";
  const certificate = ManagedCertificate.fromArn(stack, "paid", arn);
  new ListenerAttachment(stack, "https", { certificate, listener });
  expect(onlyResource(stack, "aws_lb_listener").certificate_arn).toBe(arn);
});

test("a listener of another stack takes sni, by its address", () => {
  const { stack, certificate } = parts();
  const other = makeStack("network");
  const listener = declareListener(other);
  expect(() => new ListenerAttachment(stack, "https", { certificate, listener })).toThrow(
    /^infra\/https: listener network\/listener belongs to another stack.*role sni/,
  );
  expect(() => new ListenerAttachment(stack, "more", { certificate, listener, role: "sni" })).not.toThrow();
});

test("a listener has one default certificate", () => {
  const { stack, certificate, listener } = parts();
  new ListenerAttachment(stack, "first", { certificate, listener });
  expect(() => new ListenerAttachment(stack, "second", { certificate, listener })).toThrow(
    /^infra\/second: listener infra\/listener has a default certificate already.*role sni/,
  );
});

test("a certificateArn set by hand is not overwritten", () => {
  const { stack, certificate, listener } = parts({ certificateArn: "${var.arn}" });
  expect(() => new ListenerAttachment(stack, "https", { certificate, listener })).toThrow(
    /leave out its certificateArn/,
  );
});

test.each([
  [{ protocol: "HTTP" }, "HTTP"],
  [{ protocol: undefined }, "HTTP"],
  [{ protocol: "TCP" }, "TCP"],
])("a listener with %j uses no certificate", (config, protocol) => {
  const { stack, certificate, listener } = parts(config);
  expect(() => new ListenerAttachment(stack, "https", { certificate, listener })).toThrow(
    new RegExp(`^infra/https: listener infra/listener speaks ${protocol},.*HTTPS \\(ALB\\) or TLS \\(NLB\\)`),
  );
});

test.each(["TLS", "HTTPS", "${var.protocol}"])("protocol %s takes a certificate", (protocol) => {
  const { stack, certificate, listener } = parts({ protocol });
  expect(() => new ListenerAttachment(stack, "https", { certificate, listener })).not.toThrow();
});

test.each<[string, (made: ReturnType<typeof parts>) => ListenerAttachmentProps]>([
  ["declared", ({ certificate, listener }) => ({ certificate, listener })],
  ["imported", ({ certificate }) => ({ certificate, listenerArn, role: "sni" })],
])("a certificate of another region than the %s listener", (_, propsOf) => {
  const made = parts({ region: "us-east-1" }, "eu-west-1");
  expect(() => new ListenerAttachment(made.stack, "https", propsOf(made))).toThrow(
    /^infra\/https: the certificate stands in eu-west-1, the listener in us-east-1.*region "us-east-1"/,
  );
});

test("an ARN of something else is refused", () => {
  const { stack, certificate } = parts();
  const wrong = listenerArn.replace("listener/app", "loadbalancer/app");
  expect(() => new ListenerAttachment(stack, "https", { certificate, listenerArn: wrong, role: "sni" })).toThrow(
    /not the ARN of an ALB or NLB listener/,
  );
});
