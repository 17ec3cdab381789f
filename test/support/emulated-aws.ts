/** The emulated AWS of the sandbox, and our adapters speaking to it over a real socket. */
import { AwsAccess } from "../../src/aws/aws-access";
import type { AwsParts, AwsSettings } from "../../src/aws/aws-settings";
import type { CertificateMaterial } from "../../src/aws/certificate-material";
import { AwsAccount, type AwsAccountOptions } from "../../src/sandbox/aws/aws-account";
import { startAws, type RunningAws } from "../../src/sandbox/aws/start-aws";
import { RequestGate } from "../../src/sandbox/request-gate";
import { seededRandom } from "../../src/sandbox/seeded-random";
import type { TestCa, TestLeafOptions } from "./test-certificates";

export interface EmulatedAws {
  readonly account: AwsAccount;
  readonly gate: RequestGate;
  readonly aws: RunningAws;
  /** Our adapters, with the operator's key unless told otherwise. */
  access(settings?: Partial<AwsSettings>, parts?: AwsParts): AwsAccess;
  /** How often an action was asked for. */
  count(action: string): number;
  close(): Promise<void>;
}

export async function startEmulatedAws(options: AwsAccountOptions = {}): Promise<EmulatedAws> {
  const account = new AwsAccount({ random: seededRandom(7), ...options });
  const gate = new RequestGate();
  const aws = await startAws({ account, gate });
  const opened: AwsAccess[] = [];
  return {
    account,
    gate,
    aws,
    access(settings = {}, parts = {}) {
      const { endpointUrl, region, accessKeyId, secretAccessKey } = aws;
      const made = new AwsAccess(
        { region, endpointUrl, credentials: { accessKeyId, secretAccessKey }, ...settings },
        { pace: false, ...parts },
      );
      opened.push(made);
      return made;
    },
    count: (action) => gate.history.filter((request) => request.operation === action).length,
    close: async () => {
      for (const access of opened) access.close();
      await aws.close();
    },
  };
}

/** A leaf as an import wants it. */
export async function materialOf(ca: TestCa, options: TestLeafOptions = {}): Promise<CertificateMaterial> {
  const leaf = await ca.leaf(options);
  return { certificatePem: leaf.leafPem, chainPem: ca.intermediatePem, privateKeyPem: leaf.privateKeyPem };
}
