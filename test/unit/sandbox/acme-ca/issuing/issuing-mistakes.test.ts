/** Each mistake is the one it is called after, and no other: our own check of what a CA delivers names it. */
import * as acme from "acme-client";
import { X509Certificate } from "node:crypto";
import { checkIssued, parseCertificateChain } from "../../../../../src/certificates/certificate-chain";
import { parseDomainName } from "../../../../../src/certificates/domain-name";
import type { IssuingMistake } from "../../../../../src/sandbox/acme-ca/issuing/issuing-mistakes";
import { CaInMemory, csrFor } from "../ca-in-memory";

const names = ["a.example.gov", "*.a.example.gov"];

async function issued(mistake: IssuingMistake | undefined) {
  const ca = new CaInMemory();
  const signer = await ca.account();
  const key = await acme.crypto.createPrivateEcdsaKey();
  const order = await ca.order(signer, names);
  await ca.prove(signer, order);
  ca.management.setMistake(mistake);
  await ca.finalize(signer, order, await csrFor(names, key));
  const chain = parseCertificateChain(ca.management.certificates()[0]?.chain ?? "");
  const check = () =>
    checkIssued(chain, { names: names.map(parseDomainName), privateKey: key.toString(), now: ca.now });
  return { ca, chain, check };
}

test("none: nothing to find", async () => {
  const { check } = await issued(undefined);
  expect(check).not.toThrow();
});

test.each<[IssuingMistake, RegExp]>([
  ["other key", /its public key is not ours$/],
  ["other names", /it does not hold a\.example\.gov, \*\.a\.example\.gov$/],
  ["ended", /it ended on 2026-11-02T08:59:59/],
  ["not begun", /it begins only on 2026-11-03T09:00:00/],
  ["no intermediate", /the chain has no intermediate$/],
])("%s", async (mistake, why) => {
  const { check } = await issued(mistake);
  expect(check).toThrow(why);
});

test("unknown root: nothing that a look at the chain alone could find", async () => {
  const { ca, chain, check } = await issued("unknown root");
  expect(check).not.toThrow();
  const intermediate = new X509Certificate(chain.intermediatesPem[0] ?? "");
  const isSigned = ca.context.hierarchy.roots.map((root) => intermediate.verify(new X509Certificate(root).publicKey));
  expect(isSigned).toEqual([false, false]);
});
