import { observeWire } from "../../../../src/manage-certs/scan/observe-wire";
import type { ServingPoint } from "../../../../src/manage-certs/scan/estate";
import { attach, certificate, listener } from "../../../support/scanned-estate";

const own = certificate("own");
const look = (point: ServingPoint, resolve: () => Promise<readonly string[]>) =>
  observeWire({ points: [point], attachments: attach(point, own), certificates: [own] }, { resolve });

test("a name without an address, and one that cannot be resolved, are unreachable and say why", async () => {
  const web = listener("web");
  const where = { point: web, address: web.hostName, port: 443 };
  expect(await look(web, () => Promise.resolve([]))).toEqual([
    { ...where, outcome: { state: "unreachable", why: `${web.hostName} has no address` } },
  ]);
  expect(await look(web, () => Promise.reject(new Error("no servers")))).toEqual([
    { ...where, outcome: { state: "unreachable", why: `${web.hostName} cannot be resolved: no servers` } },
  ]);
});

test("nobody knocks where nothing serves: disabled, or without a certificate", async () => {
  const resolve = jest.fn();
  expect(await look(listener("d", { kind: "distribution", disabled: true }), resolve)).toEqual([]);
  const bare = { points: [listener("web")], attachments: [], certificates: [own] };
  expect(await observeWire(bare, { resolve })).toEqual([]);
  expect(resolve).not.toHaveBeenCalled();
});
