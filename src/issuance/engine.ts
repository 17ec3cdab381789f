/**
 * What operations work with, made from the settings at first use and kept for the life of the process: AWS, Edge DNS,
 * name servers, one connection per CA. It does not load acme-client; `acme-accounts.ts` does.
 */
import { EdgeDnsClient } from "../akamai/edge-dns-client";
import { loadEdgeGridCredentials } from "../akamai/edgerc";
import { RecordSetEditor } from "../akamai/record-set-editor";
import { AcmeConnection } from "../acme/connection";
import { AwsAccess } from "../aws/aws-access";
import type { CertificateStore } from "../aws/certificate-store";
import type { ClassicLoadBalancers } from "../aws/classic-load-balancers";
import type { LoadBalancers } from "../aws/load-balancers";
import type { SecretStore } from "../aws/secret-store";
import { silentRecorder, type Recorder } from "../ledger/recorder";
import type { Sleep } from "../platform/clock";
import { AppError } from "../platform/errors";
import { HttpClient } from "../platform/http";
import { NameServers } from "../resolver/name-servers";
import type { AcmeIssuer } from "./acme-issuer";
import { ChallengeRecordsByZone } from "./challenge-records-by-zone";
import { EdgeDnsChallengeRecords } from "./edge-dns-challenge-records";
import type { EngineSettings } from "./engine-settings";
import { IssuanceJournal, type JournalOptions } from "./journal";
import { recordChanges } from "./record-changes";
import { Route53ChallengeRecords } from "./route53-challenge-records";

/** Real ones, unless a test says otherwise. */
export interface EngineParts {
  /** Between tries, at everything but AWS. */
  readonly sleep?: Sleep;
  /** Of one request to a CA or to Edge DNS. @default 30,000 ms */
  readonly requestTimeoutMs?: number;
  /** @default with the profile and the role of the settings */
  readonly openAws?: (region: string) => AwsAccess;
  readonly journal?: JournalOptions;
  /** Gets what is issued, and what is changed in AWS by stores of this engine. @default nobody */
  readonly recorder?: Recorder;
}

export class Engine {
  readonly nameServers: NameServers;
  readonly journal: IssuanceJournal;
  readonly recorder: Recorder;
  private readonly aws = new Map<string, AwsAccess>();
  private readonly connections = new Map<string, AcmeConnection>();
  private edgeDnsParts: { client: EdgeDnsClient; editor: RecordSetEditor } | undefined;
  private route53Records: Route53ChallengeRecords | undefined;

  constructor(
    readonly settings: EngineSettings,
    private readonly parts: EngineParts = {},
  ) {
    this.nameServers = new NameServers({ servers: settings.nameServers });
    this.recorder = parts.recorder ?? silentRecorder;
    this.journal = new IssuanceJournal(settings.journalFolder, parts.journal);
  }

  /** ACM in a region, or in that of the settings. Errors: `invalid_config` where no region is known. */
  certificates(region?: string | null): CertificateStore {
    return this.awsIn(region).certificates();
  }

  /** Application and network load balancers in a region, or in that of the settings. */
  loadBalancers(region?: string | null): LoadBalancers {
    return this.awsIn(region).loadBalancers();
  }

  /** Classic Load Balancers in a region, or in that of the settings. */
  classicLoadBalancers(region?: string | null): ClassicLoadBalancers {
    return this.awsIn(region).classicLoadBalancers();
  }

  /** Secrets Manager in the region of the settings. */
  secrets(): SecretStore {
    return this.awsIn(null).secrets();
  }

  /** Errors: `missing_file`, `invalid_credentials`. */
  edgeDns(): { client: EdgeDnsClient; editor: RecordSetEditor } {
    this.edgeDnsParts ??= this.connectEdgeDns();
    return this.edgeDnsParts;
  }

  /** The region, or that of the settings, says no more than in which partition Route 53 is. */
  challengeRecords(region?: string | null): ChallengeRecordsByZone {
    const { sleep } = this.parts;
    return new ChallengeRecordsByZone({
      edgeDns: () => new EdgeDnsChallengeRecords(this.edgeDns()),
      route53: () =>
        (this.route53Records ??= new Route53ChallengeRecords({ zones: this.awsIn(region).hostedZones(), sleep })),
    });
  }

  /** The connection to a CA, with trust for its servers alone. */
  connection({ directoryUrl, caFile }: Pick<AcmeIssuer, "directoryUrl" | "caFile">): AcmeConnection {
    const { sleep, requestTimeoutMs } = this.parts;
    const key = `${directoryUrl} ${caFile ?? ""}`;
    const known = this.connections.get(key);
    if (known) return known;
    const made = new AcmeConnection({ directoryUrl, caFile, sleep, requestTimeoutMs });
    this.connections.set(key, made);
    return made;
  }

  private connectEdgeDns() {
    const { edgeDns, environment, homeFolder } = this.settings;
    const credentials = loadEdgeGridCredentials({
      edgercFile: edgeDns.edgerc,
      section: edgeDns.section,
      environment,
      homeFolder,
    });
    const { sleep, requestTimeoutMs: timeoutMs } = this.parts;
    const http = new HttpClient({ caFile: edgeDns.caFile, timeoutMs });
    const client = new EdgeDnsClient({ credentials, http, sleep });
    return { client, editor: new RecordSetEditor({ client, sleep }) };
  }

  private awsIn(region: string | null | undefined): AwsAccess {
    const { region: defaultRegion, profile, assumeRole } = this.settings;
    const chosen = region ?? defaultRegion;
    if (chosen === undefined)
      throw new AppError("invalid_config", "no AWS region is configured", {
        hint: "set region in the configuration, or AWS_REGION in the environment",
      });
    const onChange = recordChanges(this.recorder);
    const { openAws = (name) => new AwsAccess({ region: name, profile, assumeRole }, { onChange }) } = this.parts;
    const access = this.aws.get(chosen) ?? openAws(chosen);
    this.aws.set(chosen, access);
    return access;
  }
}
