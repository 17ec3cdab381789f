import { lookUpRevocation } from "../../../src/acme/look-up-revocation";
import { revocationListUrls } from "../../../src/certificates/revocation-list-urls";
import type { HttpRequest } from "../../../src/platform/http";
import { revocationList } from "../../../src/sandbox/acme-ca/web-front/revocation-list";
import { CaInMemory } from "../sandbox/acme-ca/ca-in-memory";

async function issued() {
  const ca = new CaInMemory();
  const { serial, chain } = await ca.obtain(await ca.account(), ["a.example.gov"]);
  const [leaf = "", issuer = ""] = chain.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? [];
  const asked: string[] = [];
  let answer = (url: string) => {
    const list = revocationList(ca.context, Number(/(\d)\.crl$/.exec(url)?.[1]));
    return { status: 200, headers: {}, body: list?.toString("latin1") ?? "" };
  };
  const http = {
    send: async ({ url, encoding }: HttpRequest) => {
      asked.push(`${encoding} ${url}`);
      return answer(url);
    },
  };
  const look = (subject = {}) =>
    lookUpRevocation({ leaf, issuer, serial, ...subject }, { http, clock: { now: () => ca.now } });
  return { ca, serial, leaf, look, asked, answerWith: (other: typeof answer) => (answer = other) };
}

test("what the CA has revoked is on the list that the certificate names, with its reason", async () => {
  const { ca, serial, leaf, look, asked } = await issued();
  const [url = ""] = revocationListUrls(leaf);
  expect(url).toMatch(/^http:\/\/lists\.ca\.example\/revoked\/[01]\.crl$/);
  expect(await look()).toEqual({ state: "not listed yet", url });
  ca.management.revokeCertificate(serial, 4);
  expect(await look()).toEqual({ state: "listed", at: ca.now, reason: "superseded", url });
  expect(asked).toEqual([`latin1 ${url}`, `latin1 ${url}`]);
});

test("a CA that publishes its lists late does not have it yet", async () => {
  const { ca, serial, look } = await issued();
  ca.management.setFaults({ revocationListAgeMs: 3_600_000 });
  ca.management.revokeCertificate(serial, 1);
  expect(await look()).toMatchObject({ state: "not listed yet" });
  ca.now = new Date(ca.now.getTime() + 3_600_000);
  expect(await look()).toMatchObject({ state: "listed", reason: "keyCompromise" });
});

test("what cannot be read or is too old is unknown, and says why", async () => {
  const { ca, look, answerWith } = await issued();
  expect(await look({ issuer: undefined })).toMatchObject({
    why: expect.stringContaining("of its CA is not known") as string,
  });
  const list = revocationList(ca.context, 0)?.toString("latin1") ?? "";
  answerWith(() => ({ status: 404, headers: {}, body: list }));
  expect(await look()).toMatchObject({ state: "unknown", why: expect.stringContaining("HTTP status 404") as string });
  answerWith(() => ({ status: 200, headers: {}, body: "<html>" }));
  expect(await look()).toMatchObject({ state: "unknown", why: expect.stringContaining("cannot be read") as string });
});

test("a list that was to be renewed long ago is no answer", async () => {
  const { ca, look, answerWith } = await issued();
  const lists = [0, 1].map((number) => revocationList(ca.context, number)?.toString("latin1") ?? "");
  answerWith((url) => ({ status: 200, headers: {}, body: lists[Number(/(\d)\.crl$/.exec(url)?.[1])] ?? "" }));
  ca.now = new Date(ca.now.getTime() + 8 * 86_400_000);
  expect(await look()).toMatchObject({ state: "unknown", why: expect.stringContaining("to be renewed on") as string });
});
