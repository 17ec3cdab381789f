import type { AppError } from "../../../platform/errors";
import type { LedgerFold } from "../../../service-levels/fold-ledger";
import type { KeyAccessAnomaly } from "../../../service-levels/key-access/fold-key-accesses";
import type { Probe } from "../../../service-levels/probe";
import type { OpenRenewal } from "../../../service-levels/open-renewals";
import type { ServiceLevel } from "../../../service-levels/service-levels";
import type { SeenCertificate, StatusView } from "../status-view";
import type { LedgerView } from "./ledger-view";
import type { PartialDeployment } from "./partial-deployments";
import type { ProxyView } from "./proxy-view";
import type { RefusedEndpoint } from "./refused-endpoints";

/** All that the dashboards show. */
export interface DashboardView {
  readonly status: StatusView;
  /** Of stacks and of scans; what ends first comes first. */
  readonly certificates: readonly SeenCertificate[];
  /** Endpoints at which clients are refused. */
  readonly refused: readonly RefusedEndpoint[];
  /** The latest looks at endpoints and certificates. */
  readonly looks: readonly Pick<Probe, "source" | "at">[];
  /** Where the pages of docs/runbooks are, without a final slash. */
  readonly runbooks: string;
  readonly ledger: LedgerView;
  /** Entries of the ledger so far. */
  readonly entries: number;
  /** Renewals that were begun and have not ended. */
  readonly underWay: readonly OpenRenewal[];
  /** Those whose run is silent: no end of them is on record. */
  readonly unended: readonly OpenRenewal[];
  /** The ledger is being read for the first time. */
  readonly isReading: boolean;
  /** Waivers of the policy that have not ended. */
  readonly waivers: ReturnType<LedgerFold["waiversInForce"]>;
  /** Accesses to keys and secrets that nobody expects, oldest first. */
  readonly keyAnomalies: readonly KeyAccessAnomaly[];
  /** Why something cannot be read on: what is shown ends before. */
  readonly errors: readonly AppError[];
  readonly levels: readonly ServiceLevel[];
  /** From the ledger and by handshakes. */
  readonly partial: readonly PartialDeployment[];
  /** Undefined where no audit trail was given. */
  readonly proxy?: ProxyView;
}
