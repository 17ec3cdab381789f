/** Verification against the sandbox's AWS and front ends: each thing that can be wrong on the wire is told. */
import { createSecureContext } from "node:tls";
import { chooseTargets } from "../../../src/manage-certs/verify/choose-targets";
import type { Verification } from "../../../src/manage-certs/verify/verification";
import { verifyTargets } from "../../../src/manage-certs/verify/verify-targets";
import { systemClock } from "../../../src/platform/clock";
import { sandboxVpc } from "../../../src/sandbox/aws/elbv2/load-balancer-record";
import { materialOf } from "../../support/emulated-aws";
import { frontEndFault, type FrontEndFaultName } from "../../support/front-end-faults";
import { queryElb } from "../../support/query-client";
import { RenewWorld, withDaysLeft } from "../../support/renew-world";
import { createTestCa } from "../../support/test-certificates";

let world: RenewWorld;
beforeEach(async () => {
  world = await RenewWorld.start();
});
afterEach(() => world.close());

async function verify(...targets: readonly string[]): Promise<Verification> {
  const estate = await world.scan();
  const handshakes = world.handshakes(estate);
  return verifyTargets(chooseTargets(targets, estate), estate, { handshakes, clock: systemClock });
}

const states = ({ targets }: Verification) => targets.map(({ name, state }) => `${name} ${state}`);
const kinds = ({ targets }: Verification) => [
  ...new Set(targets.flatMap(({ problems }) => problems.map(({ kind }) => kind))),
];

test("everything that a scan finds: with and without names, at every address", async () => {
  const web = await world.importPaid({ names: ["app.example.gov", "*.app.example.gov"], ...withDaysLeft(80) });
  const shop = await world.importPaid({ names: ["shop.example.gov"], ...withDaysLeft(60) });
  const listener = await world.listener("web", web.arn, shop.arn);
  await world.listener("shop", shop.arn);
  const all = await verify();
  expect(states(all)).toEqual(["web:443 good", "shop:443 good"]);
  expect(all.targets[0]?.handshakes.map(({ serverName, expectedArn }) => [serverName, expectedArn])).toEqual([
    [undefined, web.arn],
    ["app.example.gov", web.arn],
    ["unexpired-check.app.example.gov", web.arn],
    ["shop.example.gov", shop.arn],
  ]);
  expect(states(await verify(listener))).toEqual(["web:443 good"]);
  expect(states(await verify(web.arn))).toEqual(["web:443 good"]);

  await world.addLaggingAddress(listener, shop);
  const lagging = await verify("web");
  expect(states(lagging)).toEqual(["web:443 wrong"]);
  expect(lagging.targets[0]?.problems[0]?.message).toMatch(
    new RegExp(`^127\\.0\\.0\\.1:\\d+ without a name serves serial ${shop.serial} .* not ${web.arn}`),
  );
});

test.each<[FrontEndFaultName, readonly string[]]>([
  ["wrong key", ["other-certificate"]],
  ["missing intermediate", ["refused"]],
  ["expired", ["refused", "other-certificate"]],
  ["wrong names", ["other-certificate", "refused"]],
  ["shadowed SNI", ["other-certificate"]],
  ["refused connections", ["unreachable"]],
])("%s on the wire is told as %j", async (fault, expected) => {
  const names = ["app.example.gov"];
  const ca = await createTestCa();
  const arn = await world.store.importNew({ ...(await materialOf(ca, { names, ...withDaysLeft(80) })), tags: {} });
  const listener = await world.listener("web", arn);
  await world.world.sandbox.account.frontEnds.setFaults(listener, await frontEndFault(fault, { ca, names }));
  const estate = await world.scan();
  const handshakes = { ...world.handshakes(estate), trust: createSecureContext({ ca: ca.rootPem }) };
  const chosen = chooseTargets(["web"], estate);
  const verification = await verifyTargets(chosen, estate, { handshakes, clock: systemClock });
  expect(states(verification)).toEqual(["web:443 wrong"]);
  expect(kinds(verification)).toEqual(expected);
});

test("an old default that stayed in the list: what AWS says and what is served agree, and yet it is wrong", async () => {
  const old = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(5) });
  const next = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(80) });
  const listener = await world.listener("web", old.arn);
  await world.world.aws.loadBalancers().modifyDefaultCertificate(listener, next.arn);
  const left = await verify("web");
  expect(kinds(left)).toEqual(["shadowed"]);
  expect(left.targets[0]?.problems[0]?.hint).toBe(`remove ${old.arn} from the list of ${listener}`);
});

test("an internal load balancer that cannot be reached is said to be so, and is no fault", async () => {
  const { aws } = world.world.sandbox;
  const web = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(80) });
  const xml = await queryElb(aws, {
    ...{ Action: "CreateLoadBalancer", Name: "inside", Scheme: "internal", Type: "application" },
    ...{ "Subnets.member.1": sandboxVpc.subnets[0], "Subnets.member.2": sandboxVpc.subnets[1] },
  });
  const loadBalancerArn = /<LoadBalancerArn>([^<]+)</.exec(xml)?.[1] ?? "";
  await queryElb(aws, {
    ...{ Action: "CreateListener", LoadBalancerArn: loadBalancerArn, Protocol: "HTTPS", Port: "443" },
    ...{ "Certificates.member.1.CertificateArn": web.arn, "DefaultActions.member.1.Type": "fixed-response" },
    "DefaultActions.member.1.FixedResponseConfig.StatusCode": "200",
  });
  const estate = await world.scan();
  const chosen = chooseTargets([], estate);
  const resolve = () => Promise.reject(new Error("ENOTFOUND"));
  const options = { handshakes: { resolve }, clock: systemClock };
  expect(states(await verifyTargets(chosen, estate, options))).toEqual(["inside:443 out of reach"]);
});

test("a host by its place in the network, without AWS", async () => {
  const web = await world.importPaid({ names: ["app.example.gov"], ...withDaysLeft(80) });
  const { host = "", port = 0 } = world.world.sandbox.account.frontEnd(await world.listener("web", web.arn)) ?? {};
  const { trust } = world.handshakes(await world.scan());
  const connectTo = [{ name: "app.example.gov", port: 443, host, toPort: port }];
  const check = (...targets: readonly string[]) =>
    verifyTargets(chooseTargets(targets), undefined, { handshakes: { trust, connectTo }, clock: systemClock });
  expect(states(await check("app.example.gov:443", `${host}:${port}`))).toEqual([
    "app.example.gov:443 good",
    `${host}:${port} good`,
  ]);
  expect(kinds(await check("localhost:1"))).toEqual(["unreachable"]);
});
