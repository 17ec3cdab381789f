/**
 * Whatever a renewal does, and wherever it fails or is stopped, the certificates of others are what they were: on every
 * listener they share with ours, and in ACM.
 */
import fc from "fast-check";
import { runRenewals } from "../../../src/manage-certs/renew/run-renewals";
import type { GateTrap } from "../../../src/sandbox/request-gate";
import { anyEstate, ForeignEstate, type EstatePlan } from "../../support/foreign-estate";
import { RenewWorld, withDaysLeft } from "../../support/renew-world";

/** What goes wrong in the middle. Numbers of listeners count round. */
type Trouble =
  | { readonly kind: "none" }
  | ({ readonly kind: "request" } & Pick<GateTrap, "part" | "nth"> & {
        readonly action: "break-before" | "break-after";
      })
  | { readonly kind: "denied"; readonly iamAction: string }
  | { readonly kind: "stopped"; readonly atRequest: number }
  | { readonly kind: "lagging"; readonly listener: number }
  | { readonly kind: "hidden"; readonly listener: number };

interface Case {
  readonly estate: EstatePlan;
  readonly trouble: Trouble;
  /** The listener for a trial. */
  readonly canary?: number;
  readonly graceMs: number;
}

const listener = fc.nat(2);
const request = (part: GateTrap["part"], most: number) =>
  fc.record({
    kind: fc.constant("request" as const),
    part: fc.constant(part),
    nth: fc.integer({ min: 1, max: most }),
    action: fc.constantFrom("break-before" as const, "break-after" as const),
  });
const changes = ["AddListenerCertificates", "RemoveListenerCertificates", "ModifyListener"].map(
  (name) => `elasticloadbalancing:${name}`,
);
const denied = [...changes, "acm:ImportCertificate", "acm:AddTagsToCertificate", "acm:DeleteCertificate"];

const anyTrouble: fc.Arbitrary<Trouble> = fc.oneof(
  fc.constant({ kind: "none" as const }),
  request("aws", 40),
  request("acme", 15),
  fc.record({ kind: fc.constant("denied" as const), iamAction: fc.constantFrom(...denied) }),
  fc.record({ kind: fc.constant("stopped" as const), atRequest: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant("lagging" as const), listener }),
  fc.record({ kind: fc.constant("hidden" as const), listener }),
);

const anyCase: fc.Arbitrary<Case> = fc.record({
  estate: anyEstate,
  trouble: anyTrouble,
  canary: fc.option(listener, { nil: undefined }),
  graceMs: fc.constantFrom(0, 3_600_000),
});

/** About a minute of processor time. */
const numRuns = 100;

test("the certificates of others stay where they are and what they are", async () => {
  const results: string[] = [];
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ estate: plan, trouble, canary, graceMs }) => {
      const world = await RenewWorld.start();
      try {
        const estate = await ForeignEstate.build(world, plan);
        const at = (place: number) => estate.listeners[place % estate.listeners.length] ?? "";
        const before = estate.foreignNow();
        const places = estate.certificates.map(({ arn }) => [arn, estate.placesOf(arn)] as const);
        /** @param begin makes trouble once the plan is made; says when to stop */
        const renew = async (begin: () => AbortSignal | undefined) => {
          const planned = await world.plan({ only: estate.only });
          const scanned = await world.scan();
          const parts = world.parts(scanned, {
            ...{ graceMs, waitMs: 200, signal: begin() },
            isCanary: ({ id }) => canary !== undefined && id === at(canary),
          });
          return runRenewals(planned, parts, { concurrency: 4, onStep: () => undefined, onDone: () => undefined });
        };

        if (trouble.kind === "lagging") await world.addLaggingAddress(at(trouble.listener), estate.first);
        if (trouble.kind === "hidden") world.hide(at(trouble.listener));
        const reports = await renew(() => makeTrouble(trouble, world));
        results.push(...reports.map(({ outcome, error }) => error?.code ?? outcome?.result ?? "left"));
        expect(estate.foreignNow()).toEqual(before);
        // what is said is true
        for (const { planned, error } of reports)
          if (error?.message.endsWith("all attachments are what they were"))
            expect(places).toContainEqual([planned.certificate.arn, estate.placesOf(planned.certificate.arn)]);

        world.world.sandbox.account.deniedActions.clear();
        world.healLaggingAddresses();
        world.showAll();
        await renew(() => undefined);
        expect(estate.foreignNow()).toEqual(before);
      } finally {
        await world.close();
      }
    }),
    { numRuns },
  );
  // these things did happen
  for (const each of ["renewed", "left", "aborted", "handshake_failed", "aws_denied"])
    expect([each, results.filter((result) => result === each).length > 2]).toEqual([each, true]);
}, 900_000);

function makeTrouble(trouble: Trouble, { world: { sandbox } }: RenewWorld): AbortSignal | undefined {
  const stop = new AbortController();
  if (trouble.kind === "denied") sandbox.account.deniedActions.add(trouble.iamAction);
  if (trouble.kind === "request") sandbox.gate.set(trouble);
  if (trouble.kind === "stopped") {
    const trap = sandbox.gate.set({ part: "aws", nth: trouble.atRequest, action: "hold" });
    void trap.caught.then(() => {
      stop.abort();
      trap.release();
    });
  }
  return stop.signal;
}

const both = (arn: string) => ({
  defaultCertificateArn: arn,
  sniCertificateArns: expect.arrayContaining([arn]) as unknown,
});

test.each([undefined, "a trial"])(
  "a certificate that is the default and on the list, beside one that holds its name: so is what follows it, %s",
  async (trial) => {
    const world = await RenewWorld.start();
    try {
      const names = ["app.example.gov"];
      const usage = trial === undefined ? { keyUsage: ["digitalSignature", "dataEncipherment"] as const } : {};
      const own = await world.importPaid({ names, ...usage });
      // of two with one name the longer validity ranks higher; its tag says that it is no successor of ours
      const longer = { names, ...withDaysLeft(60), notBefore: new Date() };
      const foreign = await world.importPaid(longer, { team: "others" });
      const listener = await world.listener("web", own.arn, own.arn, foreign.arn);
      const [report] = await world.renew({ isCanary: () => trial !== undefined });
      expect(report?.error).toBeUndefined();
      const found = await world.world.aws.loadBalancers().listListenerCertificates(listener);
      expect(found).toMatchObject(both(report?.outcome?.arn ?? ""));
      expect(found.sniCertificateArns).toContain(foreign.arn);
      expect(found.sniCertificateArns).toHaveLength(2);
    } finally {
      await world.close();
    }
  },
);

test("AWS refuses to take what was the default off the list: put back is put back, and the list is what it was", async () => {
  const world = await RenewWorld.start();
  try {
    const own = await world.importPaid({
      names: ["app.example.gov"],
      keyUsage: ["digitalSignature", "dataEncipherment"],
    });
    const foreign = await world.importPaid({ names: ["foreign.example.gov"], ...withDaysLeft(80) });
    const listener = await world.listener("web", own.arn, foreign.arn);
    const { deniedActions } = world.world.sandbox.account;
    const planned = await world.plan();
    deniedActions.add("elasticloadbalancing:RemoveListenerCertificates");
    const [report] = await runRenewals(planned, world.parts(await world.scan(), {}), {
      concurrency: 1,
      onStep: (_, step) => void (step === "put back" && deniedActions.clear()),
      onDone: () => undefined,
    });
    expect(report?.error?.message).toMatch(/; all attachments are what they were$/);
    expect(await world.world.aws.loadBalancers().listListenerCertificates(listener)).toEqual({
      defaultCertificateArn: own.arn,
      sniCertificateArns: [foreign.arn],
    });
  } finally {
    await world.close();
  }
});
