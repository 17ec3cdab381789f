import { nameNotCovered } from "../../../../../src/manage-certs/findings/rules/name-not-covered";
import { attach, certificate, found, listener, observed } from "../../../../support/scanned-estate";

const www = certificate("www");

test("aliases that the attached certificate does not hold; a wildcard stands for one label", () => {
  const wildcard = certificate("w", { names: ["*.example.gov"] });
  const point = listener("d", { kind: "distribution", names: ["www.example.gov", "example.gov", "a.b.example.gov"] });
  const told = found(nameNotCovered, { certificates: [wildcard], attachments: attach(point, wildcard) });
  expect(told.map(({ id }) => id)).toEqual([
    `name-not-covered/${point.id}/example.gov`,
    `name-not-covered/${point.id}/a.b.example.gov`,
  ]);
  expect(told[0]).toMatchObject({
    severity: "critical",
    action: "attach a certificate that holds the name: example.gov",
  });
});

test("a distribution that is disabled serves nobody", () => {
  const point = listener("d", { kind: "distribution", names: ["example.gov"], disabled: true });
  expect(found(nameNotCovered, { certificates: [www], attachments: attach(point, www) })).toEqual([]);
});

test("the wire: what is served for a name and does not hold it, every address named, once", () => {
  const point = listener("web");
  const other = certificate("other");
  const observations = [
    observed(point, other, { serverName: "www.example.gov" }),
    observed(point, other, { serverName: "www.example.gov", address: "192.0.2.2" }),
    observed(point, www, { serverName: "www.example.gov", address: "192.0.2.3" }),
    observed(point, other),
  ];
  expect(found(nameNotCovered, { certificates: [www], attachments: attach(point, www), observations })).toMatchObject([
    {
      id: `name-not-covered/${point.id}/www.example.gov`,
      message: "what is served for www.example.gov at 192.0.2.1:443, 192.0.2.2:443 does not hold that name",
    },
  ]);
});
