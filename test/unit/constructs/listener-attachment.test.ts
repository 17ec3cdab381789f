import { LbListener, type LbListenerConfig } from "@cdktf/provider-aws/lib/lb-listener";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformStack } from "cdktf";
import {
  CertificateIssuer,
  DnsZone,
  Listener,
  ListenerAttachment,
  ManagedCertificate,
  UnexpiredProvider,
  type ICertificate,
  type ListenerAttachmentProps,
  type ManagedCertificateProps,
} from "../../../constructs";
import { makeStack, onlyResource, synthesize } from "../../support/synthesize-stack";

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

function declareListener(stack: TerraformStack, config: Partial<LbListenerConfig> = {}, id = "listener"): LbListener {
  return new LbListener(stack, id, {
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
  const listener = Listener.fromArn(stack, "shared", listenerArn);
  new ListenerAttachment(stack, "https", { certificate, listener, role: "sni" });
  expect(onlyResource(stack, "aws_lb_listener_certificate")).toMatchObject({
    listener_arn: listenerArn,
    region: "us-east-1",
  });
});

test("the default of a listener made elsewhere is a rollout alone", () => {
  const { stack, certificate } = parts();
  stack.node.tryRemoveChild("listener");
  const listener = Listener.fromArn(stack, "shared", listenerArn);
  new ListenerAttachment(stack, "https", { certificate, listener });
  expect(onlyResource(stack, "unexpired_rollout")).toEqual({
    listener_arn: listenerArn,
    certificate_arn: certificateReference,
    region: "us-east-1",
  });
  expect(synthesize(stack).resource).not.toHaveProperty("aws_lb_listener_certificate");
});

test("a rollout takes an entry left by the listener's change away, with the block of our provider made on demand", () => {
  const { stack, listener } = parts({ region: "us-east-1" });
  stack.node.tryRemoveChild("web");
  const arn = "arn:aws:acm:us-east-1:111122223333:certificate/0f-1";
  const certificate = ManagedCertificate.fromArn(stack, "paid", arn);
  new ListenerAttachment(stack, "https", { certificate, listener });
  expect(onlyResource(stack, "unexpired_rollout")).toEqual({
    listener_arn: "${aws_lb_listener.listener.arn}",
    certificate_arn: arn,
    region: "us-east-1",
  });
  expect(synthesize(stack).provider.unexpired).toEqual([{ region: "us-east-1" }]);
});

test.each(["before", "after"])("entries are made after the rollout, declared %s it", (order) => {
  const { stack, certificate, listener } = parts();
  const other = ManagedCertificate.fromArn(stack, "paid", "arn:aws:acm:us-east-1:111122223333:certificate/0f-1");
  const attachDefault = () => new ListenerAttachment(stack, "https", { certificate, listener });
  if (order === "after") attachDefault();
  new ListenerAttachment(stack, "more", { certificate: other, listener, role: "sni" });
  if (order === "before") attachDefault();
  const [rollout] = Object.keys(synthesize(stack).resource.unexpired_rollout ?? {});
  expect(onlyResource(stack, "aws_lb_listener_certificate").depends_on).toEqual([`unexpired_rollout.${rollout}`]);
});

test("a block of our provider can be named", () => {
  const { stack, certificate, listener } = parts();
  const provider = new UnexpiredProvider(stack, "network", { alias: "network" });
  new ListenerAttachment(stack, "https", { certificate, listener, provider });
  expect(onlyResource(stack, "unexpired_rollout").provider).toBe("unexpired.network");
});

const paid = (stack: TerraformStack, index: number) =>
  ManagedCertificate.fromArn(stack, `paid-${index}`, `arn:aws:acm:us-east-1:111122223333:certificate/0f-${index}`);

test("25 certificates beside the default, more only where AWS raised the quota", () => {
  const { stack, listener } = parts();
  const attach = (index: number, certificateQuota?: number) => () =>
    new ListenerAttachment(stack, `sni-${index}-${certificateQuota ?? ""}`, {
      certificate:
        stack.node.tryFindChild(`paid-${index}`) === undefined ? paid(stack, index) : paid(stack, 1000 + index),
      listener,
      role: "sni",
      certificateQuota,
    });
  for (let index = 0; index < 25; index++) attach(index)();
  expect(attach(25)).toThrow(
    /^infra\/sni-25-: listener infra\/listener would have 26 .* 25 is the most \(.*"Certificates per Application Load Balancer"\); .*raised/,
  );
  expect(attach(26, 50)).not.toThrow();
});

test.each<[string, (stack: TerraformStack) => ListenerAttachmentProps["listener"]]>([
  ["declared", (stack) => declareListener(stack, { protocol: "TLS" }, "tls")],
  ["imported", (stack) => Listener.fromArn(stack, "tls", listenerArn.replace("/app/", "/net/"))],
])("rules of a Network Load Balancer, %s: its quota has a name of its own, RSA ends at 3072 bits", (_, declare) => {
  const { stack } = parts();
  const listener = declare(stack);
  const attach = (certificate: ICertificate) =>
    new ListenerAttachment(stack, `on-${certificate.node.id}`, { certificate, listener, role: "sni" });
  for (let index = 0; index < 25; index++) attach(paid(stack, index));
  expect(() => attach(paid(stack, 25))).toThrow(/25 is the most \(.*"Certificates per Network Load Balancer"\)/);
  const withKey = (keyAlgorithm: ManagedCertificateProps["keyAlgorithm"]) =>
    new ManagedCertificate(stack, `${keyAlgorithm}`, {
      domainNames: ["app.example.gov"],
      zone: DnsZone.edgeDns(stack, `zone-${keyAlgorithm}`, { zoneName: "example.gov" }),
      issuer: CertificateIssuer.letsEncrypt(),
      keyAlgorithm,
    });
  expect(() => attach(withKey("RSA_4096"))).toThrow(
    /^infra\/on-RSA_4096: the certificate has a key RSA_4096, and a Network Load Balancer takes .*RSA_3072 /,
  );
  expect(() => attach(withKey("RSA_3072"))).toThrow(/25 is the most/);
});

test("each listener has a quota of its own", () => {
  const { stack, listener } = parts();
  const shared = Listener.fromArn(stack, "shared", listenerArn);
  for (let index = 0; index < 25; index++)
    new ListenerAttachment(stack, `sni-${index}`, { certificate: paid(stack, index), listener, role: "sni" });
  expect(
    () => new ListenerAttachment(stack, "other", { certificate: paid(stack, 25), listener: shared, role: "sni" }),
  ).not.toThrow();
});

test("a certificate is on a listener once, by whatever construct the two are named", () => {
  const { stack } = parts();
  const attach = (id: string) =>
    new ListenerAttachment(stack, id, {
      certificate: ManagedCertificate.fromArn(stack, `of-${id}`, "arn:aws:acm:us-east-1:111122223333:certificate/0f-1"),
      listener: Listener.fromArn(stack, `for-${id}`, listenerArn),
      role: "sni",
    });
  attach("first");
  expect(() => attach("second")).toThrow(
    /^infra\/second: the certificate is on listener arn:.* already, by infra\/first \(.*AddListenerCertificates/,
  );
});

test("a listener made elsewhere has one default certificate", () => {
  const { stack, certificate } = parts();
  const listener = Listener.fromArn(stack, "shared", listenerArn);
  new ListenerAttachment(stack, "first", { certificate, listener });
  expect(() => new ListenerAttachment(stack, "second", { certificate, listener })).toThrow(
    /^infra\/second: listener arn:.* has a default certificate already/,
  );
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
  ["imported", ({ stack, certificate }) => ({ certificate, listener: Listener.fromArn(stack, "shared", listenerArn) })],
])("a certificate of another region than the %s listener", (_, propsOf) => {
  const made = parts({ region: "us-east-1" }, "eu-west-1");
  expect(() => new ListenerAttachment(made.stack, "https", propsOf(made))).toThrow(
    /^infra\/https: the certificate stands in eu-west-1, the listener in us-east-1.*region "us-east-1"/,
  );
});

test("regions that only the provider blocks tell are compared, too", () => {
  const { stack, certificate } = parts();
  stack.node.tryRemoveChild("listener");
  const provider = new AwsProvider(stack, "aws-dr", { alias: "dr", region: "eu-west-1" });
  const listener = declareListener(stack, { provider });
  expect(() => new ListenerAttachment(stack, "https", { certificate, listener })).toThrow(
    /the certificate stands in us-east-1, the listener in eu-west-1/,
  );
});

test("an ARN of something else is refused", () => {
  const wrong = listenerArn.replace("listener/app", "loadbalancer/app");
  expect(() => Listener.fromArn(makeStack(), "shared", wrong)).toThrow(
    /^infra\/shared: .* not the ARN of an ALB or NLB listener/,
  );
});

test("an ARN that terraform alone knows is taken as it is", () => {
  const { stack, certificate } = parts();
  const listener = Listener.fromArn(stack, "shared", "${var.listener_arn}");
  new ListenerAttachment(stack, "https", { certificate, listener, role: "sni" });
  const entry = onlyResource(stack, "aws_lb_listener_certificate");
  expect(entry.listener_arn).toBe("${var.listener_arn}");
  expect(entry).not.toHaveProperty("region");
});

test.each(["https", "renamed"])("the rollout belongs to the listener, whatever the attachment %s is called", (id) => {
  const { stack, certificate, listener } = parts();
  new ListenerAttachment(stack, id, { certificate, listener });
  expect(onlyResource(stack, "unexpired_rollout")).toBeDefined();
  expect(listener.node.tryFindChild("Rollout")).toBeDefined();
});

test("the rollout belongs to the attachment where the listener is another stack's", () => {
  const { stack, certificate } = parts();
  const network = makeStack("network");
  const listener = Listener.fromArn(network, "shared", listenerArn);
  const attachment = new ListenerAttachment(stack, "https", { certificate, listener });
  expect(attachment.node.tryFindChild("Rollout")).toBeDefined();
});
