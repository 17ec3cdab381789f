import { incompleteChain } from "../../../../../src/manage-certs/findings/rules/incomplete-chain";
import { missingIntermediate } from "../../../../../src/rollout/look-at-handshake";
import { attach, certificate, found, inDays, listener, observed } from "../../../../support/scanned-estate";

const broken = { intermediates: 0, broken: "the intermediate R10 is missing" };
const web = listener("web");

test("a stored chain that is broken is critical where it is used", () => {
  const bare = certificate("a", { chain: broken });
  expect(found(incompleteChain, { certificates: [bare] })).toMatchObject([{ severity: "warning" }]);
  const used = found(incompleteChain, {
    certificates: [bare],
    attachments: attach(web, bare),
    observations: [observed(web, bare, { bare: true, refusal: missingIntermediate })],
  });
  expect(used).toMatchObject([
    { severity: "critical", message: "its stored chain is not complete: the intermediate R10 is missing" },
  ]);
});

test("a complete one, one that was not read and one that is over are none", () => {
  const certificates = [
    certificate("a"),
    certificate("b", { chain: undefined }),
    certificate("c", { chain: broken, notAfter: inDays(0) }),
  ];
  expect(found(incompleteChain, { certificates })).toEqual([]);
});

test("what is served without the intermediate, though it is stored, is told once for a listener", () => {
  const whole = certificate("a");
  const observations = [undefined, "a.example.gov"].map((serverName) =>
    observed(web, whole, { serverName, bare: true, refusal: missingIntermediate }),
  );
  expect(
    found(incompleteChain, { certificates: [whole], attachments: attach(web, whole), observations }),
  ).toMatchObject([
    {
      id: `incomplete-chain/${web.id}`,
      message: "it serves a chain without its intermediate (no name, a.example.gov)",
    },
  ]);
});
