/** One replica as a process of its own, for tests that kill it. Arguments: policy file, how many times shorter it waits. */
import { dirname } from "node:path";
import { sleep } from "../../src/platform/clock";
import { startProxy } from "../../src/proxy/start-proxy";

const [policyFile = "", haste = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const proxy = await startProxy({
    policyFile,
    environment: process.env,
    readAwsSecret: () => Promise.reject(new Error("no secret of AWS is named here")),
    homeFolder: dirname(policyFile),
    // a machine that does other things as well is no reason to give up
    limits: { deadlineMs: 240_000 },
    sleep: (ms, signal) => sleep(ms / Number(haste), signal),
  });
  process.on("message", (message) => {
    const done = message === "reload" ? proxy.reload() : proxy.close().then(() => process.disconnect());
    void done.then(() => process.connected && process.send?.("done"));
  });
  process.send?.({ host: proxy.host, port: proxy.port });
}

void main();
