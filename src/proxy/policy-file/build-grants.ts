import { parseRecordName, parseRecordType } from "../../dns/record-name";
import { canonicalName, isWithinZone } from "../../dns/record-set";
import { AppError, toAppError } from "../../platform/errors";
import { acmeChallengeGrant, acmValidationGrant, type PresetGrant } from "../policy/grant-presets";
import { parseNamePattern } from "../../dns/name-pattern";
import type { Client, Grant } from "../policy/policy";
import { parseValuePattern, type ValuePattern } from "../policy/value-pattern";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import type { LocatedYaml, LocatedProblem, YamlPath } from "../../platform/yaml-file/located-yaml";
import type { GrantEntry } from "./policy-file-shape";

/** The grants of a policy file, and what is wrong with them. */
export function buildGrants(
  yaml: LocatedYaml,
  entries: readonly GrantEntry[],
  clients: readonly Client[],
): { grants: Grant[]; problems: LocatedProblem[] } {
  const problems: LocatedProblem[] = [];
  const known = new Set(clients.map(({ name }) => name));
  const grants = entries.map((entry, index) => {
    const path = ["grants", index];
    /** Runs a parser; its error becomes a problem at that place. */
    const at = <T>(steps: YamlPath, parse: () => T, fallback: T): T => {
      try {
        return parse();
      } catch (error) {
        const { message, hint } = toAppError(error);
        problems.push(yaml.problem([...path, ...steps], message, hint));
        return fallback;
      }
    };
    at(["client"], () => requireClient(entry.client, known), undefined);
    at(["ttlSeconds"], () => requireRange(entry), undefined);
    const zone = at(["zone"], () => parseZone(entry.zone), canonicalName(entry.zone));
    return entry.allow === undefined
      ? buildRecordsGrant(entry, zone, `grants[${index}]`, at)
      : buildPreset(entry, zone, `grants[${index}]`, at);
  });
  return { grants, problems };
}

type At = <T>(steps: YamlPath, parse: () => T, fallback: T) => T;

function buildPreset(entry: GrantEntry, zone: string, id: string, at: At): Grant {
  for (const key of ["types", "values"] as const)
    at(
      [key],
      () => {
        if (entry[key] !== undefined)
          throw invalid(`${key} cannot be set beside allow`, `${entry.allow} has its own; leave ${key} out`);
      },
      undefined,
    );
  entry.names.forEach((name, index) => at(["names", index], () => requireCertificateName(name, zone), undefined));
  const { client, names, actions, ttlSeconds, merge } = entry;
  const preset: PresetGrant = { id, client, zone, names, actions, ttlSeconds, merge };
  return entry.allow === "acme-challenge" ? acmeChallengeGrant(preset) : acmValidationGrant(preset);
}

function buildRecordsGrant(entry: GrantEntry, zone: string, id: string, at: At): Grant {
  for (const key of ["types", "actions"] as const)
    at(
      [],
      () => {
        if (entry[key] === undefined) throw invalid(`a grant without allow needs ${key}`);
      },
      undefined,
    );
  return {
    id,
    client: entry.client,
    zone,
    kind: "records",
    names: entry.names,
    recordNames: entry.names.flatMap((name, index) => at(["names", index], () => [parseNamePattern(name, zone)], [])),
    types: (entry.types ?? []).map((type, index) => at(["types", index], () => parseRecordType(type), type)),
    actions: entry.actions ?? [],
    values: at(["values"], () => parseValues(entry.values), undefined),
    ttlSeconds: entry.ttlSeconds,
    merge: entry.merge ?? false,
  };
}

function requireClient(name: string, known: ReadonlySet<string>): void {
  if (!known.has(name)) throw invalid(`unknown client "${name}"`, didYouMean(name, [...known]));
}

function requireRange({ ttlSeconds }: GrantEntry): void {
  if (ttlSeconds !== undefined && ttlSeconds.min > ttlSeconds.max)
    throw invalid(`ttlSeconds.min ${ttlSeconds.min} is above max ${ttlSeconds.max}`);
}

function parseZone(text: string): string {
  if (text.includes("*")) throw invalid(`"${text}" is not a zone: it has an asterisk`, "write one grant per zone");
  return parseRecordName(text);
}

function requireCertificateName(text: string, zone: string): void {
  if (text.startsWith("**") || text.slice(1).includes("*"))
    throw invalid(`"${text}" is not a certificate name`, "beside allow, names are exact: list each of them");
  const name = parseRecordName(text);
  if (name.startsWith("_"))
    throw invalid(`"${text}" is not a certificate name`, "give the host's name, without the label of the challenge");
  if (!isWithinZone(name.replace(/^\*\./, ""), zone)) throw invalid(`"${text}" is not within the zone ${zone}`);
}

function parseValues(pattern: string | undefined): ValuePattern | undefined {
  if (pattern === undefined) return undefined;
  try {
    return parseValuePattern(pattern);
  } catch (error) {
    throw invalid(`${JSON.stringify(pattern)} is not a regular expression: ${(error as Error).message}`);
  }
}

function invalid(message: string, hint?: string): AppError {
  return new AppError("invalid_config", message, { hint });
}
