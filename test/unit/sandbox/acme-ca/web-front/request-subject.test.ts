import { CaInMemory, identifiers, Signer } from "../ca-in-memory";
import { subjectOf } from "../../../../../src/sandbox/acme-ca/web-front/request-subject";

test("a request's subject are the names it is about, whoever sends it", async () => {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const names = ["a.example.gov", "*.a.example.gov"];
  const { serial, certId } = await ca.obtain(signer, names);
  const [order] = ca.context.store.orders.values();
  const subject = (operation: string, id = "", text = "") =>
    subjectOf(ca.context.store, operation, [id], Buffer.from(text));
  const message = new Signer().message({}, { identifiers: identifiers(names) });
  expect(subject("newOrder", "", message)).toBe(names.join(","));
  expect(subject("newOrder", "", "garbage")).toBeUndefined();
  expect(subject("finalize", order?.id)).toBe(names.join(","));
  expect(subject("order", order?.id)).toBe(names.join(","));
  expect(subject("challenge", order?.authorizations[1]?.id)).toBe("*.a.example.gov");
  expect(subject("certificate", serial)).toBe(names.join(","));
  expect(subject("renewalInfo", certId)).toBe(names.join(","));
  expect(subject("newNonce")).toBeUndefined();
});
