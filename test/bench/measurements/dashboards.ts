/** The pages of `drift-check serve` for a large estate with a long past, against a page of the same server with nothing on it. */
import { request } from "node:http";
import { join } from "node:path";
import { ratio, type Benchmark, type Finding } from "../benchmark";
import { ChildProgram } from "../support/child-program";
import type { DashboardOperations } from "../support/dashboard-program";

/** What people open; the empty one is the baseline. */
const pages = ["/empty", "/", "/certificates", "/executive", "/on-call", "/debug"] as const;
type Page = (typeof pages)[number];

const rounds = 300;
const warmUp = 20;

export const benchmark: Benchmark = {
  subject: "dashboards of 10,000 certificates and 1,000,000 ledger entries",
  measure: async () => {
    const program = ChildProgram.start<DashboardOperations>(join(__dirname, "../support/dashboard-program.ts"));
    try {
      return findings(await measured(await program.ask("start")));
    } finally {
      await program.stop();
    }
  },
};

interface Loads {
  readonly milliseconds: number[];
  octets: number;
}

async function measured(port: number): Promise<ReadonlyMap<Page, Loads>> {
  const loads = new Map<Page, Loads>(pages.map((page) => [page, { milliseconds: [], octets: 0 }]));
  // in turn: what else the machine does hits all of them alike
  for (let round = -warmUp; round < rounds; round++)
    for (const [page, load] of loads) {
      const begin = performance.now();
      load.octets = await get(port, page);
      if (round >= 0) load.milliseconds.push(performance.now() - begin);
    }
  return loads;
}

/** Octets of the answer, its head included. */
function get(port: number, path: Page): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path }, (answer) => {
      let octets = answer.rawHeaders.join("").length;
      answer.on("data", (chunk: Buffer) => (octets += chunk.length));
      answer.once("end", () => {
        if (answer.statusCode === 200) resolve(octets);
        else reject(new Error(`${path} answered ${answer.statusCode}`));
      });
    });
    asked.once("error", reject);
    asked.end();
  });
}

function findings(loads: ReadonlyMap<Page, Loads>): readonly Finding[] {
  const slow = (page: Page) => percentile95(loads.get(page)?.milliseconds ?? []);
  const baseline = { name: "an empty page, p95", value: slow("/empty"), unit: "ms" };
  const largest = Math.max(...[...loads.values()].map(({ octets }) => octets));
  return [
    ...pages
      .filter((page) => page !== "/empty")
      .map((page) =>
        ratio(`dashboard-p95-${page.slice(1) || "status"}`, { atMost: 10 }, { ...baseline, ours: slow(page) }),
      ),
    { name: "dashboard-first-load", value: largest / 1000, unit: "kB", budget: { atMost: 300 } },
  ];
}

function percentile95(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.ceil(0.95 * values.length) - 1] ?? 0;
}
