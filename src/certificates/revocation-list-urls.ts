import { X509Certificate } from "node:crypto";
import { childrenOf, readDer, type DerElement } from "../platform/der-reader";
import { certificateFields } from "./certificate-fields";

const distributionPoints = "2.5.29.31";
const uriTag = 0x86;

/** Where its CA publishes whether a certificate (PEM) is revoked (RFC 5280 4.2.1.13); only http and https. */
export function revocationListUrls(certificatePem: string): readonly string[] {
  const extension = certificateFields(new X509Certificate(certificatePem).raw).extensions.get(distributionPoints);
  if (extension === undefined) return [];
  // DistributionPoint → distributionPoint [0] → fullName [0] → uniformResourceIdentifier [6]
  const inside = (elements: readonly DerElement[], tag: number) =>
    elements.filter((element) => element.tag === tag).flatMap(childrenOf);
  const names = inside(inside(inside(childrenOf(readDer(extension)), 0x30), 0xa0), 0xa0);
  return names
    .filter(({ tag }) => tag === uriTag)
    .map(({ content }) => content.toString("latin1"))
    .filter((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
}
