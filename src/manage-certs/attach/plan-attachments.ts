/** From a certificate and listeners to what is to be done at each. Pure; start reading here, then `check-attachment.ts`. */
import { chooseByServerName } from "../../certificates/choose-by-server-name";
import { EstateView, type Dated, type Held } from "../findings/estate-view";
import { holds } from "../findings/holds";
import { winnerOver } from "../findings/rules/shadowed";
import { date, nameOfCertificate } from "../findings/words";
import type { Attachment, Estate, ScannedCertificate, ServingPoint } from "../scan/estate";
import type { AttachmentWishes, IsMeant, PlannedAttachment } from "./attachment-plan";
import { checkCertificate, checkPlace, hasList } from "./check-attachment";

/** In the order of the listeners. */
export function planAttachments(
  certificate: ScannedCertificate,
  points: readonly ServingPoint[],
  wishes: AttachmentWishes,
  estate: Estate,
): PlannedAttachment[] {
  const view = new EstateView(estate);
  return points.map((point) => {
    const role = wishes.role ?? (hasList(point) ? "sni" : "default");
    const held = view.held.find((each) => each.point.id === point.id) ?? { point, sni: [] };
    return { point, role, ...planOne(certificate, held, role, view, wishes) };
  });
}

type Planned = Pick<PlannedAttachment, "action" | "notes">;

function planOne(
  certificate: ScannedCertificate,
  held: Held,
  role: Attachment["role"],
  view: EstateView,
  wishes: AttachmentWishes,
): Planned {
  const { arn } = certificate;
  const attached = view.estate.attachments.filter(({ point }) => point.id === held.point.id);
  const isThere = (wanted: Attachment["role"]) =>
    attached.some((each) => each.role === wanted && each.certificateArn === arn);
  const usable = checkCertificate(certificate, view.now);
  if ("kind" in usable) return { action: usable, notes: [] };
  if (isThere("default")) return alreadyDefault(usable, held, role, view, wishes);
  if (role === "sni" && isThere("sni"))
    return { action: { kind: "left", why: "it is on the list", isMeant: byName(usable, held.sni, view) }, notes: [] };
  const blocked = checkPlace(usable, held, role, view, wishes);
  if (blocked !== undefined) return { action: blocked, notes: [] };
  if (role === "sni") return onTheList(usable, held, view);
  const followsArn = attached.find((each) => each.role === "default")?.certificateArn;
  return asDefault(usable, { held, followsArn, detaches: wishes.detachOld && hasList(held.point) }, view);
}

/** Whoever asked to take the old one off, and was interrupted, finds what is left of it. */
function alreadyDefault(
  certificate: Dated,
  held: Held,
  role: Attachment["role"],
  view: EstateView,
  { detachOld }: AttachmentWishes,
): Planned {
  const left = { kind: "left", why: "it is the default", isMeant: meant(certificate, held, [], view) } as const;
  const first = winnerOver(view, held, certificate);
  if (first === undefined || role === "sni") return { action: left, notes: [] };
  const comesFirst = `${first.arn} (${nameOfCertificate(first)}) on its list comes first for clients that send a name`;
  const isReplaced = first.names.every((name) => certificate.names.includes(name) || holds(certificate.names, name));
  if (!detachOld || !isReplaced) return { action: left, notes: [`${comesFirst}; ${takeOff(isReplaced)}`] };
  const isMeant = meant(certificate, held, [first.arn], view);
  const why = `it is the default; ${first.arn} goes off the list`;
  return { action: { kind: "attach", why, followsArn: first.arn, detaches: true, isMeant }, notes: [] };
}

function takeOff(isReplaced: boolean): string {
  return isReplaced ? "--detach-old takes it off" : "it holds other names as well, and stays";
}

function onTheList(certificate: Dated, held: Held, view: EstateView): Planned {
  const list = [...held.sni, certificate];
  const lose = held.sni.filter(
    (entry) => winnerOver(view, { sni: list }, entry)?.arn === certificate.arn && !winnerOver(view, held, entry),
  );
  const notes = lose.map(
    (entry) => `no client gets ${told(entry)} any more: it comes first, and that one stays on the list`,
  );
  const why = `clients that send ${nameOfCertificate(certificate)} get it`;
  return { action: { kind: "attach", why, detaches: false, isMeant: byName(certificate, list, view) }, notes };
}

/** Who gets an entry of a list: clients that send a name for which no other comes first. */
function byName({ arn }: Dated, list: readonly Dated[], view: EstateView): IsMeant {
  return (serverName) => serverName !== undefined && chooseByServerName(list, serverName, view.now)?.arn === arn;
}

interface NewDefault {
  readonly held: Held;
  readonly followsArn?: string;
  readonly detaches: boolean;
}

function asDefault(certificate: Dated, { held, followsArn, detaches }: NewDefault, view: EstateView): Planned {
  const former = held.fallback;
  const leftover = former !== undefined && hasList(held.point) && !detaches;
  const after: Held = { ...held, sni: leftover ? [...held.sni, former] : held.sni };
  const gone = detaches && followsArn !== undefined ? [followsArn] : [];
  const lost = (former?.names ?? []).filter(
    (name) =>
      !leftover &&
      ![certificate, ...held.sni.filter(({ arn }) => !gone.includes(arn))].some((each) => isHeld(each, name)),
  );
  const notes = [
    ...(leftover
      ? [
          `${told(former)} stays on the list, and clients that send its names go on getting it; --detach-old takes it off`,
        ]
      : []),
    ...(lost.length > 0 ? [`nothing there holds ${lost.join(", ")} any more`] : []),
  ];
  const why = former === undefined ? "it becomes the default" : `in place of ${told(former)}`;
  return {
    action: { kind: "attach", why, followsArn, detaches, isMeant: meant(certificate, after, gone, view) },
    notes,
  };
}

function isHeld({ names }: Dated, name: string): boolean {
  return names.includes(name) || holds(names, name);
}

/** Who gets a default: clients without a name, and those whose name no other entry of the list holds. */
function meant(certificate: Dated, { sni }: Held, gone: readonly string[], view: EstateView): IsMeant {
  const list = sni.filter(({ arn }) => !gone.includes(arn));
  return (serverName) => {
    const chosen = serverName === undefined ? undefined : chooseByServerName(list, serverName, view.now);
    return chosen === undefined || chosen.arn === certificate.arn;
  };
}

function told(certificate: Dated): string {
  return `${nameOfCertificate(certificate)} (${certificate.arn}, until ${date(certificate.notAfter)})`;
}
