/** `renew` at the limits of others: quotas of AWS and of the CA, which no waiting helps against, and a CA that breaks down. */
import { createTestCa } from "../../support/test-certificates";
import { withDaysLeft } from "../../support/renew-world";
import { errorsOf, FaultLanes } from "../../support/faults/fault-lanes";
import { FaultWorld } from "../../support/faults/fault-world";
import { calm, type AwsFaults } from "../../../src/sandbox/aws/aws-faults";
import { noRateLimits } from "../../../src/sandbox/acme-ca/rate-limits/rate-limits";

/** Each waits for its turn. */
jest.setTimeout(300_000);

const app = "app.example.gov";
const moved = "moved.example.gov";

const within = (quota: Partial<AwsFaults>) => ({
  planned: ({ sandbox }: FaultWorld) => {
    sandbox.account.faults = { ...calm, ...quota };
    return () => (sandbox.account.faults = calm);
  },
});

const lanes = new FaultLanes({
  "certificates of the account": within({ certificateQuota: 3 }),
  "imports of the year": within({ importQuota: 0 }),
  "certificates of a listener": within({ listenerCertificateQuota: 2 }),
});
afterAll(() => lanes.close(), 120_000);

const countOf = (asked: readonly string[], operation: string) => asked.filter((each) => each === operation).length;

test.each([
  // one to ask whether there may be one, one for each certificate; one to attach, one to put back
  [
    "certificates of the account",
    [moved],
    "ImportCertificate",
    3,
    1,
    /the certificate [0-9a-f]+ is issued, and its key is/,
  ],
  [
    "imports of the year",
    [app, moved],
    "ImportCertificate",
    3,
    2,
    /the certificate [0-9a-f]+ is issued, and its key is/,
  ],
  ["certificates of a listener", [moved], "AddListenerCertificates", 2, 0, /all attachments are what they were$/],
] as const)(
  "%s: refused once, not tried again, and done once there is room",
  async (name, names, operation, sent, lost, truth) => {
    const { first, next, inventory, ordersMore } = await lanes.story(name);
    expect(errorsOf(first)).toEqual(names.map((each) => `${each}: aws_quota`));
    for (const { error } of first.reports)
      if (error)
        expect([error.message, error.hint]).toEqual([
          expect.stringMatching(truth),
          expect.stringContaining("Service Quotas"),
        ]);
    expect(countOf(first.asked("aws"), operation)).toBe(sent);
    expect(errorsOf(next)).toEqual([]);
    expect(inventory).toEqual((await lanes.clean).inventory);
    expect(ordersMore).toBe(lost);
  },
);

describe("in a world of its own", () => {
  let world: FaultWorld;
  afterEach(() => world.close());

  test("the CA's limit, and how long it asks to wait: said, not hammered", async () => {
    world = await FaultWorld.start({
      rateLimits: { ...noRateLimits, ordersPerAccount: { count: 1, perSeconds: 36_000 } },
    });
    await world.reset();
    const { reports, asked } = await world.run();
    const [, limited] = reports;
    expect(limited?.error).toMatchObject({
      code: "acme_rate_limited",
      message: expect.stringContaining(moved) as string,
    });
    expect(limited?.error?.retryAfterMs).toBeGreaterThan(30_000_000);
    expect(limited?.error?.hint).toMatch(/\d/);
    // each is asked for once more, since its predecessor is another CA's
    expect(countOf(asked("acme"), "newOrder")).toBe(4);
  });

  test("a CA that breaks down in the middle of ten: each stops with the cause, and it is left in peace", async () => {
    world = await FaultWorld.start();
    await world.resetToDue(10);
    const { gate } = world.sandbox;
    let asked = 0;
    const first = await world.run({
      concurrency: 4,
      planned: () => {
        const traps = [gate.set({ part: "acme", operation: "finalize", nth: 4, action: "break-before" })];
        void traps[0]?.caught.then(() => {
          asked = gate.history.length;
          traps.push(gate.set({ part: "acme", nth: 1, times: Infinity, action: "break-before" }));
        });
        return () => traps.forEach((trap) => trap.release());
      },
    });
    const failed = first.reports.filter(({ error }) => error !== undefined);
    expect(failed.length).toBeGreaterThanOrEqual(7);
    expect(failed.length).toBeLessThan(10);
    for (const { error } of failed)
      expect(error).toMatchObject({ code: "network", hint: expect.stringContaining("again") as string });
    const causes = failed.map(({ error }) => error?.message.split(":")[0]);
    expect(
      causes.filter((cause) => cause === "sandbox takes no more orders in this run").length,
    ).toBeGreaterThanOrEqual(2);
    const hits = gate.history.slice(asked).filter(({ part }) => part === "acme");
    // four tries of each that was under way, and of the one that was begun before the second of them had failed
    expect(hits.length).toBeLessThanOrEqual(20);
    await world.heal();
    const next = await world.run({ concurrency: 4 });
    expect(errorsOf(next)).toEqual([]);
    expect((await world.inventory()).certificates.filter((each) => /: new, same ARN/.test(each))).toHaveLength(10);
    // those that the CA was handing out when it broke down
    const lost = next.reports.flatMap(({ outcome }) => outcome?.warnings ?? []);
    expect(lost.length).toBeLessThanOrEqual(3);
    expect(world.orders()).toBe(10 + lost.length);
  });

  test("ACM refuses the re-import, since somebody else was faster with another kind: said; then a successor takes over", async () => {
    world = await FaultWorld.start();
    await world.reset();
    const { gate, account } = world.sandbox;
    const ca = await createTestCa();
    const names = [app, `*.${app}`, "app.example.org"];
    const first = await world.run({
      planned: () => {
        const held = gate.set({ part: "aws", operation: "ImportCertificate", nth: 2, action: "hold" });
        void held.caught.then(async () => {
          const { acm } = account.region();
          const record = acm.all().find(({ material }) => material?.info.names.some((name) => name === app));
          const leaf = await ca.leaf({ names, keyUsage: ["digitalSignature", "dataEncipherment"], ...withDaysLeft(3) });
          await world.renew.store.reimport(record?.arn ?? "", {
            certificatePem: leaf.leafPem,
            chainPem: ca.intermediatePem,
            privateKeyPem: leaf.privateKeyPem,
          });
          held.release();
        });
        return () => held.release();
      },
    });
    expect(first.reports[0]?.error).toMatchObject({
      code: "aws_request",
      message: expect.stringMatching(
        /^AWS refused acm:ImportCertificate on \S+ .*; what is served is what it was$/,
      ) as string,
    });
    expect(errorsOf(await world.run())).toEqual([]);
    const { listeners, certificates } = await world.inventory();
    expect(listeners.first?.[0]).toBe(`${names.join()}: new, new ARN`);
    expect(certificates).toHaveLength(3);
  });
});
