/** What plain values (policy/plain-value.ts) of a type look like, generously: what is not here, no value can be. */
import { haveCommonText } from "./matched-texts";
import type { ValuePattern } from "../../policy/value-pattern";

const octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
const number = "[0-9]{1,5}";
const name = "[a-z0-9_*-]+(?:\\.[a-z0-9_*-]+)*";

const languages: Readonly<Record<string, string>> = {
  A: `^${octet}(?:\\.${octet}){3}$`,
  AAAA: "^[0-9a-f]*:[0-9a-f:.]*$",
  CNAME: `^${name}$`,
  NS: `^${name}$`,
  PTR: `^${name}$`,
  MX: `^${number} ${name}\\.$`,
  SRV: `^${number} ${number} ${number} ${name}\\.$`,
  CAA: '^[0-9]{1,3} [a-z0-9]+ "[ -~]*"$',
};

/** A key authorization digest (RFC 8555 8.4). */
const challengeDigest = "^[A-Za-z0-9_-]{43}$";

/** Whether the pattern matches some value of the type; undefined where that cannot be decided. */
export function canBeValue(type: string, values: ValuePattern): boolean | undefined {
  const language = languages[type];
  return language === undefined ? undefined : haveCommonText(values.source, language);
}

/** Whether what the pattern lets through may prove the control of a name to a CA. */
export function canBeChallenge(values: ValuePattern | undefined): boolean {
  return values === undefined || haveCommonText(values.source, challengeDigest) !== false;
}
