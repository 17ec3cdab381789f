/** An engine wired to a sandbox, as the provider wires it, for tests of whole flows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AcmeConnection } from "../../src/acme/connection";
import { fileAccountStore } from "../../src/acme/file-account-store";
import { openAccount } from "../../src/acme/open-account";
import { EdgeDnsClient } from "../../src/akamai/edge-dns-client";
import { RecordSetEditor } from "../../src/akamai/record-set-editor";
import { AwsAccess } from "../../src/aws/aws-access";
import { ChallengeRecordsByZone } from "../../src/issuance/challenge-records-by-zone";
import { EdgeDnsChallengeRecords } from "../../src/issuance/edge-dns-challenge-records";
import type { IssuedCertificate, IssueParts } from "../../src/issuance/issue-certificate";
import { IssuanceJournal } from "../../src/issuance/journal";
import { Route53ChallengeRecords } from "../../src/issuance/route53-challenge-records";
import { HttpClient } from "../../src/platform/http";
import { silentLogger } from "../../src/platform/log";
import { NameServers } from "../../src/resolver/name-servers";
import { faultProfiles, type SandboxOptions } from "../../src/sandbox/sandbox-options";
import { startSandbox, type Sandbox } from "../../src/sandbox/start-sandbox";

export interface IssuanceWorld {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly connection: AcmeConnection;
  readonly parts: IssueParts;
  readonly aws: AwsAccess;
  close(): Promise<void>;
}

export async function startIssuanceWorld(options: Partial<SandboxOptions> = {}): Promise<IssuanceWorld> {
  const folder = mkdtempSync(join(tmpdir(), "unexpired-world-"));
  const sandbox = await startSandbox({ folder, faults: faultProfiles.calm, ...options });
  const http = new HttpClient({ caFile: sandbox.files.edgeDnsCaFile });
  const client = new EdgeDnsClient({ credentials: sandbox.edgeDns.credentials, http });
  const connection = new AcmeConnection({ directoryUrl: sandbox.acme.directoryUrl, caFile: sandbox.files.acmeCaFile });
  const store = fileAccountStore(join(folder, "accounts"), sandbox.acme.directoryUrl);
  const { endpointUrl, region, accessKeyId, secretAccessKey } = sandbox.aws;
  const aws = new AwsAccess({ region, endpointUrl, credentials: { accessKeyId, secretAccessKey } }, { pace: false });
  const edgeDns = new EdgeDnsChallengeRecords({ client, editor: new RecordSetEditor({ client }) });
  const route53 = new Route53ChallengeRecords({ zones: aws.hostedZones() });
  return {
    sandbox,
    folder,
    connection,
    aws,
    parts: {
      directoryUrl: sandbox.acme.directoryUrl,
      account: (signal) => openAccount(connection, { store, signal }),
      records: new ChallengeRecordsByZone({ edgeDns: () => edgeDns, route53: () => route53 }),
      nameServers: new NameServers({ servers: sandbox.dns.servers.map(({ host, port }) => `${host}:${port}`) }),
      journal: new IssuanceJournal(join(folder, "journal")),
      log: silentLogger,
    },
    close: async () => {
      aws.close();
      await Promise.all([connection.close(), http.close()]);
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** For `issueCertificate`: hands the certificate to nobody but the test. */
export const giveBack = async (issued: IssuedCertificate): Promise<IssuedCertificate> => issued;
