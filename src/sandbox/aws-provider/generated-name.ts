import type { Clock } from "../../platform/clock";

/** The time and a counter, as terraform-plugin-sdk makes them (helper/id): 18 digits and 8 of hexadecimal. */
const suffix = /\d{18}[0-9a-f]{8}$/;

/** Names that hashicorp/aws makes up for what the configuration does not name. */
export class GeneratedNames {
  private made = 0;

  constructor(private readonly clock: Clock) {}

  next(prefix: string): string {
    const time = this.clock.now().toISOString().replace(/\D/g, "").padEnd(18, "0");
    return `${prefix}${time}${(++this.made).toString(16).padStart(8, "0")}`;
  }
}

/** What `name_prefix` is of a name; empty where it was not made up. */
export function prefixOfName(name: string): string {
  return suffix.test(name) ? name.replace(suffix, "") : "";
}
