import type { HttpRequest } from "../../../src/platform/http";
import { pushMetrics } from "../../../src/service-levels/push-metrics";

async function pushed(url: string, instance = "build-7", status = 200, body = ""): Promise<HttpRequest | undefined> {
  const sent: HttpRequest[] = [];
  const send = async (request: HttpRequest) => {
    sent.push(request);
    return { status, body, headers: {} };
  };
  await pushMetrics("a 1\n", { url: new URL(url), grouping: { job: "unexpired", instance } }, { send });
  return sent[0];
}

test("it takes the place of the group, below the path that the URL has", async () => {
  expect(await pushed("https://push.example:9091/gateway/")).toEqual({
    ...{ method: "PUT", url: "https://push.example:9091/gateway/metrics/job/unexpired/instance/build-7" },
    ...{ headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" }, body: "a 1\n", signal: undefined },
  });
});

test.each([
  ["a/b", "instance@base64/YS9i"],
  ["", "instance@base64/="],
])("a value that no path can hold: %j", async (instance, path) => {
  expect((await pushed("http://127.0.0.1:9091", instance))?.url).toBe(
    `http://127.0.0.1:9091/metrics/job/unexpired/${path}`,
  );
});

test("user and password go into a header, and nowhere else", async () => {
  const url = "https://ci:p%40ss@push.example";
  const sent = await pushed(url);
  expect(sent?.headers?.authorization).toBe(`Basic ${Buffer.from("ci:p@ss").toString("base64")}`);
  expect(sent?.url).toBe("https://push.example/metrics/job/unexpired/instance/build-7");
  const refused = pushed(url, "build-7", 400, "text format parsing\n error");
  await expect(refused).rejects.toMatchObject({
    code: "push_refused",
    message: "https://push.example/metrics/job/unexpired/instance/build-7 answered 400: text format parsing error",
    retryable: false,
  });
});
