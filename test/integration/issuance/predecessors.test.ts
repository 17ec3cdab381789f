/** What an order inherits: the certificate that it replaces, and the orders of runs that died. */
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseDomainName } from "../../../src/certificates/domain-name";
import { issueCertificate, type IssueRequest } from "../../../src/issuance/issue-certificate";
import { IssuanceJournal } from "../../../src/issuance/journal";
import { giveBack, startIssuanceWorld, type IssuanceWorld } from "../../support/issuance-world";

const names = ["app.example.gov"].map(parseDomainName);
const zones = [{ type: "edge_dns" as const, name: "example.gov" }];
const request: IssueRequest = { names, keyAlgorithm: "EC_prime256v1", zones };

let world: IssuanceWorld;
beforeEach(async () => {
  world = await startIssuanceWorld();
});
afterEach(() => world.close());

const issue = (replaces?: string) => issueCertificate({ ...request, replaces }, world.parts, giveBack);
const certificate = (index: number) => world.sandbox.acme.certificates()[index]?.certId ?? "";

test("a renewal says what it replaces; what the CA does not take as a predecessor is ordered without", async () => {
  await issue();
  const first = certificate(0);
  await issue(first);
  // it has been replaced already: 409 alreadyReplaced
  await issue(first);
  // of another CA
  await issue("aYhba4dGQEHhs3uEe6CuLN4ByNQ.AIdlQyE");
  // of another account of this CA: the key was lost, and a new one made
  rmSync(join(world.folder, "accounts"), { recursive: true });
  await issue(certificate(2));
  const replaced = world.sandbox.acme.certificates().map(({ replaces }) => replaces);
  expect(replaced).toEqual([undefined, first, undefined, undefined, undefined]);
  expect(world.sandbox.acme.accountCount()).toBe(2);
});

test("an order that a dead run finalized is wasted, and said", async () => {
  const journal = new IssuanceJournal(join(world.folder, "journal"), { clock: { now: () => new Date("2020-01-01") } });
  const asked = world.sandbox.gate.set({ part: "acme", operation: "certificate", nth: 1, action: "hold" });
  const controller = new AbortController();
  const records = Object.assign(Object.create(world.parts.records) as typeof world.parts.records, {
    remove: async () => Promise.reject(new Error("nobody is left to do it")),
  });
  const dying = issueCertificate(request, { ...world.parts, journal, records, signal: controller.signal }, giveBack);
  dying.catch(() => undefined);
  await asked.caught;
  controller.abort();
  await expect(dying).rejects.toMatchObject({ code: "aborted" });
  asked.release();

  const { kept } = await issue();
  expect(kept.warnings).toEqual([expect.stringMatching(/^the key of order .*its certificate is lost/)]);
  expect(world.sandbox.acme.orders()).toHaveLength(2);
  expect(readdirSync(join(world.folder, "journal"))).toEqual([]);
});
