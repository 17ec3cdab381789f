/**
 * What Edge DNS serves and this proxy does not, whoever asks, with the way out for people. Everything here reaches
 * further than any grant can: it acts on whole zones, on secrets, or on drafts that all clients of the proxy would share.
 */
const reasons: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/\/zone-file$/, "a zone file replaces every record at once; use /recordsets or single record sets"],
  [/\/changelists(\/|$)/, "all clients would share one draft per zone; write record sets directly"],
  [/\/versions(\/|$)/, "versions hold records of others, and to activate one writes the whole zone"],
  [/\/(key|keys)(\/|$)/, "TSIG keys are secrets of the whole zone"],
  [/\/zones\/[a-z]+-requests(\/|$)/, "zones are made, converted and deleted by those who run this proxy"],
  [/\/zones\/(dns-sec|zone-transfer)-status$/, "they are asked for many zones at once; GET the zone instead"],
  [/^(POST|PUT|DELETE) .*\/zones(\/\*)?$/, "zones are made, changed and deleted by those who run this proxy"],
  [/\/zones\/\*\/(aliases|contract)$/, "it is about the account, not about records"],
  [/\/data\//, "of the account's data only /data/authorities is served"],
];

/** `template` is the path with values as asterisks. */
export function whyClosed(method: string, template: string): string {
  const route = `${method} /${template}`;
  const reason = reasons.find(([pattern]) => pattern.test(route))?.[1];
  return `${route} is not open through this proxy${reason === undefined ? "" : `: ${reason}`}`;
}
