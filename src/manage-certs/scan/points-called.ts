import { AppError } from "../../platform/errors";
import { didYouMean } from "../../platform/yaml-file/did-you-mean";
import type { Estate, ServingPoint } from "./estate";

/**
 * Whether a person may mean this by that: its ARN or that of what it belongs to, the name that a scan shows, or the
 * load balancer's, which stands for all its listeners.
 */
export function isCalled({ id, name, arn }: ServingPoint, wanted: string): boolean {
  const called = [name, withoutPort(name)].map((each) => each.toLowerCase());
  return [id, arn].includes(wanted) || called.includes(wanted.toLowerCase());
}

function withoutPort(name: string): string {
  return name.replace(/:\d+$/, "");
}

/** Everything of that name. Errors: `invalid_argument` where there is nothing. */
export function pointsCalled(
  wanted: string,
  { servingPoints, failures }: Pick<Estate, "servingPoints" | "failures">,
): readonly ServingPoint[] {
  const found = servingPoints.filter((point) => isCalled(point, wanted));
  if (found.length > 0) return found;
  const names = servingPoints.flatMap(({ name }) => [name, withoutPort(name)]);
  const lost = failures.length > 0 ? ", and a part of the estate could not be looked at" : "";
  throw new AppError("invalid_argument", `the scan found nothing called ${wanted} that serves a certificate${lost}`, {
    hint: didYouMean(wanted, names) ?? "write it as a scan shows it, such as web:443; --regions says where to look",
  });
}
