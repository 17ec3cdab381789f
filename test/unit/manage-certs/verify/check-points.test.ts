import { checkPoints } from "../../../../src/manage-certs/verify/check-points";
import type { ServingPoint, WireObservation } from "../../../../src/manage-certs/scan/estate";
import { attach, certificate, estate, inDays, listener, observed } from "../../../support/scanned-estate";

const web = listener("web");
const main = certificate("main");
const shop = certificate("shop");
const unreachable = (point: ServingPoint): WireObservation => ({
  ...{ point, address: "192.0.2.1", port: point.port },
  outcome: { state: "unreachable", why: "no answer within 5 s" },
});

function check(point: ServingPoint, observations: readonly WireObservation[], isPlaced = false) {
  const facts = { certificates: [main, shop], attachments: attach(point, main, shop), observations };
  const [target] = checkPoints([point], estate(facts), () => isPlaced);
  const { state, why, problems = [] } = target ?? {};
  return { state, why, problems: problems.map(({ kind, message }) => `${kind}: ${message}`) };
}

test("the default without a name and for its own names, the list for its names: good", () => {
  const own = [
    observed(web, main),
    observed(web, main, { serverName: "main.example.gov" }),
    observed(web, shop, { serverName: "shop.example.gov" }),
  ];
  expect(check(web, own)).toEqual({ state: "good", why: undefined, problems: [] });
});

test("another certificate, one that clients refuse, and an address that does not answer, each at its address", () => {
  const wrong = [
    observed(web, shop),
    observed(web, shop, { serverName: "shop.example.gov", refusal: "the intermediate is missing", bare: true }),
    unreachable(web),
  ];
  expect(check(web, wrong)).toEqual({
    state: "wrong",
    why: undefined,
    problems: [
      `other-certificate: 192.0.2.1:443 without a name serves serial ${shop.serial} (until 2026-07-31), not ${main.arn} (until 2026-07-31)`,
      "refused: clients refuse what 192.0.2.1:443 for shop.example.gov serves: the intermediate is missing",
      "unreachable: no handshake with 192.0.2.1:443 without a name: no answer within 5 s",
    ],
  });
});

test("a certificate that no client gets is wrong though every handshake is as AWS says", () => {
  const old = certificate("old", { names: shop.names, notAfter: inDays(70) });
  const facts = { certificates: [main, shop, old], attachments: attach(web, main, old, shop) };
  const observations = [observed(web, main), observed(web, old, { serverName: "shop.example.gov" })];
  const [target] = checkPoints([web], estate({ ...facts, observations }), () => false);
  expect(target?.handshakes.flatMap(({ problems }) => problems)).toEqual([]);
  expect(target).toMatchObject({
    state: "wrong",
    problems: [{ kind: "shadowed", hint: `remove ${shop.arn} from the list of ${web.id}` }],
  });
});

test("internal and unseen is out of reach; seen in part, or placed by the user, it is wrong", () => {
  const inside = listener("web", { internal: true });
  expect(check(inside, [unreachable(inside)])).toEqual({
    state: "out of reach",
    why: expect.stringContaining("it is internal and cannot be reached from here") as string,
    problems: [],
  });
  expect(check(inside, [unreachable(inside)], true)).toMatchObject({ state: "wrong" });
  expect(check(inside, [observed(inside, main), unreachable(inside)])).toMatchObject({ state: "wrong" });
  expect(check(web, [unreachable(web)])).toMatchObject({ state: "wrong" });
  expect(check(listener("d", { disabled: true }), [])).toMatchObject({
    state: "out of reach",
    why: "it is disabled and serves nothing",
  });
});

test("what the scan does not know is compared with nothing", () => {
  const facts = { certificates: [], attachments: attach(web, main), observations: [observed(web, main)] };
  const [target] = checkPoints([web], estate(facts), () => false);
  expect(target).toMatchObject({ state: "good", handshakes: [{ expectedArn: undefined }] });
});
