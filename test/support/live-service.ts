/** A service that is served from every kind of listener while its certificates move, by real terraform on a sandbox. */
import type { TerraformStack } from "cdktf";
import type { DnsZone } from "../../constructs";
import type { CertificateMaterial } from "../../src/aws/certificate-material";
import { faultProfiles } from "../../src/sandbox/sandbox-options";
import type { CertificateRecord } from "../../src/sandbox/aws/acm/acm-state";
import type { Sandbox } from "../../src/sandbox/start-sandbox";
import { plannedChanges } from "./examples/planned-changes";
import { startProviderWorld } from "./provider-world";
import { serviceStack, surroundingsOf, type ServiceCertificates } from "./service-stack";
import type { TerraformProject } from "./terraform";
import { Wire } from "./wire";

export type DeclareCertificates = (stack: TerraformStack, zone: DnsZone) => ServiceCertificates;

export interface Move {
  /** As `plannedChanges`. */
  readonly plan: readonly string[];
  /** Of handshakes with every listener while it was applied. */
  readonly failures: readonly string[];
  readonly handshakes: number;
  /** How often ACM was asked to delete a certificate: once for each if none was still in use. */
  readonly deletions: number;
}

export interface LiveService {
  readonly sandbox: Sandbox;
  readonly terraform: TerraformProject;
  /** Imports a certificate as somebody does who does not use this stack; gives its ARN. */
  importByHand(material: CertificateMaterial): Promise<string>;
  /** The first apply. */
  open(certificates: DeclareCertificates): Promise<void>;
  /** One plan, applied while every listener is probed; the plans afterwards must be empty. */
  move(certificates: DeclareCertificates): Promise<Move>;
  /** Who issued what listeners show for the names of the service, and to clients that send none. */
  issuers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface LiveServiceOptions {
  /** PEM of roots that clients trust beside those of the sandbox. */
  readonly roots?: string;
}

const webNames = ["app.example.gov", "any.app.example.gov"];
const apiNames = ["api.example.gov"];

export async function startLiveService({ roots }: LiveServiceOptions = {}): Promise<LiveService> {
  // nodes of a front end follow one after the other, as those of a load balancer do
  const aws = { ...faultProfiles.calm.aws, propagationDelayMs: 300, nodesPerFrontEnd: 3 };
  const world = await startProviderWorld({ faults: { ...faultProfiles.calm, aws } });
  const { sandbox } = world;
  const surroundings = await surroundingsOf(world);
  const terraform = await world.project("");
  const write = (certificates: DeclareCertificates) =>
    terraform.write({ "main.tf": "", "cdk.tf.json": serviceStack(sandbox, surroundings, certificates) });
  const wire = () => new Wire(sandbox, { web: webNames, more: apiNames, roots });
  const deletions = () => sandbox.gate.history.filter(({ operation }) => operation === "DeleteCertificate").length;
  return {
    sandbox,
    terraform,
    importByHand: (material) =>
      world
        .access()
        .certificates()
        .importNew({ ...material, tags: {} }),
    async open(certificates) {
      await write(certificates);
      await terraform.init();
      await terraform.apply();
      await terraform.expectEmptyPlan();
    },
    async move(certificates) {
      await write(certificates);
      await terraform.succeed(["plan", "-no-color", "-input=false", "-out=move.plan"]);
      const plan = plannedChanges(await terraform.show("move.plan"));
      const before = deletions();
      const probed = wire();
      probed.startProbing();
      try {
        await terraform.apply("move.plan");
        await terraform.expectEmptyPlan();
      } finally {
        await probed.stopProbing();
      }
      return { plan, ...probed.outcome(), deletions: deletions() - before };
    },
    async issuers() {
      const seen = [...webNames, ...apiNames, undefined].map((name) => wire().serialsFor(name));
      const serials = (await Promise.all(seen)).flat();
      const kept = sandbox.account.region().acm.all();
      const found = serials.map((serial) => kept.find(({ material }) => material?.info.serial === serial));
      return [...new Set(found.map(issuerOf))];
    },
    close: () => world.close(),
  };
}

/** Our provider tags what it imports; others do not here. */
function issuerOf(record: CertificateRecord | undefined): string {
  if (record === undefined) return "unknown";
  return record.issuance !== undefined ? "ACM" : record.tags.size > 0 ? "ACME" : "imported";
}
