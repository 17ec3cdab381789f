/**
 * Eight listeners that share one certificate, three of them served by nginx and five by the sandbox, beside a certificate
 * of somebody else on each: where something goes wrong at one of them, the others must not notice.
 */
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { shakeHands } from "../../src/rollout/shake-hands";
import { calm } from "../../src/sandbox/aws/aws-faults";
import type { FrontEndFaults } from "../../src/sandbox/load-balancer/front-end-faults";
import { HandshakeProber, type ProbedPlace } from "./handshake-prober";
import { NginxListener } from "./nginx-listener";
import { RenewCommand } from "./renew-command";
import { RenewWorld, withDaysLeft, type Held } from "./renew-world";
import type { TestLeafOptions } from "./test-certificates";

/** Role of the certificate that is renewed, what serves it, and at how many addresses. */
const listeners = {
  first: { role: "default", by: "sandbox", addresses: 3 },
  second: { role: "sni", by: "sandbox", addresses: 3 },
  third: { role: "default", by: "nginx", addresses: 1 },
  fourth: { role: "sni", by: "nginx", addresses: 1 },
  fifth: { role: "default", by: "nginx", addresses: 3 },
  sixth: { role: "default", by: "sandbox", addresses: 1 },
  seventh: { role: "sni", by: "sandbox", addresses: 1 },
  eighth: { role: "default", by: "sandbox", addresses: 1 },
} as const;

export type ListenerName = keyof typeof listeners;

export const listenerNames = Object.keys(listeners) as ListenerName[];

export const roleAt = (name: ListenerName) => listeners[name].role;

/** Of the certificate that is renewed. */
export const ownName = "app.example.gov";
const neighbourName = "neighbour.example.org";

const dayMs = 86_400_000;

/** As long as it may be, so that it ranks before others in a list; five days are left. */
const longLife = () => ({ notBefore: new Date(Date.now() - 195 * dayMs), notAfter: new Date(Date.now() + 5 * dayMs) });

/** What AWS does in real life after it has answered. */
const awsTakesItsTime = { ...calm, propagationDelayMs: 100, nodesPerFrontEnd: 2 };

export class EightFrontEnds {
  private constructor(
    readonly world: RenewWorld,
    readonly command: RenewCommand,
    readonly own: Held,
    readonly neighbour: Held,
    private readonly arns: ReadonlyMap<ListenerName, string>,
    private readonly nginx: ReadonlyMap<ListenerName, NginxListener>,
  ) {}

  /** @param options of the certificate that is to be renewed */
  static async start(options: TestLeafOptions): Promise<EightFrontEnds> {
    const world = await RenewWorld.start();
    const { account } = world.world.sandbox;
    const own = await world.importPaid({ names: [ownName], ...longLife(), ...options });
    const neighbour = await world.importPaid({ names: [neighbourName], ...withDaysLeft(80) });
    const arns = new Map<ListenerName, string>();
    const nginx = new Map<ListenerName, NginxListener>();
    for (const name of listenerNames) {
      const { role, by, addresses } = listeners[name];
      account.faults = { ...awsTakesItsTime, addressesPerFrontEnd: addresses };
      const [first, second] = role === "default" ? [own, neighbour] : [neighbour, own];
      const arn = await world.listener(name, first.arn, second.arn);
      arns.set(name, arn);
      if (by === "sandbox") continue;
      const served = await NginxListener.start(account.region(), arn, addresses);
      nginx.set(name, served);
      world.serveElsewhere(arn, served.addresses);
    }
    const command = new RenewCommand(world, { verify: { waitSeconds: 2 } });
    return new EightFrontEnds(world, command, own, neighbour, arns, nginx);
  }

  arnOf(name: ListenerName): string {
    return this.arns.get(name) ?? "";
  }

  /** Each listener's default and list as AWS has them; the order of the list is that of AWS, which means nothing. */
  attachments() {
    const { elb } = this.world.world.sandbox.account.region();
    return listenerNames.map((name) => {
      const { defaultCertificateArn, sniCertificateArns } = elb.getListener(this.arnOf(name));
      return { name, default: defaultCertificateArn, sni: [...sniCertificateArns].sort() };
    });
  }

  /** ARN and serial of every certificate in ACM. */
  certificates(): ReadonlyMap<string, string | undefined> {
    const all = this.world.world.sandbox.account.region().acm.all();
    return new Map(all.map(({ arn, material }) => [arn, material?.info.serial]));
  }

  /** In force at once. */
  async setFaults(name: ListenerName, faults: FrontEndFaults): Promise<void> {
    const served = this.nginx.get(name);
    if (served === undefined) await this.world.world.sandbox.account.frontEnds.setFaults(this.arnOf(name), faults);
    else served.setFaults(faults);
  }

  /** Somebody else's, with the same name: it ranks behind what is there now, and before what is to follow. */
  async shadow(name: ListenerName): Promise<Held> {
    const begin = new Date(Date.now() - 60 * dayMs);
    const tags = { ManagedBy: "Terraform" };
    const shadow = await this.world.importPaid({ names: [ownName], ...withDaysLeft(80), notBefore: begin }, tags);
    await this.world.world.aws.loadBalancers().addListenerCertificate(this.arnOf(name), shadow.arn);
    return shadow;
  }

  /** Its owner takes it away again. */
  async unshadow(name: ListenerName, { arn }: Held): Promise<void> {
    await this.world.world.aws.loadBalancers().removeListenerCertificate(this.arnOf(name), arn);
    await this.world.store.delete(arn);
  }

  /**
   * Resolves when clients of this listener get what AWS says, everywhere, and go on getting it: for a moment nginx takes
   * connections with old workers beside new ones.
   */
  async untilWell(name: ListenerName): Promise<void> {
    let inARow = 0;
    for (let look = 0; look < 400; look++) {
      const seen = await Promise.all(this.placesOf(name).map((place) => this.serialAt(place)));
      const isWell = seen.every((serial) => serial === this.own.serial || serial === this.neighbour.serial);
      inARow = isWell ? inARow + 1 : 0;
      if (inARow === 20) return;
      await pause(25);
    }
    throw new Error(`${name} is not well again`);
  }

  /** In force from the moment in which this listener is asked to change. Resolves when that is so. */
  async setFaultsAtChange(name: ListenerName, operation: string, faults: FrontEndFaults): Promise<void> {
    const trap = this.world.world.sandbox.gate.set({ part: "aws", operation, nth: 1, action: "hold" });
    await trap.caught;
    await this.setFaults(name, faults);
    trap.release();
  }

  /** Visits each listener, at every address, without a name and with both names. */
  probe(): ReadonlyMap<ListenerName, HandshakeProber> {
    return new Map(listenerNames.map((name) => [name, new HandshakeProber(this.placesOf(name), this.roots)]));
  }

  /** What clients that send its name get at each address of a listener. */
  serialsAt(name: ListenerName): Promise<readonly string[]> {
    const places = this.placesOf(name).filter(({ serverName }) => serverName === ownName);
    return Promise.all(places.map((place) => this.serialAt(place)));
  }

  private placesOf(name: ListenerName): ProbedPlace[] {
    return [undefined, ownName, neighbourName].flatMap((serverName) =>
      this.world.addressesOf(this.arnOf(name)).map((address) => ({ ...address, serverName })),
    );
  }

  private async serialAt(place: ProbedPlace): Promise<string> {
    return shakeHands({ ...place, ca: this.roots }).then(
      ({ serial }) => serial,
      (error: unknown) => (error as Error).message,
    );
  }

  private get roots(): string {
    return readFileSync(this.world.world.sandbox.files.rootsFile, "utf8") + this.world.rootPem;
  }

  async close(): Promise<void> {
    await Promise.all([...this.nginx.values()].map((each) => each.close()));
    await this.world.close();
  }
}
