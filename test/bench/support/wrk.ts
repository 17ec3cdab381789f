/** Load from wrk: one process on the core of the surroundings, connections kept, the next request when an answer is there. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cores, pinned } from "./pinned-server";

export interface Load {
  readonly port: number;
  readonly target: string;
  /** Authorization headers, used in turn. */
  readonly authorizations: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** For what wrk reads. */
  readonly folder: string;
}

export interface LoadResult {
  readonly requestsPerSecond: number;
  /** The time that 99 of 100 answers take at most. */
  readonly p99Ms: number;
}

/** Error: any answer but a success, since refusals cost less. */
export async function loadByWrk({ port, target, authorizations, folder, ...load }: Load): Promise<LoadResult> {
  const script = join(folder, "requests.lua");
  writeFileSync(script, luaScript);
  const headers = join(folder, "authorizations");
  writeFileSync(headers, authorizations.join("\n"));
  const [program, ...args] = pinned(cores.surroundings, [
    "wrk",
    ...["--threads", "1", "--connections", String(load.connections), "--duration", `${load.seconds}s`],
    ...["--script", script, `https://127.0.0.1:${port}`, "--", target, headers],
  ]);
  const { stdout } = await promisify(execFile)(program, args);
  const { requests, microseconds, p99, failed } = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Summary;
  if (failed > 0) throw new Error(`${failed} of ${requests} requests failed:\n${stdout}`);
  return { requestsPerSecond: (requests * 1e6) / microseconds, p99Ms: p99 / 1000 };
}

/** What the script writes as its last line; times in microseconds. */
interface Summary {
  readonly requests: number;
  readonly microseconds: number;
  readonly p99: number;
  readonly failed: number;
}

const luaScript = `
local requests, last = {}, 0
function init(args)
  for line in io.lines(args[2]) do
    requests[#requests + 1] = wrk.format("GET", args[1], { Authorization = line })
  end
end
function request()
  last = last % #requests + 1
  return requests[last]
end
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"requests":%d,"microseconds":%d,"p99":%d,"failed":%d}\\n',
    summary.requests, summary.duration, latency:percentile(99), failed))
end
`;
