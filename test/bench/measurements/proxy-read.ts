/**
 * GET of one record set through `akamai-dns-proxy serve` on one core: signatures, policy, audit and metrics on. Against
 * nginx, which only passes on, and against the least that Node does.
 */
import { ratio, type Benchmark } from "../benchmark";
import { median, mediansInTurn } from "../rounds";
import { withProxies } from "../support/proxy-world";

const rounds = 5;

export const benchmark: Benchmark = {
  subject: "proxy read",
  needs: { nginx: "nginx-light", wrk: "wrk" },
  measure: () =>
    withProxies(async ({ load }) => {
      const latencies: number[] = [];
      const { nginx, node, ours } = await mediansInTurn(
        {
          nginx: async () => (await load("nginx")).requestsPerSecond,
          node: async () => (await load("node")).requestsPerSecond,
          ours: async () => {
            const { requestsPerSecond, p99Ms } = await load("akamaiDnsProxy");
            latencies.push(p99Ms);
            return requestsPerSecond;
          },
        },
        // V8 is slow to compile what is hot where it has one core only
        { rounds, warmUp: 3 },
      );
      const against = (name: string, value: number) => ({ name, value, ours, unit: "/s" });
      return [
        ratio("proxy-read-throughput", { atLeast: 0.15 }, against("nginx proxy_pass", nginx)),
        ratio("proxy-read-of-bare-node", { atLeast: 0.5 }, against("node:https + undici", node)),
        { name: "proxy-read-p99", value: median(latencies.slice(-rounds)), unit: "ms", budget: { atMost: 12 } },
      ];
    }),
};
