/** What the management API offers, row by row. Every answer is JSON; `undefined` is 204 without a body. */
import { z } from "zod";
import { AppError } from "../../platform/errors";
import { trapActions } from "../request-gate";
import { faultProfiles, type FaultProfile } from "../sandbox-options";
import type { Sandbox } from "../start-sandbox";
import { TrapBoard } from "./trap-board";

export interface ManagementCall {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

export interface ManagementRoute {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** With `:name` for its parameters. */
  readonly path: string;
  readonly answer: (call: ManagementCall) => unknown;
}

const faultsBody = z.strictObject({ profile: z.enum(Object.keys(faultProfiles) as [FaultProfile, ...FaultProfile[]]) });
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const windowBody = z.strictObject({ start: moment, end: moment, explanationUrl: z.url().optional() });
const revocationBody = z.strictObject({ reason: z.int().min(0).max(10).optional() });
const trapBody = z.strictObject({
  part: z.enum(["acme", "aws", "dns", "edge-dns"]),
  operation: z.string().min(1).optional(),
  nth: z.int().min(1).default(1),
  times: z.int().min(1).default(1),
  action: z.enum(trapActions),
});

export function managementRoutes(sandbox: Sandbox): readonly ManagementRoute[] {
  const { gate, acme, zones, account } = sandbox;
  const traps = new TrapBoard(gate);
  const serial = ({ parameters }: ManagementCall) => parameters.serial ?? "";
  return [
    {
      method: "GET",
      path: "/history",
      answer: ({ query }) => gate.history.filter(({ part }) => query.part === undefined || part === query.part),
    },
    { method: "GET", path: "/certificates", answer: () => acme.certificates() },
    { method: "GET", path: "/orders", answer: () => acme.orders() },
    {
      method: "PUT",
      path: "/certificates/:serial/renewal-window",
      answer: (call) => acme.setRenewalWindow(serial(call), parse(windowBody, call.body)),
    },
    {
      method: "DELETE",
      path: "/certificates/:serial/renewal-window",
      answer: (call) => acme.setRenewalWindow(serial(call), undefined),
    },
    {
      method: "POST",
      path: "/certificates/:serial/revocation",
      answer: (call) => acme.revokeCertificate(serial(call), parse(revocationBody, call.body).reason),
    },
    { method: "GET", path: "/zones", answer: () => zones.zones() },
    {
      method: "GET",
      path: "/zones/:zone/record-sets",
      answer: ({ parameters: { zone = "" } }) => {
        if (zones.zone(zone) === undefined) throw new AppError("invalid_argument", `the sandbox has no zone ${zone}`);
        return zones.recordSets(zone);
      },
    },
    {
      method: "GET",
      path: "/listeners",
      answer: () =>
        [...account.frontEnds.addresses()].flatMap(([listenerArn, addresses]) =>
          addresses.map((address) => ({ listenerArn, ...address })),
        ),
    },
    { method: "POST", path: "/daily-notices", answer: () => account.publishDailyNotices() },
    { method: "GET", path: "/messages", answer: () => account.messages() },
    {
      method: "PUT",
      path: "/faults",
      answer: ({ body }) => sandbox.setFaults(faultProfiles[parse(faultsBody, body).profile]),
    },
    { method: "POST", path: "/traps", answer: ({ body }) => traps.set(parse(trapBody, body)) },
    { method: "GET", path: "/traps", answer: () => traps.list() },
    { method: "DELETE", path: "/traps/:id", answer: ({ parameters }) => traps.release(parameters.id ?? "") },
  ];
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const reasons = result.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  throw new AppError("invalid_argument", reasons.join("; "), { hint: "see docs/reference/sandbox.md" });
}
