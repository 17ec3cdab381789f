import { chooseTargets, needScan } from "../../../../src/manage-certs/verify/choose-targets";
import { attach, certificate, estate, listener } from "../../../support/scanned-estate";

const [main, extra, lost] = [certificate("main"), certificate("extra"), certificate("lost")];
const web = listener("web");
const webToo = listener("web", { id: `${web.id}-8443`, name: "web:8443", port: 8443 });
const shop = listener("shop");
const api = listener("api", {
  ...{ kind: "rest-domain-name", name: "api.example.gov", names: ["api.example.gov"] },
  ...{ id: "arn:aws:apigateway:us-east-1::/domainnames/api.example.gov", arn: "arn:api" },
});
const edge = listener("edge", {
  ...{ kind: "distribution", name: "E2QWRUHAPOMQZL" },
  ...{ id: "arn:aws:cloudfront::111122223333:distribution/E2QWRUHAPOMQZL", arn: "arn:edge" },
});
const everything = estate({
  certificates: [main, extra, lost],
  attachments: [
    ...attach(web, main, extra),
    ...attach(webToo, main),
    ...[shop, api, edge].flatMap((each) => attach(each, extra)),
  ],
});

test.each([
  [[], [web, webToo, shop, api, edge]],
  [[web.id], [web]],
  [[web.arn], [web, webToo]],
  [["web"], [web, webToo]],
  [["WEB:8443"], [webToo]],
  [["api.example.gov"], [api]],
  [["E2QWRUHAPOMQZL"], [edge]],
  [
    [edge.id, "shop:443"],
    [edge, shop],
  ],
  [[main.arn], [web, webToo]],
  [
    ["web", web.id, main.arn],
    [web, webToo],
  ],
])("%j means what a scan calls so", (targets, points) => {
  expect(chooseTargets(targets, everything)).toEqual({ points, hosts: [] });
});

test.each([
  ["www.example.org", { host: "www.example.org", port: 443 }],
  ["www.example.org:8443", { host: "www.example.org", port: 8443 }],
  ["192.0.2.1:8443", { host: "192.0.2.1", port: 8443 }],
  ["[2001:db8::1]:8443", { host: "2001:db8::1", port: 8443 }],
  ["localhost:8443", { host: "localhost", port: 8443 }],
])("%s is a host", (text, host) => {
  expect(chooseTargets([text], everything)).toEqual({ points: [], hosts: [host] });
});

test.each([
  ["webb", 'the scan found nothing called webb that serves a certificate: did you mean "web"?'],
  ["shop:444", 'the scan found nothing called shop:444 that serves a certificate: did you mean "shop:443"?'],
  [lost.arn, `nothing that a scan looks at serves ${lost.arn}: put it on a listener`],
  ["www.example.org:99999", "the scan found nothing called www.example.org:99999"],
  ["arn:aws:acm:us-east-1:111122223333:certificate/other", "the scan found nothing called arn:aws:acm"],
])("%s is a mistake", (text, message) => {
  let said = "";
  try {
    chooseTargets([text], everything);
  } catch (error) {
    const { code, message: text, hint } = error as { code: string; message: string; hint: string };
    said = `${code} ${text}: ${hint}`;
  }
  expect(said).toContain(`invalid_argument ${message}`);
});

test("AWS is not asked about hosts that are named with their ports", () => {
  expect(needScan(["www.example.org:443", "192.0.2.1:8443"])).toBe(false);
  expect(needScan(["www.example.org:443", "api.example.gov"])).toBe(true);
  expect(needScan(["web:443"])).toBe(true);
  expect(needScan([])).toBe(true);
});
