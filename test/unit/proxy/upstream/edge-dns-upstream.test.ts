import { edgeDnsUpstream } from "../../../../src/proxy/upstream/edge-dns-upstream";
import { PreparedHttp, type PreparedAnswer } from "../../akamai/prepared-http";

const credentials = {
  host: "akab.example.test",
  clientToken: "ct",
  clientSecret: "cs",
  accessToken: "at",
  accountSwitchKey: "1-A:1-B",
};
const signal = new AbortController().signal;
const zone = { zone: "Example.TEST.", type: "PRIMARY", contractId: "C-1", masters: [], tsigKey: { secret: "shh" } };

function upstream(...answers: PreparedAnswer[]) {
  const http = new PreparedHttp(...answers);
  return { http, upstream: edgeDnsUpstream({ credentials, http: http.client }) };
}

test("a zone is shown field by field, without its key", async () => {
  const prepared = upstream({ body: JSON.stringify(zone) });
  expect(await prepared.upstream.zone("example.test", signal)).toEqual({
    zone: "example.test",
    type: "PRIMARY",
    contractId: "C-1",
    masters: [],
  });
});

test("zones are asked for in the proxy's account, page by page, until all are there", async () => {
  const page = (...zones: object[]) => ({ body: JSON.stringify({ metadata: { totalElements: 2 }, zones }) });
  const prepared = upstream(page(zone), page({ ...zone, zone: "other.test" }));
  expect((await prepared.upstream.zones(signal)).map((each) => Object.keys(each).sort())).toEqual(
    Array.from({ length: 2 }, () => ["contractId", "masters", "type", "zone"]),
  );
  expect(prepared.http.sent.map(({ url }) => new URL(url).search)).toEqual(
    [1, 2].map((number) => `?page=${number}&pageSize=500&accountSwitchKey=1-A%3A1-B`),
  );
});

test("a zone that is not there", async () => {
  expect(await upstream({ status: 404 }).upstream.zone("example.test", signal)).toBeUndefined();
});

test("plain HTTP goes to this machine only", async () => {
  const { client, sent } = new PreparedHttp({ status: 404 });
  const local = edgeDnsUpstream({
    credentials: { ...credentials, host: "127.0.0.1:9" },
    http: client,
    plainHttp: true,
  });
  await local.zone("example.test", signal);
  expect(sent.map(({ url }) => new URL(url).protocol)).toEqual(["http:"]);
  expect(() => edgeDnsUpstream({ credentials, http: client, plainHttp: true })).toThrow(/host of this machine/);
});
