import { AwsError } from "./aws-error";
import type { ParsedRequest } from "./protocol";

/** Where an action of a REST service lives (Smithy, "HTTP binding traits"). */
export interface Route {
  readonly action: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /**
   * Segments in braces are members of the input: `/2013-04-01/hostedzone/{Id}`; the last may take slashes: `{Id+}`. A
   * query behind it must be in the request, too: `/2020-05-31/tagging?Operation=Tag`.
   */
  readonly path: string;
  /** Headers of the request and the members of the input that they are. @default none */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** Member of the input that the body of the request is. @default the body holds the members */
  readonly requestBody?: string;
  /** Member of the output that the body of the answer is. @default the body holds the members */
  readonly body?: string;
  /** Of a good answer. @default 200 */
  readonly status?: number;
  /** Headers of the answer and the members of the output that they hold, which are not in the body. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RoutedRequest extends ParsedRequest {
  readonly route: Route;
}

/** Finds the action of a request; members of path and query come as texts. Throws AwsError, status 404, if there is none. */
export function matchRoute(routes: readonly Route[], method: string, url: string): RoutedRequest {
  const { pathname, searchParams } = new URL(url, "http://sandbox.invalid");
  for (const route of routes.filter((each) => each.method === method)) {
    const [path = "", query] = route.path.split("?");
    const members = matchPath(path, pathname.replace(/(?<=.)\/$/, ""));
    const fits = [...new URLSearchParams(query)].every(([name, value]) => searchParams.get(name) === value);
    if (members && fits) return { route, action: route.action, input: { ...queryMembers(searchParams), ...members } };
  }
  throw new AwsError("UnknownOperationException", `no action at ${method} ${pathname}`, 404);
}

/** A member that is named several times is a list. */
function queryMembers(query: URLSearchParams): Record<string, string | readonly string[]> {
  const member = (name: string) => {
    const [value = "", ...more] = query.getAll(name);
    return more.length === 0 ? value : [value, ...more];
  };
  return Object.fromEntries([...query.keys()].map((name) => [name, member(name)]));
}

function matchPath(template: string, path: string): Record<string, string> | undefined {
  const names: string[] = [];
  const pattern = template.replace(/\{(\w+)(\+?)\}/g, (_, name: string, greedy: string) => {
    names.push(name);
    return greedy === "" ? "([^/]+)" : "(.+)";
  });
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (found === null) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? "")]));
}
