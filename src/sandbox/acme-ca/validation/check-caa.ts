/** Certification Authority Authorization as the CA must check it (RFC 8659, with the parameters of RFC 8657). */
import type { CaaRecord } from "node:dns";
import { problems } from "../problems";
import { DnsFailure, type DnsAnswers } from "./dns-answers";

export interface CaaQuestion {
  /** Without the wildcard label. */
  readonly name: string;
  readonly wildcard: boolean;
  /** The names under which this CA may be permitted. */
  readonly identities: readonly string[];
  readonly accountUrl: string;
  /** How control was proved: `dns-01`. */
  readonly method: string;
}

/**
 * Climbs from the name towards the root; the first CAA set found decides, none at all permits (RFC 8659 3).
 * A failed look-up permits nothing (Baseline Requirements 3.2.2.8.1). Throws the problems caa and dns.
 */
export async function checkCaa(question: CaaQuestion, dns: DnsAnswers): Promise<void> {
  const labels = question.name.split(".");
  for (let index = 0; index < labels.length; index++) {
    const holder = labels.slice(index).join(".");
    const records = await caaAt(holder, question, dns);
    if (records.length === 0) continue;
    const refusal = refusalOf(records, question);
    if (refusal === undefined) return;
    throw problems.caa(`CAA record for ${holder} prevents issuance: ${refusal}`, identifierOf(question));
  }
}

async function caaAt(holder: string, question: CaaQuestion, dns: DnsAnswers): Promise<CaaRecord[]> {
  try {
    return await dns.caa(holder);
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    // The sandbox has no root servers: what its one server refuses is a zone above those it holds, with nothing in it.
    if (error.reason === "NXDOMAIN" || (error.reason === "REFUSED" && holder !== question.name)) return [];
    throw problems.dns(error.message, identifierOf(question));
  }
}

const understood = ["issue", "issuewild", "iodef", "contactemail", "contactphone", "issuemail", "issuevmc"];
const criticalFlag = 128;

/** Why a set forbids, or undefined if it permits. */
function refusalOf(records: readonly CaaRecord[], question: CaaQuestion): string | undefined {
  const strange = records.find((each) => each.critical & criticalFlag && !understood.some((tag) => tag in each));
  if (strange) return "it has a critical property that is not understood";
  const issue = records.flatMap((record) => record.issue ?? []);
  const issueWild = records.flatMap((record) => record.issuewild ?? []);
  // For a wildcard `issuewild` takes the place of `issue` as soon as there is one (RFC 8659 4.3).
  const relevant = question.wildcard && issueWild.length > 0 ? issueWild : issue;
  if (relevant.length === 0 || relevant.some((value) => permits(value, question))) return undefined;
  return `it permits ${relevant.map((value) => `"${value}"`).join(", ")}`;
}

function permits(value: string, { identities, accountUrl, method }: CaaQuestion): boolean {
  const [issuer = "", ...pairs] = value.split(";").map((part) => part.trim());
  if (!identities.includes(issuer.toLowerCase())) return false;
  return pairs.every((pair) => {
    const [key = "", ...rest] = pair.split("=");
    const wanted = rest.join("=").trim();
    if (key.trim().toLowerCase() === "accounturi") return wanted === accountUrl;
    if (key.trim().toLowerCase() === "validationmethods") return wanted.split(",").includes(method);
    return true;
  });
}

function identifierOf({ name, wildcard }: CaaQuestion) {
  return { type: "dns", value: wildcard ? `*.${name}` : name };
}
