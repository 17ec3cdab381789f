/** From what is named on the command line to a plan, and what the plan is carried out with. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RevocationJournal, type BegunRevocation } from "../../issuance/revocation-journal";
import { AppError, messageOf } from "../../platform/errors";
import { HttpClient } from "../../platform/http";
import type { Config } from "../config/config";
import { preflight } from "../renew/preflight";
import type { RenewParts } from "../renew/renew-parts";
import type { Estate } from "../scan/estate";
import { planRevocations } from "./plan-revocations";
import type { PlannedRevocation, RevocationWishes } from "./revocation-plan";
import { readSubject } from "./revocation-subject";
import type { RevokeParts } from "./revoke-parts";

/** Lists of public CAs have some megabytes at most; a bound all the same. */
const longestListBytes = 64 * 1024 * 1024;

export function prepareRevocations(parts: RenewParts): RevokeParts & { close(): Promise<void> } {
  const http = new HttpClient({ maxBodyBytes: longestListBytes });
  const folder = join(parts.engine.settings.journalFolder, "revocations");
  return { ...parts, http, journal: new RevocationJournal(folder), close: () => http.close() };
}

export interface RevocationsWanted {
  readonly arns: readonly string[];
  readonly wishes: RevocationWishes;
  /** What was under the one ARN, in place of what the journal says. */
  readonly leaf?: Pick<BegunRevocation, "leaf" | "chain">;
}

/** Errors: those of reading certificates and the journal. */
export async function planNamed(
  { arns, wishes, leaf }: RevocationsWanted,
  estate: Estate,
  config: Pick<Config, "issuers" | "issuer" | "keyAlgorithm">,
  parts: RevokeParts,
): Promise<readonly PlannedRevocation[]> {
  const { engine, accessTo, journal, signal, zones } = parts;
  const given = leaf === undefined ? [] : arns.map((arn) => ({ ...leaf, arn, reason: wishes.reason, begunAt: "" }));
  const begun = [...given, ...(await journal.list())];
  const asking = { issuers: config.issuers, engine, accessTo, serials: wishes.serials, signal };
  const subjects = await Promise.all([...new Set(arns)].map((arn) => readSubject(arn, estate, begun, asking)));
  const planned = planRevocations(subjects, estate, wishes, config);
  return Promise.all(planned.map((each) => checked(each, { engine, zones, signal })));
}

/** What keeps a replacement from being ordered is known before. */
async function checked(planned: PlannedRevocation, parts: Parameters<typeof preflight>[1]): Promise<PlannedRevocation> {
  if (planned.action.kind !== "replace") return planned;
  const [found] = await preflight([planned.action.renewal], parts);
  if (found?.action.kind === "blocked") return { ...planned, action: found.action };
  return planned;
}

/** Errors: `missing_file`, `invalid_argument`. */
export async function readLeafFile(file: string): Promise<Pick<BegunRevocation, "leaf" | "chain">> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new AppError("missing_file", `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  });
  const [leaf, ...chain] = text.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  if (leaf !== undefined) return { leaf: `${leaf}\n`, chain: chain.map((each) => `${each}\n`).join("") };
  throw new AppError("invalid_argument", `${file} holds no certificate in PEM`, {
    hint: "the certificate to revoke, first",
  });
}
