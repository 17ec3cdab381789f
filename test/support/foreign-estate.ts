/** Random listeners on which certificates that a renewal is to leave alone stand beside those it renews. */
import fc from "fast-check";
import type { Selector } from "../../src/manage-certs/renew/selector";
import { withDaysLeft, type Held, type RenewWorld } from "./renew-world";

/**
 * Whose a certificate is: two that are renewed where they are due (ACM takes what follows the first under its ARN, and
 * what follows the second not), and what others keep: Terraform by its tags, the provider of this project, nobody while
 * there is time, somebody that `--only` does not name.
 */
export const owners = ["in place", "beside", "terraform", "provider", "young", "not asked for"] as const;

export interface CertificatePlan {
  readonly owner: (typeof owners)[number];
  readonly names: readonly string[];
  /** Of ours: not due, and so left alone like all others. */
  readonly due: boolean;
}

export interface ListenerPlan {
  /** Places in the list of certificates. */
  readonly defaultCertificate: number;
  readonly sniCertificates: readonly number[];
}

export interface EstatePlan {
  readonly certificates: readonly CertificatePlan[];
  readonly listeners: readonly ListenerPlan[];
}

const pool = ["app.example.gov", "*.app.example.gov", "api.example.gov", "shop.example.gov"];

const certificatePlan = (...from: readonly CertificatePlan["owner"][]) =>
  fc.record({
    owner: fc.constantFrom(...from),
    names: fc.shuffledSubarray(pool, { minLength: 1, maxLength: 2 }),
    due: fc.nat(4).map((number) => number > 0),
  });

/** At least one of ours and one foreign; a certificate may be a default and on a list at once, as AWS allows. */
export const anyEstate: fc.Arbitrary<EstatePlan> = fc
  .tuple(
    fc.array(certificatePlan("in place", "beside"), { minLength: 1, maxLength: 2 }),
    fc.array(certificatePlan("terraform", "provider", "young", "not asked for"), { minLength: 1, maxLength: 3 }),
  )
  .map(([own, foreign]) => [...own, ...foreign])
  .chain((certificates) => {
    const places = certificates.map((_, place) => place);
    const listener = fc.record({
      defaultCertificate: fc.constantFrom(...places),
      sniCertificates: fc.shuffledSubarray(places),
    });
    return fc.record({
      certificates: fc.constant(certificates),
      listeners: fc.array(listener, { minLength: 1, maxLength: 3 }),
    });
  });

const tagsOf: Readonly<Record<CertificatePlan["owner"], Readonly<Record<string, string>>>> = {
  "in place": { team: "payments" },
  beside: {},
  terraform: { ManagedBy: "Terraform" },
  provider: { "unexpired:name": "shop/certificate", "unexpired:generation": "of-somebody-else" },
  young: { "unexpired:managed-by": "manage-certs" },
  "not asked for": { team: "payments" },
};

/** ACM takes no re-import that loses a key usage, and no CA gives this one. */
const refused = { keyUsage: ["digitalSignature", "dataEncipherment"] } as const;

export class ForeignEstate {
  private constructor(
    private readonly world: RenewWorld,
    private readonly plan: EstatePlan,
    readonly certificates: readonly Held[],
    /** ARNs. */
    readonly listeners: readonly string[],
  ) {}

  static async build(world: RenewWorld, plan: EstatePlan): Promise<ForeignEstate> {
    const certificates: Held[] = [];
    for (const { owner, names, due } of plan.certificates)
      certificates.push(
        await world.importPaid(
          {
            names,
            ...withDaysLeft(owner === "young" || !due ? 80 : 5),
            ...(owner === "beside" ? refused : {}),
          },
          tagsOf[owner],
        ),
      );
    const arnOf = (place: number) => certificates[place]?.arn ?? "";
    const listeners: string[] = [];
    for (const [index, { defaultCertificate, sniCertificates }] of plan.listeners.entries())
      listeners.push(await world.listener(`web-${index}`, arnOf(defaultCertificate), ...sniCertificates.map(arnOf)));
    return new ForeignEstate(world, plan, certificates, listeners);
  }

  /** Of ours. */
  get first(): Held {
    const [first] = this.certificates;
    if (first === undefined) throw new Error("there is none");
    return first;
  }

  /** For `--only`, where a certificate of somebody else is due as well. */
  get only(): readonly Selector[] {
    const own = new Set(this.arnsOf("in place", "beside"));
    return this.plan.certificates.some(({ owner }) => owner === "not asked for") ? [({ arn }) => own.has(arn)] : [];
  }

  /** Of what nobody may touch. */
  get foreignArns(): readonly string[] {
    return this.arnsOf("terraform", "provider", "young", "not asked for");
  }

  /** What is to stay as it is: on each listener and in ACM, as the emulated AWS itself has it. */
  foreignNow() {
    const { elb, acm } = this.world.world.sandbox.account.region();
    const foreign = new Set(this.foreignArns);
    return {
      listeners: this.listeners.map((arn) => {
        const { defaultCertificateArn = "", sniCertificateArns } = elb.getListener(arn);
        return {
          default: foreign.has(defaultCertificateArn) ? defaultCertificateArn : "not foreign",
          sni: sniCertificateArns.filter((each) => foreign.has(each)),
        };
      }),
      certificates: this.foreignArns.map((arn) => {
        const { importedAt, material, tags } = acm.get(arn);
        return { arn, importedAt, serial: material?.info.serial, tags: Object.fromEntries(tags) };
      }),
    };
  }

  /** Where it is attached now. */
  placesOf(certificateArn: string): readonly string[] {
    const { elb } = this.world.world.sandbox.account.region();
    return this.listeners.flatMap((arn) => {
      const { defaultCertificateArn, sniCertificateArns } = elb.getListener(arn);
      return [
        ...(defaultCertificateArn === certificateArn ? [`${arn} default`] : []),
        ...(sniCertificateArns.includes(certificateArn) ? [`${arn} sni`] : []),
      ];
    });
  }

  private arnsOf(...owners: readonly CertificatePlan["owner"][]): readonly string[] {
    return this.certificates.flatMap(({ arn }, place) =>
      owners.some((owner) => owner === this.plan.certificates[place]?.owner) ? [arn] : [],
    );
  }
}
