import { mkdir } from "node:fs/promises";
import { parseCertificate } from "../../certificates/parse-certificate";
import { certIdOf } from "../../issuance/cert-id-of";
import { RenewalInfoCache } from "../../issuance/renewal-info-cache";
import type { ProgramResult } from "../../platform/run-program";
import { startStateServer, type RunningStateServer } from "../../sandbox/state-server/start-state-server";
import type { DrillEstate } from "../estate";
import { stackText } from "./stack-text";

/** Its folder below that of the drill. */
export const stackName = "web";
const hourMs = 3_600_000;

/** A stack of Terraform with a certificate on a listener, whose state is in a backend, and drift-check that looks after it. */
export class DrillStack {
  private constructor(
    private readonly estate: DrillEstate,
    readonly states: RunningStateServer,
  ) {}

  /** Applied and served. */
  static async apply(estate: DrillEstate): Promise<DrillStack> {
    const states = await startStateServer();
    estate.onClose(() => states.close());
    const stack = new DrillStack(estate, states);
    await mkdir(estate.file(stackName));
    await estate.installProviders();
    await stack.write("main.tf", stackText(estate, states.address(stackName)));
    await stack.terraform("init", "-input=false");
    await stack.terraform("apply", "-input=false", "-auto-approve");
    estate.serves({
      listenerArn: await stack.terraform("output", "-raw", "listener_arn"),
      port: 443,
      name: "www.example.gov",
    });
    const verify = { roots: estate.file("roots.pem"), connectTo: estate.connectTo(), waitSeconds: 10 };
    await estate.write("drift-check.yaml", JSON.stringify({ limits: { lockSeconds: 1 }, verify }));
    await estate.configure();
    return stack;
  }

  /** A file of the stack. */
  write(name: string, text: string): Promise<string> {
    return this.estate.write(`${stackName}/${name}`, text);
  }

  /** What it printed. */
  async terraform(...args: readonly string[]): Promise<string> {
    const { stdout } = await this.estate.mustOther("terraform", `-chdir=${stackName}`, ...args);
    return stdout.trim();
  }

  /** As the schedule runs it. Its result is for the drill to judge. */
  check(...flags: readonly string[]): Promise<ProgramResult> {
    const { estate } = this;
    return estate.run("drift-check", "run", `./${stackName}`, "--apply", "--metrics", "metrics/drift.prom", ...flags);
  }

  /** The CA would have liked the certificate to be renewed an hour ago, as far as the drill's home folder knows. */
  async makeDue(): Promise<void> {
    const [latest] = this.estate.sandbox.acme.certificates().slice(-1);
    const certId = latest && certIdOf(parseCertificate(latest.chain));
    const at = (hours: number) => new Date(Date.now() + hours * hourMs);
    const cache = new RenewalInfoCache(this.estate.file("home/.cache/unexpired"));
    await cache.put(certId ?? "", { start: at(-2), end: at(-1), askAgainAt: at(23) });
  }
}
