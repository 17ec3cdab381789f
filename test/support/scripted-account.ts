/** An account at a scripted CA, with waits recorded instead of slept. */
import { AcmeAccount } from "../../src/acme/account";
import { generateAccountKey } from "../../src/acme/account-key";
import { AcmeConnection } from "../../src/acme/connection";
import { ScriptedCa, type ScriptedAnswer } from "./scripted-ca";

export interface ScriptedAccount {
  readonly ca: ScriptedCa;
  readonly connection: AcmeConnection;
  readonly account: AcmeAccount;
  /** Milliseconds of each wait. */
  readonly waits: number[];
}

const accountKey = generateAccountKey();

export async function scriptedAccount(
  answers: readonly ScriptedAnswer[],
  directory?: object,
  ca = new ScriptedCa(answers, directory),
): Promise<ScriptedAccount> {
  const waits: number[] = [];
  const connection = new AcmeConnection({
    directoryUrl: ca.directoryUrl,
    http: ca,
    random: () => 1,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      waits.push(ms);
    },
  });
  const account = new AcmeAccount(connection, "https://ca.test/account/1", await accountKey);
  return { ca, connection, account, waits };
}
