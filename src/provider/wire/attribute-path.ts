/**
 * Where in a resource a problem is: attribute and block names as strings, list positions as numbers, map keys by
 * `mapKey`. Elements of a set have no address in the protocol: name the set.
 * @example ["issuer", "directory_url"], ["default_action", 0, "type"], ["tags", mapKey("Name")]
 */
export type AttributePath = readonly PathStep[];

export type PathStep = string | number | MapKey;

export interface MapKey {
  readonly key: string;
}

export function mapKey(key: string): MapKey {
  return { key };
}

/** For people: `default_action[0].type`, `tags["Name"]`. */
export function formatPath(path: AttributePath): string {
  return path
    .map((step, position) => {
      if (typeof step === "number") return `[${step}]`;
      if (typeof step === "object") return `[${JSON.stringify(step.key)}]`;
      return position === 0 ? step : `.${step}`;
    })
    .join("");
}
