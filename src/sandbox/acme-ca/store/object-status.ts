/** Statuses, derived from facts each time they are asked for (RFC 8555 7.1.6). */
import type { Authorization, Challenge, Order } from "./objects";

export type ChallengeStatus = "pending" | "processing" | "valid" | "invalid";

export function challengeStatus(challenge: Challenge): ChallengeStatus {
  if (challenge.result) return challenge.result.error ? "invalid" : "valid";
  return challenge.answeredAt ? "processing" : "pending";
}

export type AuthorizationStatus = "pending" | "valid" | "invalid" | "deactivated" | "expired";

export function authorizationStatus(authorization: Authorization, now: Date): AuthorizationStatus {
  if (authorization.deactivatedAt) return "deactivated";
  const statuses = authorization.challenges.map(challengeStatus);
  // One failed challenge settles it: the client has to order again.
  if (statuses.includes("invalid")) return "invalid";
  if (authorization.expires <= now) return "expired";
  return statuses.includes("valid") ? "valid" : "pending";
}

export type OrderStatus = "pending" | "ready" | "processing" | "valid" | "invalid";

export function orderStatus(order: Order, now: Date): OrderStatus {
  if (order.certificate) return "valid";
  if (order.error) return "invalid";
  if (order.finalizedAt) return "processing";
  if (order.expires <= now) return "invalid";
  const statuses = order.authorizations.map((authorization) => authorizationStatus(authorization, now));
  if (statuses.some((status) => status !== "pending" && status !== "valid")) return "invalid";
  return statuses.every((status) => status === "valid") ? "ready" : "pending";
}
