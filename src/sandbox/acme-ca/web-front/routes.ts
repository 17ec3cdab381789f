/** Which operation answers which path and method. */
import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import { account, accountOrders, newAccount } from "./account";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authorization, challenge } from "./authorization";
import { certificate } from "./certificate";
import { directory, newNonce } from "./directory";
import { finalizeOrder } from "./finalize-order";
import { keyChange } from "./key-change";
import { newOrder } from "./new-order";
import { order } from "./order";
import { renewalInfo } from "./renewal-info";
import { revokeCertificate } from "./revoke-certificate";

export interface Route {
  /** The name under which requests pass the gate. */
  readonly operation: string;
  readonly methods: readonly string[];
  readonly handle: (context: AcmeCaContext, request: AcmeRequest) => AcmeAnswer | Promise<AcmeAnswer>;
}

const get = ["GET", "HEAD"];
const post = ["POST"];

/** By the fixed first segment and the count of segments; see `acmeUrls`. */
const routes: Readonly<Record<string, Route>> = {
  "directory 1": { operation: "directory", methods: get, handle: directory },
  "fresh-nonce 1": { operation: "newNonce", methods: get, handle: newNonce },
  "accounts 1": { operation: "newAccount", methods: post, handle: newAccount },
  "accounts 2": { operation: "account", methods: post, handle: account },
  "accounts 3 orders": { operation: "accountOrders", methods: post, handle: accountOrders },
  "key-rollover 1": { operation: "keyChange", methods: post, handle: keyChange },
  "orders 1": { operation: "newOrder", methods: post, handle: newOrder },
  "orders 2": { operation: "order", methods: post, handle: order },
  "orders 3 finalization": { operation: "finalize", methods: post, handle: finalizeOrder },
  "permissions 2": { operation: "authorization", methods: post, handle: authorization },
  "permissions 3": { operation: "challenge", methods: post, handle: challenge },
  "issued 2": { operation: "certificate", methods: post, handle: certificate },
  "issued 3": { operation: "certificate", methods: post, handle: certificate },
  "revocations 1": { operation: "revokeCert", methods: post, handle: revokeCertificate },
  "renewals 2": { operation: "renewalInfo", methods: get, handle: renewalInfo },
};

export interface RouteMatch {
  readonly route: Route;
  readonly parameters: readonly string[];
}

/** undefined for a path that nothing answers. */
export function matchRoute(path: string): RouteMatch | undefined {
  const [, ...segments] = path.split("/");
  const [first = "", ...parameters] = segments;
  const key = `${first} ${segments.length}`;
  const last = segments.at(-1) ?? "";
  const route = routes[`${key} ${last}`] ?? routes[key];
  return route && { route, parameters };
}

export function checkMethod(route: Route, method: string): void {
  if (!route.methods.includes(method)) throw problems.methodNotAllowed(method);
}
