import { Elb, type ElbConfig } from "@cdktf/provider-aws/lib/elb";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ClassicListener, type IClassicListener, ListenerAttachment, ManagedCertificate } from "../../../constructs";
import { makeStack, onlyResource, synthesize } from "../../support/synthesize-stack";

const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0f-1";
const https = { instancePort: 80, instanceProtocol: "http", lbPort: 443, lbProtocol: "https" };
const http = { instancePort: 80, instanceProtocol: "http", lbPort: 80, lbProtocol: "http" };

function parts(config: Partial<ElbConfig> = {}) {
  const stack = makeStack();
  new AwsProvider(stack, "aws", { region: "us-east-1" });
  const certificate = ManagedCertificate.fromArn(stack, "paid", certificateArn);
  const loadBalancer = new Elb(stack, "elb", { listener: [http, https], ...config });
  const attach = (listener: IClassicListener, id = "https") =>
    new ListenerAttachment(stack, id, { certificate, listener });
  const declared = (port = 443, id = "listener") => ClassicListener.of(stack, id, loadBalancer, port);
  return { stack, certificate, loadBalancer, attach, declared };
}

test("of a load balancer made elsewhere: a rollout alone", () => {
  const { stack, attach } = parts();
  attach(
    ClassicListener.fromAttributes(stack, "old", { loadBalancerName: "intranet", port: 443, region: "us-east-1" }),
  );
  expect(onlyResource(stack, "unexpired_rollout")).toEqual({
    classic_listener: { load_balancer_name: "intranet", port: 443 },
    certificate_arn: certificateArn,
    region: "us-east-1",
  });
});

test("of one declared in the stack: its block, the others as they were", () => {
  const { stack, attach, declared } = parts();
  attach(declared());
  const [first, second] = onlyResource(stack, "aws_elb").listener as Record<string, unknown>[];
  expect(first).not.toHaveProperty("ssl_certificate_id");
  expect(second).toEqual({
    instance_port: 80,
    instance_protocol: "http",
    lb_port: 443,
    lb_protocol: "https",
    ssl_certificate_id: certificateArn,
  });
  expect(synthesize(stack).resource).not.toHaveProperty("unexpired_rollout");
});

test.each<["all" | string[]]>([["all"], [["listener", "tags"]]])(
  "of one declared that ignores changes of %j: its block, and a rollout for what comes after",
  (ignoreChanges) => {
    const { stack, attach, declared } = parts({ lifecycle: { ignoreChanges } });
    expect(attach(declared()).node.metadata).toEqual([]);
    expect(onlyResource(stack, "aws_elb").listener).toContainEqual({
      ...{ instance_port: 80, instance_protocol: "http", lb_port: 443, lb_protocol: "https" },
      ssl_certificate_id: certificateArn,
    });
    expect(onlyResource(stack, "unexpired_rollout")).toEqual({
      classic_listener: { load_balancer_name: "${aws_elb.elb.name}", port: 443 },
      certificate_arn: certificateArn,
      region: "us-east-1",
    });
  },
);

test("of one declared that ignores other changes: its block alone", () => {
  const { stack, attach, declared } = parts({ lifecycle: { ignoreChanges: ["tags"] } });
  const { node } = attach(declared());
  expect(synthesize(stack).resource).not.toHaveProperty("unexpired_rollout");
  expect(node.metadata.map(({ data }) => String(data))).toEqual([
    expect.stringMatching(
      /^infra\/https: .* removes the listener at port 443 of infra\/elb .*; set lifecycle/,
    ) as string,
  ]);
});

test.each<[string, (made: ReturnType<typeof parts>) => unknown, RegExp]>([
  [
    "no such port",
    ({ attach, declared }) => attach(declared(8443)),
    /no listener with lbPort 8443 .*use one of 80, 443/,
  ],
  ["plain HTTP", ({ attach, declared }) => attach(declared(80)), /port 80 of infra\/elb speaks http, .*https or ssl/],
  [
    "two certificates of one block",
    ({ attach, declared }) => [attach(declared()), attach(declared(443, "again"), "more")],
    /^infra\/more: port 443 of infra\/elb has a certificate already .*sslCertificateId/,
  ],
  [
    "two certificates of one listener made elsewhere",
    ({ stack, attach }) =>
      ["a", "b"].map((id) =>
        attach(ClassicListener.fromAttributes(stack, id, { loadBalancerName: "intranet", port: 443 }), `at-${id}`),
      ),
    /^infra\/at-b: listener intranet:443 has a certificate already/,
  ],
  [
    "a list of certificates",
    ({ stack, certificate, declared }) =>
      new ListenerAttachment(stack, "https", { certificate, listener: declared(), role: "sni" }),
    /^infra\/https: port 443 of Classic Load Balancer infra\/elb has no list .*Application Load Balancer/,
  ],
  [
    "another region",
    ({ stack, attach }) =>
      attach(
        ClassicListener.fromAttributes(stack, "o", { loadBalancerName: "intranet", port: 443, region: "eu-west-1" }),
      ),
    /^infra\/https: the certificate stands in us-east-1, the listener in eu-west-1/,
  ],
  [
    "a DNS name",
    ({ stack }) => ClassicListener.fromAttributes(stack, "o", { loadBalancerName: "a.elb.amazonaws.com", port: 443 }),
    /^infra\/o: "a\.elb\.amazonaws\.com" is not the name .*not its DNS name/,
  ],
  [
    "no port",
    ({ stack }) => ClassicListener.fromAttributes(stack, "o", { loadBalancerName: "intranet", port: 0 }),
    /^infra\/o: port 0 is not a port/,
  ],
])("%s is refused", (_, act, message) => {
  expect(() => act(parts())).toThrow(message);
});

test("the region of a declared one is that of its provider block", () => {
  const { stack, certificate } = parts();
  const provider = new AwsProvider(stack, "aws-dr", { alias: "dr", region: "eu-west-1" });
  const elb = new Elb(stack, "dr", { listener: [https], provider });
  const listener = ClassicListener.of(stack, "listener", elb, 443);
  expect(() => new ListenerAttachment(stack, "https", { certificate, listener })).toThrow(
    /^infra\/https: the certificate stands in us-east-1, the listener in eu-west-1/,
  );
});

test("a certificate set by hand is not overwritten", () => {
  const { attach, declared } = parts({ listener: [{ ...https, sslCertificateId: "${var.arn}" }] });
  expect(() => attach(declared())).toThrow(/leave out its sslCertificateId/);
});

test("the block of another stack cannot be set", () => {
  const { declared, certificate } = parts();
  const listener = declared();
  const other = makeStack("other");
  expect(() => new ListenerAttachment(other, "https", { certificate, listener })).toThrow(
    /^other\/https: load balancer infra\/elb belongs to another stack/,
  );
});
