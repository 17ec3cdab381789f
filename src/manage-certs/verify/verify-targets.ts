/** Whether clients get what they should, by fresh handshakes. Changes nothing. Start reading here. */
import type { Clock } from "../../platform/clock";
import { addressesBy } from "../../rollout/connect-to";
import type { Estate, ServingPoint } from "../scan/estate";
import { observeWire, type HandshakeOptions, type ObserveRun } from "../scan/observe-wire";
import { checkPoints } from "./check-points";
import type { ChosenTargets } from "./choose-targets";
import type { Verification } from "./verification";
import { verifyHosts } from "./verify-hosts";

export interface VerifyOptions extends ObserveRun {
  readonly handshakes: HandshakeOptions;
  readonly clock: Clock;
}

/**
 * Every address of every target is asked without a name and for each name that it should serve. Errors: `aborted` alone.
 * @param estate what AWS says, without handshakes; undefined where AWS was not asked
 */
export async function verifyTargets(
  { points, hosts }: ChosenTargets,
  estate: Estate | undefined,
  { handshakes, clock, onProgress, signal }: VerifyOptions,
): Promise<Verification> {
  const verifiedAt = clock.now();
  const { connectTo = [] } = handshakes;
  const isPlaced = ({ hostName, names, port }: ServingPoint) =>
    addressesBy(connectTo, [hostName, ...names], port) !== undefined;
  const [observations, ofHosts] = await Promise.all([
    estate === undefined ? [] : observeWire({ ...estate, points }, handshakes, { onProgress, signal }),
    verifyHosts(hosts, handshakes, signal),
  ]);
  const ofPoints = estate && checkPoints(points, { ...estate, scannedAt: verifiedAt, observations }, isPlaced);
  return { verifiedAt, targets: [...(ofPoints ?? []), ...ofHosts], failures: estate?.failures ?? [] };
}
