import { startEmulatedAws, type EmulatedAws } from "../../support/emulated-aws";

let emulated: EmulatedAws;

beforeAll(async () => {
  emulated = await startEmulatedAws();
});

afterAll(() => emulated.close());

test("a secret is created once, read and replaced", async () => {
  const secrets = emulated.access().secrets();
  expect(await secrets.get("acme/account")).toBeUndefined();
  const created = await Promise.all(
    ["one", "two", "three"].map((text) => secrets.createIfAbsent("acme/account", text)),
  );
  expect(created.filter(Boolean)).toHaveLength(1);
  expect(await secrets.get("acme/account")).toBe(["one", "two", "three"][created.indexOf(true)]);
  await secrets.put("acme/account", "four");
  expect(await secrets.get("acme/account")).toBe("four");
  await expect(secrets.put("nothing", "text")).rejects.toMatchObject({ code: "aws_not_found" });
});

test("who created a secret knows it even if the answer was lost", async () => {
  emulated.gate.set({ part: "aws", operation: "CreateSecret", nth: 1, action: "break-after" });
  expect(await emulated.access().secrets().createIfAbsent("acme/lost", "text")).toBe(true);
});
