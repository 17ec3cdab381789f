/** One certificate from start to end, as the engine does it, against a CA whose DNS is set by two functions. */
import type { DomainName } from "../../src/certificates/domain-name";
import type { IssuableKeyAlgorithm } from "../../src/certificates/key-algorithm";
import type { AcmeAccount } from "../../src/acme/account";
import { answerChallenges } from "../../src/acme/answer-challenges";
import { generateCertificateKey } from "../../src/acme/certificate-key";
import { createCertificateRequest } from "../../src/acme/certificate-request";
import { createOrder } from "../../src/acme/create-order";
import { downloadChain, type DownloadedChain } from "../../src/acme/download-chain";
import { finalizeOrder } from "../../src/acme/finalize-order";
import { getAuthorizations } from "../../src/acme/get-authorizations";
import { waitUntilReady } from "../../src/acme/wait-until-ready";

export interface TestDns {
  setTxt(recordName: string, value: string): Promise<void>;
  clearTxt(recordName: string): Promise<void>;
}

export interface IssueOptions {
  readonly names: readonly string[];
  readonly dns: TestDns;
  readonly keyAlgorithm?: IssuableKeyAlgorithm;
  readonly preferredChain?: string;
  readonly profile?: string;
  readonly replaces?: string;
  /** First wait of each poll. @default 10 ms */
  readonly firstDelayMs?: number;
}

export interface IssuedInTest extends DownloadedChain {
  readonly privateKeyPem: string;
  /** How many names still had to be proved. */
  readonly answered: number;
}

export async function issue(account: AcmeAccount, options: IssueOptions): Promise<IssuedInTest> {
  const { dns, preferredChain, profile, replaces } = options;
  const pace = { firstDelayMs: options.firstDelayMs ?? 10 };
  const names = options.names as readonly DomainName[];
  const order = await createOrder(account, { names, profile, replaces });
  const authorizations = await getAuthorizations(account, order);
  const pending = authorizations.flatMap(({ status, dns01 }) => (status === "pending" && dns01 ? [dns01] : []));
  try {
    for (const { recordName, value } of pending) await dns.setTxt(recordName, value);
    await answerChallenges(account, authorizations);
    const ready = await waitUntilReady(account, order, pace);
    const key = await generateCertificateKey(options.keyAlgorithm ?? "EC_prime256v1");
    const valid = await finalizeOrder(account, ready, createCertificateRequest(key, names), pace);
    const chain = await downloadChain(account, valid, { preferredChain });
    return { ...chain, privateKeyPem: key.toPkcs8Pem(), answered: pending.length };
  } finally {
    for (const recordName of new Set(pending.map((challenge) => challenge.recordName))) await dns.clearTxt(recordName);
  }
}
