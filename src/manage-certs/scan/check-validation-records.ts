/** Whether the CNAME records that ACM validates by are still in DNS: without them it cannot renew. */
import { mapLimited } from "../../platform/map-limited";
import type { ScannedCertificate, ValidationRecord } from "./estate";

/** The target of the CNAME at a name; undefined where there is none. Throws where DNS gives no answer. */
export type LookUpCname = (name: string, signal?: AbortSignal) => Promise<string | undefined>;

export interface CheckValidationOptions {
  readonly lookUpCname: LookUpCname;
  readonly signal?: AbortSignal;
}

const underWay = 16;

/** ACM's words for certificates that it will need the record of again. */
const living = new Set(["ISSUED", "PENDING_VALIDATION"]);

/** The same certificates, with `inDns` told for each record. A name that many certificates share is asked for once. */
export async function checkValidationRecords(
  certificates: readonly ScannedCertificate[],
  { lookUpCname, signal }: CheckValidationOptions,
): Promise<ScannedCertificate[]> {
  const wanted = certificates.filter(({ status }) => living.has(status)).flatMap(({ validation }) => validation);
  const names = [...new Set(wanted.flatMap(({ record }) => (record?.type === "CNAME" ? [record.name] : [])))];
  const found = await mapLimited(names, underWay, (name) =>
    lookUpCname(name, signal).then(
      (target) => ({ target }),
      () => undefined,
    ),
  );
  const answers = new Map(names.map((name, index) => [name, found[index]]));
  const told = (entry: ValidationRecord): ValidationRecord => {
    const { record } = entry;
    if (record?.type !== "CNAME" || !answers.has(record.name)) return entry;
    const answer = answers.get(record.name);
    if (answer === undefined) return { ...entry, inDns: "unknown" };
    if (answer.target === undefined) return { ...entry, inDns: "gone" };
    return { ...entry, inDns: bare(answer.target) === bare(record.value) ? "present" : "different" };
  };
  return certificates.map((certificate) =>
    living.has(certificate.status) ? { ...certificate, validation: certificate.validation.map(told) } : certificate,
  );
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
