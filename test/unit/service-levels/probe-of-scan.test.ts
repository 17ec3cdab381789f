import { toScanDocument } from "../../../src/manage-certs/report/scan-document";
import { isValidAt } from "../../../src/service-levels/probe";
import { probeOfScan } from "../../../src/service-levels/probe-of-scan";
import { attach, bigEstate, certificate, estate, inDays, listener, now, observed } from "../../support/scanned-estate";

const team = { name: "web" };
const app = certificate("app", { team, notAfter: inDays(10) });
const api = certificate("api");
const front = listener("front");
const back = listener("back");

function seen(...observations: ReturnType<typeof observed>[]) {
  const attachments = [...attach(front, app), ...attach(back, api)];
  const document = toScanDocument(estate({ certificates: [app, api], attachments, observations }), []);
  const probe = probeOfScan(document);
  if (probe === undefined) throw new Error("it is no scan");
  return probe;
}

test("an endpoint is a name with its port, valid where every address and listener is", () => {
  const { endpoints } = seen(
    observed(front, app, { serverName: "app.example.gov" }),
    observed(front, app, { serverName: "app.example.gov", address: "192.0.2.2", refusal: "it is refused" }),
    observed(front, app),
    observed(back, api, { serverName: "api.example.gov" }),
  );
  expect(endpoints).toMatchObject([
    { endpoint: "app.example.gov:443", owner: "web", tier: "", isValid: false },
    { endpoint: "api.example.gov:443", owner: "", isValid: true },
  ]);
});

test("what was valid at the look ends with the first certificate of its chain", () => {
  const [endpoint] = seen(observed(front, app, { serverName: "app.example.gov" })).endpoints;
  if (endpoint === undefined) throw new Error("there is none");
  expect(isValidAt(endpoint, inDays(9))).toBe(true);
  expect(isValidAt(endpoint, inDays(10))).toBe(false);
});

test("where no name was answered, the host counts; one that nobody reaches does not", () => {
  const { serverName: _, ...unreachable } = observed(back, api);
  const outcome = { state: "unreachable", why: "no route" } as const;
  const { endpoints } = seen(observed(front, app), { ...unreachable, outcome });
  expect(endpoints.map(({ endpoint }) => endpoint)).toEqual([`${front.hostName}:443`]);
});

test("certificates with their dates and owners; a policy knows better", () => {
  const document = toScanDocument(estate({ certificates: [app], attachments: attach(front, app) }), []);
  expect(probeOfScan(document)).toMatchObject({ source: "scan", at: now, certificates: [{ owner: "web", tier: "" }] });
  const whose = () => ({ owner: "shop", tier: "gold" });
  expect(probeOfScan(document, whose)?.certificates).toEqual([
    {
      ...{ certificate: app.arn, names: ["app.example.gov"], region: "us-east-1", owner: "shop", tier: "gold" },
      ...{ issuer: "R10", notBefore: inDays(-30), notAfter: inDays(10), isDue: true },
    },
  ]);
});

test("a certificate that nothing uses is left out; what AWS says is in use is not", () => {
  const unused = certificate("unused");
  const elsewhere = certificate("elsewhere", { inUseBy: ["arn:aws:apprunner:eu-west-1:111122223333:service/x"] });
  const document = toScanDocument(estate({ certificates: [unused, elsewhere] }), []);
  expect(probeOfScan(document)?.certificates.map((each) => each.certificate)).toEqual([elsewhere.arn]);
});

test("it says where it looked", () => {
  const document = toScanDocument(estate({ certificates: [app], attachments: attach(front, app) }), []);
  expect(probeOfScan(document)?.parts).toEqual(["111122223333/us-east-1"]);
});

test("every scan is read; what is none is not", () => {
  expect(probeOfScan(toScanDocument(bigEstate, []))?.certificates.length).toBeGreaterThan(1);
  expect(probeOfScan({ version: 1, stacks: [] })).toBeUndefined();
  expect(probeOfScan(undefined)).toBeUndefined();
});
