import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import { orderStatus } from "../store/object-status";
import type { Account, Order } from "../store/objects";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authenticateAccount } from "./authenticate";
import { orderView, pendingHeaders } from "./object-views";

/** POST-as-GET of an order (RFC 8555 7.4). */
export function order(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  const { account } = authenticateAccount(context, request);
  return orderAnswer(context, ownOrder(context, request, account));
}

export function orderAnswer(context: AcmeCaContext, order: Order): AcmeAnswer {
  const status = orderStatus(order, context.settings.clock.now());
  return {
    status: 200,
    headers: { location: context.urls.order(order), ...pendingHeaders(context, status) },
    body: orderView(context, order),
  };
}

export function ownOrder(context: AcmeCaContext, request: AcmeRequest, account: Account): Order {
  const found = context.store.orders.get(request.parameters[0] ?? "");
  if (found === undefined) throw problems.notFound("there is no such order");
  if (found.accountId !== account.id) throw problems.unauthorized("this is the order of somebody else");
  return found;
}
