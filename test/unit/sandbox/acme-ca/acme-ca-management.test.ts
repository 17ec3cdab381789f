import { CaInMemory, problemOf } from "./ca-in-memory";

test("certificates and orders as a test sees them: facts, no key", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const issued = await ca.obtain(signer, ["a.example.gov"], { profile: "tlsserver" });
  await ca.order(signer, ["b.example.gov"]);
  expect(Object.keys(issued).sort()).toEqual(
    [
      "serial",
      "certId",
      "names",
      "profile",
      "notBefore",
      "notAfter",
      "replaces",
      "accountId",
      "chain",
      "renewalWindow",
    ].sort(),
  );
  expect(ca.management.orders().map(({ names, profile, status, serial }) => [names, profile, status, serial])).toEqual([
    [["a.example.gov"], "tlsserver", "valid", issued.serial],
    [["b.example.gov"], "classic", "pending", undefined],
  ]);
});

test("the CA revokes for reasons of its own, and once", async () => {
  const ca = new CaInMemory();
  const { serial } = await ca.obtain(await ca.account(), ["a.example.gov"]);
  ca.management.revokeCertificate(serial, 9);
  ca.management.revokeCertificate(serial, 1);
  expect(ca.management.certificates()[0]?.revocation).toEqual({ at: ca.now, reason: 9 });
});

test("a serial that nobody has is an error", () => {
  const { management } = new CaInMemory();
  expect(() => management.setRenewalWindow("00", undefined)).toThrow(/issued no certificate with serial 00/);
  expect(() => management.revokeCertificate("00")).toThrow(/issued no certificate with serial 00/);
});

test("faults change one by one", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  ca.management.setFaults({ nonceRejectionShare: 1 });
  ca.management.setFaults({ slowAnswerMs: 1 });
  expect(problemOf(await ca.post(signer, signer.accountUrl ?? ""))).toEqual([400, "badNonce"]);
});
