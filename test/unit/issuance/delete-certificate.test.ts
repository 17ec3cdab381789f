import { generationTag } from "../../../src/issuance/certificate-tags";
import { deleteCertificate } from "../../../src/issuance/delete-certificate";
import { abortedError } from "../../../src/platform/clock";
import { AppError } from "../../../src/platform/errors";
import { silentLogger } from "../../../src/platform/log";
import { MemoryCertificateStore } from "../../support/memory-certificate-store";
import { createTestCa } from "../../support/test-certificates";

const inUse = new AppError("aws_in_use", "it is in use by arn:lb", { facts: { users: ["arn:lb"] } });

let memory: MemoryCertificateStore;
let arn: string;
let deadline: AbortController;
let waits: number;
beforeEach(async () => {
  memory = new MemoryCertificateStore();
  const { leafPem } = await (await createTestCa()).leaf();
  arn = memory.add({ certificatePem: leafPem, chainPem: "" }, { tags: { [generationTag]: "g1" } }).arn;
  deadline = new AbortController();
  waits = 0;
});

const remove = (onWait: () => void = () => undefined) =>
  deleteCertificate({
    store: memory.store,
    arn,
    generation: "g1",
    log: silentLogger,
    signal: deadline.signal,
    sleep: async (_, signal) => {
      waits++;
      onWait();
      if (signal?.aborted) throw abortedError(signal);
    },
  });

test("deletes what carries its generation", async () => {
  await expect(remove()).resolves.toBe("deleted");
  expect(memory.kept.size).toBe(0);
});

test("leaves alone what carries another one, or none", async () => {
  for (const tags of [{ [generationTag]: "g2" }, {}] as Record<string, string>[]) {
    memory.add(memory.kept.get(arn)?.material ?? { certificatePem: "", chainPem: "" }, { arn, tags });
    await expect(remove()).resolves.toBe("not-ours");
  }
  expect(memory.kept.size).toBe(1);
});

test("what is gone already is fine", async () => {
  memory.kept.clear();
  await expect(remove()).resolves.toBe("gone");
});

test("waits until nothing uses it", async () => {
  memory.failures.push({ method: "delete", error: inUse }, { method: "delete", error: inUse });
  await expect(remove()).resolves.toBe("deleted");
  expect(waits).toBe(2);
});

test("when time is over, the users are named", async () => {
  memory.failures.push({ method: "delete", error: inUse });
  const over = () => deadline.abort(new DOMException("over", "TimeoutError"));
  await expect(remove(over)).rejects.toMatchObject({
    code: "aws_in_use",
    message: "it is in use by arn:lb",
    hint: expect.stringContaining("detach it") as string,
    facts: { users: ["arn:lb"] },
  });
  expect(memory.kept.size).toBe(1);
});

test("cancelled while it waits: that is the error", async () => {
  memory.failures.push({ method: "delete", error: inUse });
  await expect(remove(() => deadline.abort())).rejects.toMatchObject({ code: "aborted" });
});

test("any other refusal is thrown at once", async () => {
  const error = new AppError("aws_denied", "no");
  memory.failures.push({ method: "delete", error });
  await expect(remove()).rejects.toBe(error);
});
