import { AppError } from "../../../src/platform/errors";
import type { NameServer } from "../../../src/resolver/name-servers";
import { waitForTxt } from "../../../src/resolver/wait-for-txt";

const name = "_acme-challenge.app.example.gov";

/** Servers whose answers come from a list, one entry per round; the clock moves only when somebody sleeps. */
function world(answers: Record<string, (string[] | Error)[]>) {
  let now = 0;
  const asked: string[] = [];
  const nameServers = {
    authoritativeFor: async () => Object.keys(answers).map((server) => ({ name: server, addresses: [] })),
    txtValues: async (_name: string, server: NameServer) => {
      asked.push(server.name);
      const answer = answers[server.name]?.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const sleep = async (ms: number) => void (now += ms);
  const clock = { now: () => new Date(now) };
  return {
    asked,
    wait: (timeoutMs: number) =>
      waitForTxt({ zone: "example.gov", name, values: ["a", "b"], nameServers, sleep, clock, timeoutMs }),
  };
}

test("returns when every server has every value, and asks only those behind again", async () => {
  const { asked, wait } = world({
    ns1: [["b", "a", "foreign"]],
    ns2: [["a"], new AppError("dns_lookup", "refused"), ["a", "b"]],
  });
  await wait(60_000);
  expect(asked).toEqual(["ns1", "ns2", "ns2", "ns2"]);
});

test("gives up in time and names the server that is behind", async () => {
  const { wait } = world({ ns1: [["a", "b"]], ns2: [] });
  await expect(wait(10_000)).rejects.toMatchObject({
    code: "dns_not_propagated",
    message: expect.stringMatching(/after 10 s: ns2 \(2 of 2 values missing\)/) as string,
  });
});

test("stops when it is cancelled", async () => {
  const { nameServers, signal } = {
    nameServers: { authoritativeFor: async () => [{ name: "ns1", addresses: [] }], txtValues: async () => [] },
    signal: AbortSignal.abort(),
  };
  const waiting = waitForTxt({ zone: "example.gov", name, values: ["a"], nameServers, signal });
  await expect(waiting).rejects.toMatchObject({ code: "aborted" });
});
