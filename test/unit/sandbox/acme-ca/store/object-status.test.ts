import {
  authorizationStatus,
  challengeStatus,
  orderStatus,
} from "../../../../../src/sandbox/acme-ca/store/object-status";
import type {
  Authorization,
  Challenge,
  Order,
  StoredCertificate,
} from "../../../../../src/sandbox/acme-ca/store/objects";
import { problems } from "../../../../../src/sandbox/acme-ca/problems";

const now = new Date("2026-11-02T10:00:00Z");
const later = new Date("2026-11-02T11:00:00Z");
const error = problems.malformed("x").document;

const challenge = (facts: Partial<Challenge> = {}): Challenge => ({ id: "c", type: "dns-01", token: "t", ...facts });
const valid = challenge({ answeredAt: now, result: { at: now } });
const failed = challenge({ answeredAt: now, result: { at: now, error } });

const authorization = (challenges: Challenge[], facts: Partial<Authorization> = {}): Authorization => ({
  id: "z",
  accountId: "a",
  name: "a.example.gov",
  wildcard: false,
  profile: "classic",
  challenges,
  expires: later,
  ...facts,
});

const order = (authorizations: Authorization[], facts: Partial<Order> = {}): Order => ({
  id: "o",
  accountId: "a",
  names: ["a.example.gov"],
  profile: "classic",
  authorizations,
  createdAt: now,
  expires: later,
  ...facts,
});

test.each([
  ["pending", challenge()],
  ["processing", challenge({ answeredAt: now })],
  ["valid", valid],
  ["invalid", failed],
])("challenge: %s", (status, subject) => expect(challengeStatus(subject)).toBe(status));

const open = authorization([challenge()]);
const good = authorization([valid, challenge()]);
const bad = authorization([failed, challenge()]);

test.each<[string, string, Authorization]>([
  ["pending", "nothing answered", open],
  ["pending", "answered, not looked at yet", authorization([challenge({ answeredAt: now })])],
  ["valid", "one challenge valid", good],
  ["invalid", "one challenge failed", bad],
  ["expired", "nothing answered in time", authorization([challenge()], { expires: now })],
  ["expired", "valid, but old", authorization([valid], { expires: now })],
  ["invalid", "failed, and old", authorization([failed], { expires: now })],
  ["deactivated", "valid, given back", authorization([valid], { deactivatedAt: now })],
])("authorization %s: %s", (status, _, subject) => expect(authorizationStatus(subject, now)).toBe(status));

const certificate = {} as StoredCertificate;

test.each<[string, string, Order]>([
  ["pending", "an authorization is open", order([good, open])],
  ["ready", "all are valid", order([good, good])],
  ["invalid", "one failed", order([good, bad])],
  ["invalid", "one was given back", order([good, authorization([valid], { deactivatedAt: now })])],
  ["invalid", "one is too old", order([good, authorization([valid], { expires: now })])],
  ["invalid", "the order is too old", order([good], { expires: now })],
  ["processing", "finalized", order([good], { finalizedAt: now })],
  ["processing", "finalized, an authorization given back since", order([bad], { finalizedAt: now })],
  ["invalid", "issuing failed", order([good], { finalizedAt: now, error })],
  ["valid", "issued", order([good], { finalizedAt: now, certificate })],
  ["valid", "issued long ago", order([bad], { finalizedAt: now, certificate, expires: now })],
])("order %s: %s", (status, _, subject) => expect(orderStatus(subject, now)).toBe(status));
