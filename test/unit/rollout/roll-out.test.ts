import fc from "fast-check";
import { AppError } from "../../../src/platform/errors";
import { rollBack } from "../../../src/rollout/roll-back";
import { rollOut, type RolloutRequest } from "../../../src/rollout/roll-out";
import { MemoryTarget } from "./memory-target";

const out = (target: MemoryTarget, request: RolloutRequest) =>
  rollOut(target, { sleep: () => Promise.resolve(), ...request });

test("a new default takes the place of the one it follows, whose entry in the list goes", async () => {
  const target = new MemoryTarget("a", ["x"]);
  const result = await out(target, { certificateArn: "b", role: "default", followsArn: "a" });
  expect({ ...result, now: target.defaultArn, list: target.sniArns }).toEqual({
    changedDefault: true,
    formerDefaultArn: "a",
    now: "b",
    list: ["x"],
  });
});

test("where terraform has set the default already, only the entry of the one before is left to remove", async () => {
  const target = new MemoryTarget("b", ["a", "x"]);
  expect(await out(target, { certificateArn: "b", role: "default", followsArn: "a" })).toEqual({
    changedDefault: false,
  });
  expect(target.sniArns).toEqual(["x"]);
  expect(target.calls.filter((call) => call !== "served")).toEqual(["removeSni a"]);
});

test("the default of somebody else stays in the list", async () => {
  const target = new MemoryTarget("theirs");
  await out(target, { certificateArn: "b", role: "default" });
  expect([target.defaultArn, target.sniArns]).toEqual(["b", ["theirs"]]);
});

test("in the list the new one comes before the old one goes", async () => {
  const target = new MemoryTarget("d", ["a", "x"]);
  await out(target, { certificateArn: "b", role: "sni", followsArn: "a" });
  expect(target.calls.filter((call) => call !== "served")).toEqual(["addSni b", "removeSni a"]);
  expect([target.defaultArn, target.sniArns]).toEqual(["d", ["x", "b"]]);
});

test("a certificate that load balancers do not see yet, and answers that lag, are waited for", async () => {
  const target = new MemoryTarget("a");
  target.unseen.set("b", 3);
  await out(target, { certificateArn: "b", role: "default", followsArn: "a" });
  target.lag = 3;
  await out(target, { certificateArn: "c", role: "default", followsArn: "b" });
  expect([target.defaultArn, target.sniArns]).toEqual(["c", []]);
});

test("what AWS never shows, and what does not exist, is an error", async () => {
  const target = new MemoryTarget("a");
  target.lag = 1_000;
  await expect(out(target, { certificateArn: "b", role: "default" })).rejects.toMatchObject({ code: "aws_ambiguous" });
  const other = new MemoryTarget("a");
  other.unseen.set("b", 1_000);
  await expect(out(other, { certificateArn: "b", role: "default" })).rejects.toMatchObject({ code: "aws_not_found" });
});

test("whatever stands there: the new one is served, the one it follows is not, all others are as they were", async () => {
  const arn = fc.constantFrom("a", "b", "c", "d", "e");
  await fc.assert(
    fc.asyncProperty(
      arn,
      fc.uniqueArray(arn),
      arn,
      fc.option(arn, { nil: undefined }),
      fc.constantFrom("default", "sni"),
      async (first, list, certificateArn, followsArn, role) => {
        const target = new MemoryTarget(first, [...list]);
        const all = () => new Set([target.defaultArn, ...target.sniArns]);
        const before = all();
        await out(target, { certificateArn, role, followsArn });
        expect(role === "default" ? target.defaultArn === certificateArn : all().has(certificateArn)).toBe(true);
        if (followsArn !== certificateArn) expect(target.sniArns).not.toContain(followsArn);
        const mayGo = new Set<string | undefined>([followsArn]);
        for (const other of before) if (!mayGo.has(other)) expect(all()).toContain(other);
        const again = target.calls.length;
        await out(target, { certificateArn, role, followsArn });
        expect(target.calls.slice(again).filter((call) => call !== "served")).toEqual([]);
      },
    ),
  );
});

describe("taken back", () => {
  test("the former default is put back, and ours is gone", async () => {
    const target = new MemoryTarget("b", ["theirs", "x"]);
    const outcome = await rollBack(target, { certificateArn: "b", role: "default", formerDefaultArn: "theirs" });
    expect([outcome, target.defaultArn, target.sniArns]).toEqual(["done", "theirs", ["theirs", "x"]]);
  });

  test("a default that nothing was before stays, and so does one whose predecessor is gone", async () => {
    const target = new MemoryTarget("b");
    expect(await rollBack(target, { certificateArn: "b", role: "default" })).toBe("stays");
    target.unseen.set("gone", 1_000);
    const request = { certificateArn: "b", role: "default", formerDefaultArn: "gone" } as const;
    expect(await rollBack(target, request)).toBe("stays");
    expect(target.defaultArn).toBe("b");
  });

  test("what somebody has changed meanwhile is left alone", async () => {
    const target = new MemoryTarget("theirs", ["b", "x"]);
    expect(await rollBack(target, { certificateArn: "b", role: "default", formerDefaultArn: "a" })).toBe("done");
    expect([target.defaultArn, target.sniArns]).toEqual(["theirs", ["x"]]);
  });

  test("a listener that is gone is done", async () => {
    const target = new MemoryTarget("b");
    target.served = () => Promise.reject(new AppError("aws_not_found", "no such listener"));
    expect(await rollBack(target, { certificateArn: "b", role: "sni" })).toBe("done");
  });
});
