/** Server certificates of IAM in one account. */
import type { ServerCertificateSummary } from "../../aws/server-certificates";
import { decideRenewal } from "../../certificates/decide-renewal";
import { mapLimited } from "../../platform/map-limited";
import type { ScannedCertificate } from "./estate";
import { ownerOf } from "./owner-of";
import { globalPlace, type ScanContext } from "./scan-context";
import { nameOf, readMaterial } from "./stored-chain";

const underWay = 8;

export interface ServerCertificateFound {
  /** What CloudFront calls it by. */
  readonly id: string;
  readonly certificate: ScannedCertificate;
}

/** Errors: those of `ListServerCertificates`. */
export async function readServerCertificates(context: ScanContext): Promise<ServerCertificateFound[]> {
  const { access, accountId, failures, signal } = context;
  const store = access.serverCertificates();
  const summaries = await store.listAll({ signal });
  return mapLimited(summaries, underWay, async (summary) => {
    const content = await failures.attempt({ accountId, region: globalPlace, service: "iam" }, undefined, async () => {
      const { certificatePem, chainPem, tags } = await store.get(summary.name, { signal });
      return { tags, ...readMaterial({ certificatePem, chainPem }) };
    });
    context.onCertificates(1);
    return { id: summary.id, certificate: toCertificate(summary, content, context) };
  });
}

type Content = ReturnType<typeof readMaterial> & { readonly tags: Readonly<Record<string, string>> };

function toCertificate(
  { arn, name, uploadedAt, ...listed }: ServerCertificateSummary,
  content: Content | undefined,
  { accountId, policy, now }: ScanContext,
): ScannedCertificate {
  const leaf = content?.leaf;
  const tags = content?.tags ?? {};
  const notAfter = leaf?.notAfter ?? listed.notAfter;
  return {
    arn,
    accountId,
    region: globalPlace,
    origin: "iam",
    names: leaf?.names ?? [name],
    issuer: leaf && nameOf(leaf.issuer),
    keyAlgorithm: leaf?.keyAlgorithm,
    serial: leaf?.serial,
    notBefore: leaf?.notBefore,
    notAfter,
    status: notAfter !== undefined && notAfter <= now ? "EXPIRED" : "ISSUED",
    importedAt: uploadedAt,
    inUseBy: [],
    tags,
    owner: ownerOf("iam", tags),
    renewal: leaf && decideRenewal(leaf, policy, undefined, now),
    chain: content?.chain,
    validation: [],
  };
}
