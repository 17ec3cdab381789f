import { setTimeout as pause } from "node:timers/promises";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import type { CertificateStore } from "../../../src/aws/certificate-store";
import { calm, hostile } from "../../../src/sandbox/aws/aws-faults";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createHttpsListener, queryElb } from "../../support/query-client";
import { shakeHands, type Handshake } from "../../../src/rollout/shake-hands";
import { createTestCa, type TestCa, type TestLeafOptions } from "../../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let store: CertificateStore;
let loadBalancerArn: string;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  store = emulated.access().certificates();
  loadBalancerArn = emulated.account.createLoadBalancer({ name: "web", type: "application" }).arn;
});

afterEach(() => emulated.close());

interface Imported {
  readonly arn: string;
  readonly serial: string;
}

async function importLeaf(options: TestLeafOptions = {}): Promise<Imported> {
  const material = await materialOf(ca, options);
  const arn = await store.importNew({ ...material, tags: {} });
  return { arn, serial: parseCertificate(material.certificatePem).serial };
}

function listenerWith(certificate: Imported, port?: number): Promise<string> {
  return createHttpsListener(emulated.aws, { loadBalancerArn, certificateArn: certificate.arn, port });
}

function visit(listenerArn: string, serverName?: string): Promise<Handshake> {
  const address = emulated.account.frontEnd(listenerArn);
  if (address === undefined) throw new Error(`no front end for ${listenerArn}`);
  return shakeHands({ ...address, serverName, ca: ca.rootPem });
}

test("serves the default without SNI, list entries by name and wildcard, with the whole chain", async () => {
  const fallback = await importLeaf({ names: ["fallback.example.gov"] });
  const exact = await importLeaf({ names: ["app.example.gov"] });
  const wildcard = await importLeaf({ names: ["*.apps.example.gov"], key: "RSA_2048" });
  const listener = await listenerWith(fallback);
  const balancers = emulated.access().loadBalancers();
  await balancers.addListenerCertificate(listener, exact.arn);
  await balancers.addListenerCertificate(listener, wildcard.arn);
  await balancers.addListenerCertificate(listener, wildcard.arn);

  // Leaf and intermediate are sent; the root is the one the client trusts.
  expect(await visit(listener)).toMatchObject({ serial: fallback.serial, chainLength: 3 });
  expect((await visit(listener, "fallback.example.gov")).serial).toBe(fallback.serial);
  expect((await visit(listener, "app.example.gov")).serial).toBe(exact.serial);
  expect((await visit(listener, "one.apps.example.gov")).serial).toBe(wildcard.serial);
  await expect(visit(listener, "a.b.apps.example.gov")).rejects.toThrow(/does not match/);

  await balancers.removeListenerCertificate(listener, exact.arn);
  await expect(visit(listener, "app.example.gov")).rejects.toThrow(/does not match/);
});

test("a default that is replaced stays in the SNI list and is what clients with SNI get", async () => {
  const old = await importLeaf();
  const next = await importLeaf();
  const listener = await listenerWith(old);
  const balancers = emulated.access().loadBalancers();
  await balancers.modifyDefaultCertificate(listener, next.arn);
  expect(await balancers.listListenerCertificates(listener)).toEqual({
    defaultCertificateArn: next.arn,
    sniCertificateArns: [old.arn],
  });
  expect((await visit(listener)).serial).toBe(next.serial);
  expect((await visit(listener, "app.example.gov")).serial).toBe(old.serial);

  await balancers.removeListenerCertificate(listener, old.arn);
  expect((await visit(listener, "app.example.gov")).serial).toBe(next.serial);
});

test("listeners and their certificates are read over all pages", async () => {
  emulated.account.faults = { ...hostile, enforceRates: false };
  const first = await importLeaf();
  const extra = await Promise.all([1, 2, 3].map((index) => importLeaf({ names: [`n${index}.example.gov`] })));
  emulated.account.faults = { ...calm, largestPage: 2 };
  const listeners = [];
  for (const port of [443, 8443, 9443]) listeners.push(await listenerWith(first, port));
  const balancers = emulated.access().loadBalancers();
  const [listener = ""] = listeners;
  for (const { arn } of extra) await balancers.addListenerCertificate(listener, arn);

  expect(await balancers.describeListeners({ loadBalancerArn })).toEqual(
    listeners.map((arn, index) => ({
      arn,
      loadBalancerArn,
      port: [443, 8443, 9443][index],
      protocol: "HTTPS",
      defaultCertificateArn: first.arn,
    })),
  );
  expect(await balancers.describeListeners({ listenerArns: [listener] })).toHaveLength(1);
  expect((await balancers.listListenerCertificates(listener)).sniCertificateArns).toEqual(extra.map(({ arn }) => arn));
});

test("a certificate in use cannot be deleted, and the error names its users", async () => {
  emulated.account.faults = { ...calm, inUseLagMs: 60_000 };
  const used = await importLeaf();
  const next = await importLeaf();
  const listener = await listenerWith(used);
  expect((await store.describe(used.arn))?.inUseBy).toEqual([loadBalancerArn]);
  const inUse = {
    code: "aws_in_use",
    message: expect.stringContaining(loadBalancerArn) as string,
    facts: { users: [loadBalancerArn] },
  };
  await expect(store.delete(used.arn)).rejects.toMatchObject(inUse);

  const balancers = emulated.access().loadBalancers();
  await balancers.modifyDefaultCertificate(listener, next.arn);
  await balancers.removeListenerCertificate(listener, used.arn);
  await expect(store.delete(used.arn)).rejects.toMatchObject(inUse);
  emulated.account.faults = calm;
  await store.delete(used.arn);
  expect(await store.describe(used.arn)).toBeUndefined();
});

describe("listener changes that ELB refuses", () => {
  const unknown = "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";

  test("an unknown certificate, an unknown listener, the default in the SNI list's place, the 26th certificate", async () => {
    emulated.account.faults = { ...calm, listenerCertificateQuota: 1 };
    const first = await importLeaf();
    const second = await importLeaf();
    const third = await importLeaf();
    const listener = await listenerWith(first);
    const balancers = emulated.access().loadBalancers();
    const notFound = { code: "aws_not_found" };
    await expect(balancers.addListenerCertificate(listener, unknown)).rejects.toMatchObject(notFound);
    await expect(balancers.modifyDefaultCertificate(listener, unknown)).rejects.toMatchObject(notFound);
    await expect(balancers.addListenerCertificate(`${listener}0`, first.arn)).rejects.toMatchObject(notFound);
    await expect(balancers.describeListeners({ listenerArns: [`${listener}0`] })).rejects.toMatchObject(notFound);
    await expect(balancers.removeListenerCertificate(listener, first.arn)).rejects.toMatchObject({
      code: "aws_denied",
    });
    await balancers.addListenerCertificate(listener, second.arn);
    await expect(balancers.addListenerCertificate(listener, third.arn)).rejects.toMatchObject({ code: "aws_quota" });
    await balancers.removeListenerCertificate(listener, third.arn);
  });

  test.each([
    ["no certificate on HTTPS", { Protocol: "HTTPS" }, "ValidationError"],
    ["a certificate on HTTP", { Protocol: "HTTP", "Certificates.member.1.CertificateArn": unknown }, "ValidationError"],
    [
      "an unknown certificate",
      { Protocol: "HTTPS", "Certificates.member.1.CertificateArn": unknown },
      "CertificateNotFound",
    ],
    [
      "TLS on an application load balancer",
      { Protocol: "TLS", "Certificates.member.1.CertificateArn": unknown },
      "UnsupportedProtocol",
    ],
    [
      "an unknown target group",
      { Protocol: "HTTP", "DefaultActions.member.1.TargetGroupArn": "arn:x" },
      "TargetGroupNotFound",
    ],
    ["an unknown load balancer", { Protocol: "HTTP", LoadBalancerArn: "arn:x" }, "LoadBalancerNotFound"],
  ])("%s", async (_, parameters, code) => {
    const request = {
      Action: "CreateListener",
      LoadBalancerArn: loadBalancerArn,
      Port: "443",
      "DefaultActions.member.1.Type": "forward",
    };
    await expect(queryElb(emulated.aws, { ...request, ...parameters })).rejects.toThrow(`<Code>${code}</Code>`);
    expect(emulated.account.region().elb.listeners.size).toBe(0);
  });
});

test("a prober that shakes hands all the while sees no failure over re-imports and swaps, in a hostile account", async () => {
  emulated.account.faults = { ...hostile, throttledShare: 0, enforceRates: false, propagationDelayMs: 30 };
  const names = { names: ["app.example.gov"] };
  const first = await importLeaf(names);
  const listener = await listenerWith(first);
  const seen = new Set<string>();
  const failures: unknown[] = [];
  let probing = true;
  const probe = async () => {
    while (probing)
      await visit(listener, "app.example.gov").then(
        ({ serial }) => seen.add(serial),
        (error: unknown) => failures.push(error),
      );
  };
  const served = async (serial: string) => {
    while (!seen.has(serial)) await pause(5);
  };
  const probes = [probe(), probe(), probe()];
  const serials = [first.serial];
  await served(first.serial);
  for (let round = 0; round < 5; round++) {
    const next = await materialOf(ca, names);
    await store.reimport(first.arn, next);
    serials.push(parseCertificate(next.certificatePem).serial);
    await served(parseCertificate(next.certificatePem).serial);
  }
  const newcomer = await importLeaf(names);
  const balancers = emulated.access().loadBalancers();
  await balancers.modifyDefaultCertificate(listener, newcomer.arn);
  await balancers.removeListenerCertificate(listener, first.arn);
  await served(newcomer.serial);
  probing = false;
  await Promise.all(probes);
  expect(failures).toEqual([]);
  expect([...seen].sort()).toEqual([...serials, newcomer.serial].sort());
});

test("a deleted listener answers no more, and its certificate is free", async () => {
  const certificate = await importLeaf();
  const listener = await listenerWith(certificate);
  const address = emulated.account.frontEnd(listener);
  await queryElb(emulated.aws, { Action: "DeleteListener", ListenerArn: listener });
  expect(emulated.account.frontEnd(listener)).toBeUndefined();
  await expect(shakeHands({ host: "127.0.0.1", port: address?.port ?? 0, ca: ca.rootPem })).rejects.toThrow();
  await store.delete(certificate.arn);
});

test("what Terraform's provider reads of a listener: tags, attributes, actions", async () => {
  const certificate = await importLeaf();
  const listener = await listenerWith(certificate);
  const tag = { "ResourceArns.member.1": listener };
  await queryElb(emulated.aws, {
    Action: "AddTags",
    ...tag,
    "Tags.member.1.Key": "team",
    "Tags.member.1.Value": "a<b",
  });
  expect(await queryElb(emulated.aws, { Action: "DescribeTags", ...tag })).toContain(
    "<member><Key>team</Key><Value>a&#60;b</Value></member>",
  );
  await queryElb(emulated.aws, { Action: "RemoveTags", ...tag, "TagKeys.member.1": "team" });
  expect(await queryElb(emulated.aws, { Action: "DescribeTags", ...tag })).toContain("<Tags></Tags>");
  const described = await queryElb(emulated.aws, { Action: "DescribeListeners", "ListenerArns.member.1": listener });
  expect(described).toContain("<MessageBody>hello &#38; welcome</MessageBody>");
  expect(described).toContain("<SslPolicy>ELBSecurityPolicy-2016-08</SslPolicy>");
  await queryElb(emulated.aws, { Action: "DescribeListenerAttributes", ListenerArn: listener });
});
