import { AppError } from "../../platform/errors";
import type { Estate, ServingPoint } from "../scan/estate";
import { pointsCalled } from "../scan/points-called";

/** One serving point for each text. Errors: `invalid_argument` where there is none, or where it may be several. */
export function listenersCalled(wanted: readonly string[], estate: Estate): readonly ServingPoint[] {
  const points = wanted.map((text) => {
    const [point, ...others] = pointsCalled(text, estate);
    if (point !== undefined && others.length === 0) return point;
    const names = [point, ...others].map((each) => (each === undefined ? "" : each.id)).join(", ");
    throw new AppError("invalid_argument", `${text} may be any of ${names}`, { hint: "name the one that is meant" });
  });
  return [...new Set(points)];
}
