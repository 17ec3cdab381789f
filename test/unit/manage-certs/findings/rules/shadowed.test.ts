import { shadowed } from "../../../../../src/manage-certs/findings/rules/shadowed";
import { attach, certificate, found, inDays, listener } from "../../../../support/scanned-estate";

const web = listener("web");
const named = (id: string, names: string[], facts: object = {}) => certificate(id, { names, ...facts });

test("an old default that stayed in the list hides the new default", () => {
  const old = named("old", ["app.example.gov"], { notAfter: inDays(5) });
  const next = named("next", ["app.example.gov"]);
  const [finding, ...others] = found(shadowed, { certificates: [old, next], attachments: attach(web, next, old) });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    id: `shadowed/${web.id}/${next.arn}`,
    severity: "critical",
    message:
      "clients that send a name of app.example.gov get app.example.gov (until 2026-06-06) instead of the default (until 2026-07-31)",
    action: `remove ${old.arn} from the list of ${web.id}`,
  });
});

test("a default whose names the list serves with certificates as new is as it should be", () => {
  const one = named("one", ["app.example.gov"]);
  const same = named("same", ["app.example.gov"]);
  expect(found(shadowed, { certificates: [one, same], attachments: attach(web, one, same) })).toEqual([]);
  expect(found(shadowed, { certificates: [one], attachments: attach(web, one, one) })).toEqual([]);
});

test("of two in the list with the same names and keys, the one that loses is told", () => {
  const long = named("long", ["*.example.gov"], { notAfter: inDays(80) });
  const short = named("short", ["app.example.gov"]);
  const fallback = named("fallback", ["other.example.org"]);
  const [finding, ...others] = found(shadowed, {
    certificates: [long, short, fallback],
    attachments: attach(web, fallback, short, long),
  });
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ severity: "warning", action: `remove ${short.arn} from the list of ${web.id}` });
});

test("one name that it wins is enough; RSA beside ECDSA is for other clients", () => {
  const long = named("long", ["app.example.gov"], { notAfter: inDays(80) });
  const more = named("more", ["app.example.gov", "www.example.gov"]);
  const rsa = named("rsa", ["app.example.gov"], { keyAlgorithm: "RSA_2048" });
  const fallback = named("fallback", ["other.example.org"]);
  expect(
    found(shadowed, { certificates: [long, more, rsa, fallback], attachments: attach(web, fallback, long, more, rsa) }),
  ).toEqual([]);
  const rsaToo = named("rsa-too", ["app.example.gov"], { keyAlgorithm: "RSA_4096" });
  expect(
    found(shadowed, { certificates: [rsa, rsaToo, fallback], attachments: attach(web, fallback, rsa, rsaToo) }),
  ).toHaveLength(1);
});
