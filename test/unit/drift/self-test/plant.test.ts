import { plantIn } from "../../../../src/drift/self-test/plant";

const now = new Date("2026-11-22T06:17:00Z");
const arn = "arn:aws:acm:us-east-1:111122223333:certificate/1";

interface StateResource {
  readonly type: string;
  readonly name: string;
  readonly instances: readonly Readonly<Record<string, unknown>>[];
  readonly [more: string]: unknown;
}

function stateOf(...resources: readonly StateResource[]): string {
  return JSON.stringify({ version: 4, serial: 3, resources: resources.map((each) => ({ mode: "managed", ...each })) });
}

const one = (type: string, attributes: Readonly<Record<string, unknown>>): StateResource => ({
  ...{ type, name: "it", instances: [{ attributes }] },
});
const certificate = one("unexpired_certificate", { arn, tags: null, renewal: null, not_after: "2027-02-10T00:00:00Z" });

const attributesIn = (text: string) =>
  (JSON.parse(text) as { resources: { instances: { attributes: unknown }[] }[] }).resources.flatMap(({ instances }) =>
    instances.map(({ attributes }) => attributes),
  );

test("a tag in what AWS has tags of, and a certificate with less than a sixth of its life left", () => {
  const { text, planted } = plantIn(
    stateOf(one("aws_lb", { tags: { team: "web" }, tags_all: null }), certificate),
    now,
  );
  expect(planted).toEqual([
    { kind: "drift", address: "aws_lb.it" },
    { kind: "due certificate", address: "unexpired_certificate.it" },
  ]);
  const tag = { "unexpired-self-test": "planted" };
  expect(attributesIn(text)).toEqual([
    { tags: { team: "web", ...tag }, tags_all: tag },
    expect.objectContaining({ not_before: "2026-08-29T06:17:00.000Z", not_after: "2026-11-27T06:17:00.000Z" }),
  ]);
  expect(JSON.parse(text)).toMatchObject({ version: 4, serial: 3 });
});

test("without anything of AWS the drift is in the certificate itself", () => {
  const { text, planted } = plantIn(stateOf(certificate), now);
  expect(planted.map(({ address }) => address)).toEqual(["unexpired_certificate.it", "unexpired_certificate.it"]);
  expect(attributesIn(text)).toMatchObject([{ tags: { "unexpired-self-test": "planted" } }]);
});

test("addresses of modules and of instances with a key", () => {
  const instances = [
    { index_key: 0, attributes: { arn: null }, deposed: "0a" },
    { index_key: 'a"b', attributes: { arn, tags: {} } },
  ];
  const { planted } = plantIn(stateOf({ ...certificate, module: 'module.web["x"]', instances }), now);
  expect(planted[1]).toEqual({
    ...{ kind: "due certificate", address: 'module.web["x"].unexpired_certificate.it["a\\"b"]' },
  });
});

test.each([
  ["no state", ""],
  ["nothing that has tags", stateOf(one("terraform_data", { input: 1 }))],
  ["a certificate that is never renewed", stateOf(one("unexpired_certificate", { arn, renewal: { enabled: false } }))],
  ["what is read only", stateOf({ ...one("aws_lb", { tags: {} }), mode: "data" })],
])("%s: nothing is planted", (_, state) => expect(plantIn(state, now).planted).toEqual([]));
