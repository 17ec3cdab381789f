import { RequestsInWork } from "../../../../src/proxy/http/requests-in-work";

test("whoever waits for none is told when the last one has ended, failed ones included", async () => {
  const inWork = new RequestsInWork();
  await inWork.none();
  let end: () => void = () => undefined;
  const first = inWork.run(() => new Promise<void>((resolve) => (end = resolve)));
  const second = inWork.run(() => Promise.reject(new Error("no")));
  let isNone = false;
  const none = inWork.none().then(() => (isNone = true));
  await expect(second).rejects.toThrow("no");
  expect([inWork.size, isNone]).toEqual([1, false]);
  end();
  await Promise.all([first, none]);
  expect([inWork.size, isNone]).toEqual([0, true]);
});
