import type { ClassicLoadBalancers } from "../../../src/aws/classic-load-balancers";
import { parseCertificate } from "../../../src/certificates/parse-certificate";
import { shakeHands } from "../../../src/rollout/shake-hands";
import { materialOf, startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";
import { createTestCa, type TestCa } from "../../support/test-certificates";

let ca: TestCa;
let emulated: EmulatedAws;
let balancers: ClassicLoadBalancers;

beforeAll(async () => {
  ca = await createTestCa();
});

beforeEach(async () => {
  emulated = await startEmulatedAws();
  balancers = emulated.access().classicLoadBalancers();
});

afterEach(() => emulated.close());

async function importLeaf(name: string): Promise<{ readonly arn: string; readonly serial: string }> {
  const material = await materialOf(ca, { names: [name] });
  const arn = await emulated
    .access()
    .certificates()
    .importNew({ ...material, tags: {} });
  return { arn, serial: parseCertificate(material.certificatePem).serial };
}

const https = (certificateArn: string) => ({
  Protocol: "HTTPS",
  LoadBalancerPort: 443,
  InstancePort: 80,
  InstanceProtocol: "HTTP",
  SSLCertificateId: certificateArn,
});

const http = { Protocol: "http", LoadBalancerPort: 80, InstancePort: 8080, InstanceProtocol: "http" };

const create = (Listeners: readonly object[], more: object = {}) =>
  balancers.create({
    LoadBalancerName: "old-web",
    AvailabilityZones: ["us-east-1a"],
    Listeners: Listeners as never,
    Tags: [{ Key: "team", Value: "web" }],
    ...more,
  });

const arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/old-web";

async function servedSerial(): Promise<string> {
  const address = emulated.account.frontEnd(`${arn}:443`);
  if (address === undefined) throw new Error("no front end");
  return (await shakeHands({ ...address, serverName: "app.example.gov", ca: ca.rootPem })).serial;
}

test("serves the certificate of a listener, the next one once it is set, and names itself to ACM", async () => {
  const [first, second] = [await importLeaf("app.example.gov"), await importLeaf("app.example.gov")];
  await create([https(first.arn), http]);
  expect(await servedSerial()).toBe(first.serial);
  const store = emulated.access().certificates();
  expect((await store.describe(first.arn))?.inUseBy).toEqual([arn]);
  await expect(store.delete(first.arn)).rejects.toMatchObject({ code: "aws_in_use" });

  const listener = { loadBalancerName: "old-web", port: 443 };
  await balancers.setCertificate(listener, second.arn);
  expect(await balancers.certificateOf(listener)).toBe(second.arn);
  expect(await servedSerial()).toBe(second.serial);
  await store.delete(first.arn);

  await balancers.delete("old-web");
  await store.delete(second.arn);
  expect(emulated.account.frontEnd(`${arn}:443`)).toBeUndefined();
  await expect(balancers.describe("old-web")).rejects.toMatchObject({ code: "aws_not_found" });
  await balancers.delete("old-web");
});

test("describes what it was given, attributes, health check and tags", async () => {
  await create([http], { Subnets: ["subnet-1"], AvailabilityZones: undefined, SecurityGroups: ["sg-1"] });
  await balancers.setAttributes("old-web", { ConnectionSettings: { IdleTimeout: 90 } });
  await balancers.setAttributes("old-web", {
    CrossZoneLoadBalancing: { Enabled: true },
    ConnectionDraining: { Enabled: true, Timeout: 60 },
    AdditionalAttributes: [{ Key: "elb.http.desyncmitigationmode", Value: "strictest" }],
  });
  const check = { Target: "HTTP:8080/", Interval: 10, Timeout: 2, UnhealthyThreshold: 3, HealthyThreshold: 4 };
  await balancers.setHealthCheck("old-web", check);
  await balancers.setSecurityGroups("old-web", ["sg-2"]);
  await balancers.changeTags("old-web", { set: { stage: "prod" }, remove: ["team"] });
  expect(await balancers.describe("old-web")).toMatchObject({
    DNSName: expect.stringMatching(/^old-web-\d+\.us-east-1\.elb\.amazonaws\.com$/) as string,
    ListenerDescriptions: [{ Listener: { ...http, Protocol: "HTTP", InstanceProtocol: "HTTP" } }],
    Scheme: "internet-facing",
    Subnets: ["subnet-1"],
    SecurityGroups: ["sg-2"],
    HealthCheck: check,
  });
  expect(await balancers.attributes("old-web")).toEqual({
    CrossZoneLoadBalancing: { Enabled: true },
    AccessLog: { Enabled: false },
    ConnectionDraining: { Enabled: true, Timeout: 60 },
    ConnectionSettings: { IdleTimeout: 90 },
    AdditionalAttributes: [{ Key: "elb.http.desyncmitigationmode", Value: "strictest" }],
  });
  expect(await balancers.tags("old-web")).toEqual({ stage: "prod" });
});

test("listeners come and go; the same one twice is no mistake, another at its port is", async () => {
  const { arn: certificate } = await importLeaf("app.example.gov");
  await create([http]);
  await balancers.addListeners("old-web", [https(certificate)]);
  await balancers.addListeners("old-web", [https(certificate)]);
  await expect(balancers.addListeners("old-web", [{ ...http, InstancePort: 1 }])).rejects.toMatchObject({
    facts: { error: "DuplicateListenerException" },
  });
  await balancers.removeListeners("old-web", [443]);
  await expect(balancers.certificateOf({ loadBalancerName: "old-web", port: 443 })).rejects.toMatchObject({
    code: "aws_not_found",
  });
  expect(emulated.account.frontEnd(`${arn}:443`)).toBeUndefined();
});

test.each([
  [
    "a certificate that does not exist",
    [https("arn:aws:acm:us-east-1:111122223333:certificate/none")],
    "aws_not_found",
  ],
  ["HTTPS without a certificate", [{ ...https("x"), SSLCertificateId: undefined }], "aws_request"],
  ["protocols of different layers", [{ ...http, InstanceProtocol: "TCP" }], "aws_request"],
  ["no listener", [], "aws_request"],
])("refuses %s", async (_, listeners, code) => {
  await expect(create(listeners)).rejects.toMatchObject({ code });
});

test("a certificate is set on secure listeners alone, and names are taken once", async () => {
  const { arn: certificate } = await importLeaf("app.example.gov");
  await create([http]);
  await expect(create([http])).rejects.toThrow("already exists");
  await expect(balancers.setCertificate({ loadBalancerName: "old-web", port: 80 }, certificate)).rejects.toThrow(
    "neither HTTPS nor SSL",
  );
  await expect(balancers.setCertificate({ loadBalancerName: "old-web", port: 81 }, certificate)).rejects.toMatchObject({
    code: "aws_not_found",
  });
});
