import { isUnknown, type Unknown } from "../../provider/wire/value";
import type { StandInData } from "./stand-in-data";

/** A region that the configuration leaves out is the provider's, known at plan as in hashicorp/aws 6. */
export function planRegion(
  configured: string | Unknown | null,
  proposed: string | Unknown | null,
  data: StandInData | null,
): string | Unknown | null {
  return configured === null && isUnknown(proposed) && data !== null ? data.region : proposed;
}
