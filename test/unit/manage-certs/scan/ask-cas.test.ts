import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcmeConnection } from "../../../../src/acme/connection";
import { askCas } from "../../../../src/manage-certs/scan/ask-cas";
import { systemClock } from "../../../../src/platform/clock";

const folder = mkdtempSync(join(tmpdir(), "ari-"));

afterAll(() => rmSync(folder, { recursive: true }));

const letsEncrypt = "https://acme-v02.api.letsencrypt.org/directory";
const own = "https://ca.example.gov/directory";
const window = { start: "2026-06-01T00:00:00Z", end: "2026-06-02T00:00:00Z" };

/** CAs that know the certificates of one serial. */
function world(known: string, issuers: readonly string[] = [own]) {
  const asked: string[] = [];
  const ask = askCas({
    issuers: issuers.map((directoryUrl) => ({ directoryUrl })),
    cacheFolder: folder,
    clock: systemClock,
    connect: ({ directoryUrl }) => {
      const send = ({ url }: { url: string }) => {
        asked.push(url);
        const { origin } = new URL(directoryUrl);
        const directory = ["newNonce", "newAccount", "newOrder", "revokeCert", "keyChange", "renewalInfo"];
        const answer = (status: number, body: object) =>
          Promise.resolve({ status, headers: {}, body: JSON.stringify(body) });
        if (url === directoryUrl)
          return answer(200, Object.fromEntries(directory.map((name) => [name, `${origin}/${name}`])));
        return url.endsWith(known)
          ? answer(200, { suggestedWindow: window })
          : answer(404, { type: "x", detail: "no" });
      };
      const http = { send, close: () => Promise.resolve(), connectionsOpened: 0 };
      return new AcmeConnection({
        directoryUrl,
        http: http,
        retryPolicy: { attempts: 1, firstDelayMs: 0, maxDelayMs: 0 },
      });
    },
  });
  return { ask, asked };
}

const facts = (issuer: string, serial: string) => ({ issuer, serial, authorityKeyId: "aa" });

test("an issuer known by name is asked at its own CA, and its window comes with the certID", async () => {
  const { ask, asked } = world("qg.AQ");
  expect(await ask(facts("C=US\nO=Let's Encrypt\nCN=R10", "01"))).toEqual({
    certId: "qg.AQ",
    start: new Date(window.start),
    end: new Date(window.end),
  });
  expect(asked).toEqual([letsEncrypt, "https://acme-v02.api.letsencrypt.org/renewalInfo/qg.AQ"]);
  await ask.close();
});

test("other issuers are looked for at the configured CAs, and one that does not know them is asked once", async () => {
  const { ask, asked } = world("qg.Ag", ["https://other.example.gov/directory", own]);
  expect(await ask(facts("CN=Internal CA", "02"))).toMatchObject({ certId: "qg.Ag" });
  const stranger = "CN=Somebody";
  expect(await ask(facts(stranger, "03"))).toBeUndefined();
  const before = asked.length;
  expect(await ask(facts(stranger, "04"))).toBeUndefined();
  expect(asked).toHaveLength(before);
});

test("where no CA is configured nobody is asked", async () => {
  const { ask, asked } = world("", []);
  expect(await ask(facts("CN=Internal CA", "05"))).toBeUndefined();
  expect(asked).toEqual([]);
});
