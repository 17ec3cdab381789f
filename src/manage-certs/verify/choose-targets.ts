import { isIP } from "node:net";
import { AppError } from "../../platform/errors";
import type { Estate, ServingPoint } from "../scan/estate";
import { isCalled, pointsCalled } from "../scan/points-called";

/** A server by its place in the network, of which AWS is not asked. */
export interface HostTarget {
  readonly host: string;
  readonly port: number;
}

export interface ChosenTargets {
  readonly points: readonly ServingPoint[];
  readonly hosts: readonly HostTarget[];
}

const httpsPort = 443;

/** Whether AWS has to be asked what these are: not for `www.example.gov:8443`, which nothing in AWS is called. */
export function needScan(targets: readonly string[]): boolean {
  return targets.length === 0 || targets.some((text) => parseHost(text)?.hasPort !== true);
}

/**
 * What these texts mean in an estate: what a scan calls so, what serves a certificate of that ARN, else a host. None
 * means everything. Errors: `invalid_argument` for what is none of these.
 */
export function chooseTargets(targets: readonly string[], estate: Estate = nothingSeen): ChosenTargets {
  if (targets.length === 0) return { points: estate.servingPoints, hosts: [] };
  const chosen = targets.map((text) => chooseOne(text, estate));
  return {
    points: [...new Set(chosen.flatMap(({ points }) => points))],
    hosts: chosen.flatMap(({ hosts }) => hosts),
  };
}

const nothingSeen: Estate = {
  scannedAt: new Date(0),
  ...{ certificates: [], servingPoints: [], attachments: [], observations: [], usage: [], failures: [] },
};

function chooseOne(text: string, estate: Estate): ChosenTargets {
  if (estate.certificates.some(({ arn }) => arn === text)) return { points: serving(text, estate), hosts: [] };
  const host = parseHost(text);
  const isKnown = estate.servingPoints.some((point) => isCalled(point, text));
  if (host === undefined || isKnown) return { points: pointsCalled(text, estate), hosts: [] };
  return { points: [], hosts: [{ host: host.host, port: host.port }] };
}

function serving(certificateArn: string, { attachments }: Estate): ServingPoint[] {
  const points = attachments.filter((each) => each.certificateArn === certificateArn).map(({ point }) => point);
  if (points.length > 0) return points;
  throw new AppError("invalid_argument", `nothing that a scan looks at serves ${certificateArn}`, {
    hint: `put it on a listener: manage-certs attach ${certificateArn} LISTENER`,
  });
}

const form = /^(?:\[([0-9a-f:.]+)\]|([^:/\s[\]]+))(?::(\d{1,5}))?$/i;

/** Names with a dot, addresses, and `localhost`: load balancers have no dot in their names. */
function parseHost(text: string): (HostTarget & { readonly hasPort: boolean }) | undefined {
  const [, bracketed, plain = "", port] = form.exec(text) ?? [];
  const host = bracketed ?? plain;
  const isHost = bracketed === undefined ? /\w\.\w/.test(host) || host === "localhost" : isIP(host) === 6;
  const number = port === undefined ? httpsPort : Number(port);
  if (!isHost || number < 1 || number > 65_535) return undefined;
  return { host, port: number, hasPort: port !== undefined };
}
