/** Every disturbance and limit of the emulated AWS, one switch each. Rules that AWS always enforces have no switch. */
export interface AwsFaults {
  /** Share of requests refused as throttled, 0..1, as when other tools use the account's rates. */
  readonly throttledShare: number;
  /** Share of reading requests answered with an internal error, 0..1. */
  readonly serverErrorShare: number;
  /** Regions that answer every request with an internal error. */
  readonly unavailableRegions: readonly string[];
  /** Whether the published request rates are enforced (ACM user guide, "API rate quotas": ImportCertificate 1/s …). */
  readonly enforceRates: boolean;
  /** Upper bound of every page, to find callers that read the first page only; 0: AWS's real page sizes. */
  readonly largestPage: number;
  /** How long a change stays invisible to ListCertificates and GetResources, in milliseconds. */
  readonly listingLagMs: number;
  /** How long a certificate counts as in use after it was detached, in milliseconds. */
  readonly inUseLagMs: number;
  /** How long it takes until all nodes of a front end serve a change, in milliseconds. */
  readonly propagationDelayMs: number;
  /** Addresses of each front end: 127.0.0.1, 127.0.0.2 …, as a load balancer has one in each availability zone. */
  readonly addressesPerFrontEnd: number;
  /** Nodes at each address; connections go to a random one, and a change reaches them one after the other. */
  readonly nodesPerFrontEnd: number;
  /** Share of events that PutEvents does not take, in an answer that succeeds, 0..1. */
  readonly eventEntryFailureShare: number;
  /** Share of messages that DeleteMessageBatch does not delete, in an answer that succeeds, 0..1. */
  readonly queueDeleteFailureShare: number;
  /** How often ACM looks for validation records and for certificates to renew, in milliseconds. */
  readonly validationPollMs: number;
  /** How long after a request DescribeCertificate shows no validation records, in milliseconds. */
  readonly validationRecordLagMs: number;
  /** How long Route 53 works on a batch of changes; meanwhile it refuses others for the zone, in milliseconds. */
  readonly recordWriteMs: number;
  /** How long a change of Route 53 is PENDING, and not served, in milliseconds. */
  readonly changeDelayMs: number;
  /** Certificates per region (ACM user guide, "Quotas"). */
  readonly certificateQuota: number;
  /** Imports per year, re-imports counted (ACM user guide, "Quotas"; that re-imports count is inferred). */
  readonly importQuota: number;
  /** Requests for certificates per year (ACM user guide, "Quotas"). */
  readonly requestQuota: number;
  /** Names of a certificate that ACM issues (ACM user guide, "Quotas"; 100 at most on request). */
  readonly namesPerCertificateQuota: number;
  /** Server certificates of an account (IAM user guide, "IAM and STS quotas"). */
  readonly serverCertificateQuota: number;
  /** Certificates per listener beside the default (Application Load Balancer user guide, "Quotas"). */
  readonly listenerCertificateQuota: number;
}

/** AWS on a good day, with its real page sizes: for benches and demonstrations. */
export const calm: AwsFaults = {
  throttledShare: 0,
  serverErrorShare: 0,
  unavailableRegions: [],
  enforceRates: false,
  largestPage: 0,
  listingLagMs: 0,
  inUseLagMs: 0,
  propagationDelayMs: 0,
  addressesPerFrontEnd: 1,
  nodesPerFrontEnd: 1,
  eventEntryFailureShare: 0,
  queueDeleteFailureShare: 0,
  validationPollMs: 50,
  validationRecordLagMs: 0,
  recordWriteMs: 0,
  changeDelayMs: 0,
  certificateQuota: 2500,
  importQuota: 5000,
  requestQuota: 5000,
  namesPerCertificateQuota: 10,
  serverCertificateQuota: 20,
  listenerCertificateQuota: 25,
};

/** What tests run against unless they say otherwise. */
export const hostile: AwsFaults = {
  ...calm,
  throttledShare: 0.1,
  serverErrorShare: 0.05,
  enforceRates: true,
  largestPage: 2,
  listingLagMs: 150,
  inUseLagMs: 150,
  propagationDelayMs: 100,
  nodesPerFrontEnd: 3,
  eventEntryFailureShare: 0.2,
  queueDeleteFailureShare: 0.2,
  validationPollMs: 250,
  validationRecordLagMs: 300,
  recordWriteMs: 20,
  changeDelayMs: 300,
};
