/** What all listeners of a sandbox serve, seen from outside, and whether every handshake with them succeeds. */
import { readFileSync } from "node:fs";
import { Prober } from "../../scripts/demo/prober";
import { shakeHands } from "../../src/rollout/shake-hands";
import type { Sandbox } from "../../src/sandbox/start-sandbox";

interface Door {
  readonly host: string;
  readonly port: number;
  readonly serverNames: readonly string[];
}

export class Wire {
  private readonly doors: readonly Door[];
  private readonly ca: string;
  private probers: readonly Prober[] = [];

  /** The listeners there are now. Each serves the web names; one with a list of certificates the others as well. */
  constructor(
    sandbox: Sandbox,
    names: { readonly web: readonly string[]; readonly more: readonly string[]; readonly roots?: string },
  ) {
    const { frontEnds } = sandbox.account;
    const { elb } = sandbox.account.region();
    const hasList = (arn: string) => (elb.findListener(arn)?.sniCertificateArns.length ?? 0) > 0;
    this.ca = readFileSync(sandbox.files.rootsFile, "utf8") + (names.roots ?? "");
    this.doors = [...frontEnds.all()].map(([arn, address]) => ({
      ...address,
      serverNames: [...names.web, ...(hasList(arn) ? names.more : [])],
    }));
  }

  /** From now on every listener is asked for every name, again and again. */
  startProbing(): void {
    const { ca } = this;
    this.probers = this.doors.map(({ host, port, serverNames }) => new Prober({ host, port, ca }, serverNames, 40));
  }

  async stopProbing(): Promise<void> {
    await Promise.all(this.probers.map((prober) => prober.stop()));
  }

  /** Of all probing. */
  outcome(): { readonly handshakes: number; readonly failures: readonly string[] } {
    return {
      handshakes: this.probers.reduce((sum, { handshakes }) => sum + handshakes, 0),
      failures: this.probers.flatMap(({ failures }) => failures),
    };
  }

  /** What clients get for a name; for none with `undefined`. One serial, unless listeners differ. */
  async serialsFor(serverName?: string): Promise<readonly string[]> {
    const asked = this.doors.filter(({ serverNames }) => serverName === undefined || serverNames.includes(serverName));
    const seen = await Promise.all(asked.map(({ host, port }) => shakeHands({ host, port, serverName, ca: this.ca })));
    return [...new Set(seen.map(({ serial }) => serial))];
  }
}
