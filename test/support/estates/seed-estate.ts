/**
 * A large estate in the emulated AWS: several accounts and regions, load balancers with full lists of certificates,
 * distributions, domain names, and certificates of every origin, key and state that nothing uses. The same for the same
 * seed, and made in seconds. Start reading here.
 */
import { firstRegionStatuses } from "../../../src/sandbox/aws/account/region-status";
import { AwsAccount } from "../../../src/sandbox/aws/aws-account";
import type { AwsFaults } from "../../../src/sandbox/aws/aws-faults";
import type { AwsRegion } from "../../../src/sandbox/aws/aws-region";
import type { LoadBalancerType } from "../../../src/sandbox/aws/elbv2/load-balancer-record";
import { seededRandom } from "../../../src/sandbox/seeded-random";
import { certificateFactory } from "./certificate-factory";
import { CertificateSeeder, type WantedCertificate } from "./certificate-seeder";
import { addClassicLoadBalancer, addDistribution, addDomainName, addLoadBalancer } from "./seed-serving";
import type { SeededAttachment, SeededCertificate } from "./seeded-estate";

export interface EstatePlan {
  /** @default 1 */
  readonly seed?: number;
  /** @default three */
  readonly accountIds?: readonly string[];
  /** @default four, one of them opted in to */
  readonly regions?: readonly string[];
  /** Application load balancers, spread over accounts and regions; one network and one Classic one in each beside them. @default 50 */
  readonly applicationLoadBalancers?: number;
  /** Beside the default of each. @default 25, all that AWS allows */
  readonly sniCertificates?: number;
  /** In ACM and IAM together. @default 2,500 */
  readonly certificates?: number;
  readonly faults?: AwsFaults;
  /** @default now */
  readonly now?: Date;
}

export interface SeededEstate {
  /** The first is the one whose keys are given out; its callers may assume `roleArns` in the others. */
  readonly accounts: readonly AwsAccount[];
  readonly regions: readonly string[];
  /** By account ID, without the first. */
  readonly roleArns: ReadonlyMap<string, string>;
  readonly certificates: readonly SeededCertificate[];
  readonly attachments: readonly SeededAttachment[];
  /** Of ACM's validation records, those that are gone from DNS; without a final dot. */
  readonly goneRecords: ReadonlySet<string>;
  /** What every certificate leads to. */
  readonly rootPem: string;
}

const defaults = {
  accountIds: ["111122223333", "222233334444", "333344445555"],
  regions: ["us-east-1", "eu-west-1", "eu-central-1", "eu-south-1"],
};

export async function seedEstate(plan: EstatePlan = {}): Promise<SeededEstate> {
  const { seed = 1, accountIds = defaults.accountIds, regions = defaults.regions, now = new Date() } = plan;
  const random = seededRandom(seed);
  const factory = certificateFactory(random, now);
  const optedIn = Object.fromEntries(
    regions.filter((name) => firstRegionStatuses[name] === "DISABLED").map((name) => [name, "ENABLED" as const]),
  );
  const statuses = { ...firstRegionStatuses, ...optedIn };
  const accounts = accountIds.map(
    (accountId) =>
      new AwsAccount({ accountId, random, faults: plan.faults, regions: statuses, frontEndsOnDemand: true }),
  );
  const seeding = new EstateSeeding(new CertificateSeeder(factory, now), accounts, regions);
  await seeding.serve(plan.applicationLoadBalancers ?? 50, plan.sniCertificates ?? 25);
  seeding.fillWithOrphans(plan.certificates ?? 2500);
  const { certificates, goneRecords } = seeding.seeder;
  const { attachments } = seeding;
  return {
    accounts,
    regions,
    roleArns: trustFirst(accounts),
    certificates,
    attachments,
    goneRecords,
    rootPem: factory.rootPem,
  };
}

/** Each other account has a role for callers of the first. */
function trustFirst([first, ...others]: readonly AwsAccount[]): ReadonlyMap<string, string> {
  return new Map(
    others.map((account) => {
      first?.addNeighbour(account);
      const { arn } = account.roles.create({ name: "manage-certs", trusts: [first?.accountId ?? ""] });
      return [account.accountId, arn];
    }),
  );
}

const sniOrigins = ["imported", "imported", "amazon-issued", "imported", "private-ca"] as const;

class EstateSeeding {
  readonly attachments: SeededAttachment[] = [];
  private readonly cells: readonly AwsRegion[];
  private readonly lists = new Map<AwsRegion, readonly SeededCertificate[]>();
  private named = 0;

  constructor(
    readonly seeder: CertificateSeeder,
    private readonly accounts: readonly AwsAccount[],
    regions: readonly string[],
  ) {
    this.cells = accounts.flatMap((account) => regions.map((name) => account.region(name)));
  }

  async serve(applicationLoadBalancers: number, sniCertificates: number): Promise<void> {
    for (let index = 0; index < applicationLoadBalancers; index++) {
      const cell = this.cells[index % this.cells.length];
      if (cell) await this.loadBalancer(cell, "application", `web-${index}`, sniCertificates);
    }
    for (const cell of this.cells) {
      await this.loadBalancer(cell, "network", "net", 5);
      const classic = this.add(cell, { origin: "imported" });
      this.attachments.push(await addClassicLoadBalancer(cell, "old", classic));
      const regional = this.add(cell, { origin: "amazon-issued", keyAlgorithm: "EC_secp384r1", faultless: true });
      this.attachments.push(await addDomainName(cell, "REGIONAL", regional));
    }
    for (const account of this.accounts) await this.global(account);
  }

  /** Certificates that nothing uses, until there are so many of all; each 25th is for the names of another one. */
  fillWithOrphans(total: number): void {
    const { certificates } = this.seeder;
    const origins = ["imported", "amazon-issued", "acme-endpoint", "imported", "private-ca"] as const;
    for (let index = 0; certificates.length < total; index++) {
      const cell = this.cells[index % this.cells.length];
      if (cell === undefined) return;
      const origin = origins[index % origins.length] ?? "imported";
      const isPending = origin === "amazon-issued" && index % 3 === 0;
      const isHere = (each: SeededCertificate) =>
        each.region === cell.name && each.accountId === cell.account.accountId && each.origin !== "iam";
      const twin = index % 25 === 24 ? certificates.find(isHere) : undefined;
      this.add(cell, {
        origin,
        ...(twin && { names: twin.names }),
        traits: ["orphan", ...(isPending ? ["pending" as const] : []), ...(twin ? ["duplicate" as const] : [])],
      });
    }
  }

  /** The last entry of its list, where there is one, is shared with the load balancer before it. */
  private async loadBalancer(
    cell: AwsRegion,
    type: LoadBalancerType,
    name: string,
    sniCertificates: number,
  ): Promise<void> {
    const shared = this.lists.get(cell)?.slice(0, 1) ?? [];
    const own = Array.from({ length: sniCertificates - shared.length }, (_, index) =>
      this.add(cell, { origin: sniOrigins[index % sniOrigins.length] ?? "imported" }),
    );
    this.lists.set(cell, own);
    const fallback = this.add(cell, { origin: "imported" });
    const wanted = { name, type, default: fallback, sni: [...own, ...shared] };
    this.attachments.push(...(await addLoadBalancer(cell, wanted)));
  }

  /** What has no region: distributions, edge-optimized domain names, server certificates of IAM. */
  private async global(account: AwsAccount): Promise<void> {
    const edge = account.region("us-east-1");
    for (const keyAlgorithm of ["RSA_2048", "EC_prime256v1", "RSA_3072"] as const) {
      const certificate = this.add(edge, { origin: "imported", keyAlgorithm, faultless: true });
      this.attachments.push(await addDistribution(account, certificate));
    }
    const optimized = this.add(edge, { origin: "amazon-issued", keyAlgorithm: "RSA_2048", faultless: true });
    this.attachments.push(await addDomainName(edge, "EDGE", optimized));
    const upload = (name: string, path: string, traits: WantedCertificate["traits"] = []) =>
      this.seeder.upload(account, name, path, { names: this.names(account, "global"), traits });
    this.attachments.push(await addDistribution(account, upload("edge", "/cloudfront/")));
    this.attachments.push(await addClassicLoadBalancer(edge, "older", upload("older", "/")));
    upload("forgotten", "/", ["orphan", "expired"]);
    upload("spare", "/", ["orphan"]);
  }

  private add(cell: AwsRegion, wanted: Omit<WantedCertificate, "names"> & { readonly names?: readonly string[] }) {
    return this.seeder.add(cell, { names: this.names(cell.account, cell.name), ...wanted });
  }

  /** Every fifth certificate stands for what is below its name, too. */
  private names({ accountId }: AwsAccount, where: string): readonly string[] {
    const index = this.named++;
    const name = `s${index}.${where}.a${accountId.slice(0, 4)}.example.gov`;
    return index % 5 === 4 ? [name, `*.${name}`] : [name];
  }
}
