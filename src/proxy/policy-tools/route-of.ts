import { isAppError } from "../../platform/errors";
import { parseRoute, type Route } from "../http/route";

/** Undefined for a request that cannot be understood, which the answer to it will say. */
export function routeOf(method: string, target: string): Route | undefined {
  try {
    return parseRoute(method, target);
  } catch (error) {
    if (isAppError(error, "invalid_argument")) return undefined;
    throw error;
  }
}

/** The record set that a path names, if it names one. */
export interface NamedByPath {
  readonly name?: string;
  readonly type?: string;
}

export function namedByPath(method: string, target: string): NamedByPath {
  const route = routeOf(method, target);
  return route !== undefined && "type" in route ? { name: route.name, type: route.type } : {};
}
