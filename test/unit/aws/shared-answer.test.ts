import { SharedAnswer } from "../../../src/aws/shared-answer";

test("asks once for all, and again after forget", async () => {
  let asked = 0;
  const shared = new SharedAnswer(async () => ++asked);
  expect(await Promise.all([shared.get(), shared.get()])).toEqual([1, 1]);
  expect(await shared.get()).toBe(1);
  shared.forget();
  expect(await shared.get()).toBe(2);
});

test("a failure is told to all that wait, and not kept", async () => {
  let asked = 0;
  const shared = new SharedAnswer(async () => {
    if (++asked === 1) throw new Error("first");
    return asked;
  });
  const [one, other] = await Promise.allSettled([shared.get(), shared.get()]);
  expect([one.status, other.status]).toEqual(["rejected", "rejected"]);
  expect(await shared.get()).toBe(2);
});

test("an answer that was under way at forget is not given to later askers", async () => {
  const answers: ((text: string) => void)[] = [];
  const shared = new SharedAnswer(() => new Promise<string>((resolve) => answers.push(resolve)));
  const before = shared.get();
  shared.forget();
  const after = shared.get();
  answers[0]?.("stale");
  answers[1]?.("fresh");
  expect(await before).toBe("stale");
  expect(await after).toBe("fresh");
  expect(await shared.get()).toBe("fresh");
});

test("one asker is cancelled, the others get their answer", async () => {
  let answer: (text: string) => void = () => undefined;
  const shared = new SharedAnswer(() => new Promise<string>((resolve) => (answer = resolve)));
  const controller = new AbortController();
  const cancelled = shared.get(controller.signal);
  const patient = shared.get();
  controller.abort();
  await expect(cancelled).rejects.toMatchObject({ code: "aborted" });
  await expect(shared.get(controller.signal)).rejects.toMatchObject({ code: "aborted" });
  answer("here");
  expect(await patient).toBe("here");
});
