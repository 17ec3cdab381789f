/** AWS Certificate Manager: certificates that are imported, and those that it issues (ACM API reference). */
import { AwsError } from "../aws-error";
import { optionalText, record, tagPairs, text, type Input } from "../input";
import { jsonProtocol } from "../json-protocol";
import type { CallContext, Operation, Output, Service } from "../service";
import type { CertificateRecord } from "./acm-state";
import { detailOutput, outputFacts } from "./certificate-output";
import { parseCertificateRequest, parseOptions } from "./certificate-request";
import { parseImportedMaterial } from "./imported-material";
import { listCertificates } from "./list-certificates";
import { searchCertificates } from "./search-certificates";

const certificateArn = (input: Input) => optionalText(input, "CertificateArn");

const importCertificate: Operation = {
  subject: certificateArn,
  async run(input, { region, now }) {
    const arn = certificateArn(input);
    const existing = arn === undefined ? undefined : region.acm.get(arn);
    const tags = tagPairs(input);
    if (existing && tags.length > 0)
      throw new AwsError("ValidationException", "Tagging is not permitted on re-import.");
    const chain = optionalText(input, "CertificateChain");
    const material = parseImportedMaterial(
      {
        certificate: Buffer.from(text(input, "Certificate"), "base64"),
        privateKey: Buffer.from(text(input, "PrivateKey"), "base64"),
        chain: chain === undefined ? undefined : Buffer.from(chain, "base64"),
      },
      now,
    );
    if (existing === undefined) return { CertificateArn: region.acm.import(material, tags, now).arn };
    region.acm.reimport(existing, material, now);
    await region.certificateChanged(existing.arn);
    return { CertificateArn: existing.arn };
  },
};

const requestCertificate: Operation = {
  subject: (input) => optionalText(input, "DomainName"),
  run(input, { region, now }) {
    const { namesPerCertificateQuota } = region.account.faults;
    const request = parseCertificateRequest(input, namesPerCertificateQuota);
    const { arn } = region.acm.request(request, tagPairs(input), now);
    region.caretaker.wake();
    return { CertificateArn: arn };
  },
};

/** ACM API reference, GetCertificate: RequestInProgressException until the certificate is issued. */
function issuedMaterial({ arn, material, issuance }: CertificateRecord) {
  if (material) return material;
  if (issuance?.failure === undefined)
    throw new AwsError("RequestInProgressException", `The certificate ${arn} is not issued yet.`);
  throw new AwsError("ResourceNotFoundException", `The certificate ${arn} was never issued.`);
}

function onCertificate(run: (arn: string, input: Input, context: CallContext) => Output, reads = false): Operation {
  return {
    subject: certificateArn,
    reads,
    run: (input, context) => run(text(input, "CertificateArn"), input, context),
  };
}

export const acmService: Service = {
  signingName: "acm",
  protocol: jsonProtocol,
  iamPrefix: "acm",
  operations: {
    ImportCertificate: importCertificate,
    ListCertificates: listCertificates,
    SearchCertificates: searchCertificates,
    RequestCertificate: requestCertificate,
    DescribeCertificate: onCertificate(
      (arn, _, context) => ({ Certificate: detailOutput(context.region.acm.get(arn), outputFacts(context, arn)) }),
      true,
    ),
    UpdateCertificateOptions: onCertificate((arn, input, { region }) => {
      const { issuance } = region.acm.get(arn);
      if (issuance === undefined)
        throw new AwsError("InvalidStateException", `The certificate ${arn} was imported and has no options.`);
      issuance.options = parseOptions(record(input, "Options"), issuance.options);
      return {};
    }),
    GetCertificate: onCertificate((arn, _, { region }) => {
      const { certificatePem, chainPem } = issuedMaterial(region.acm.get(arn));
      return { Certificate: certificatePem, CertificateChain: chainPem === "" ? undefined : chainPem };
    }, true),
    DeleteCertificate: onCertificate((arn, _, { region, now }) => {
      region.acm.delete(region.acm.get(arn), now);
      return {};
    }),
    ListTagsForCertificate: onCertificate((arn, _, { region }) => {
      return { Tags: [...region.acm.get(arn).tags].map(([Key, Value]) => ({ Key, Value })) };
    }, true),
    AddTagsToCertificate: onCertificate((arn, input, { region, now }) => {
      region.acm.addTags(region.acm.get(arn), tagPairs(input), now);
      return {};
    }),
    RemoveTagsFromCertificate: onCertificate((arn, input, { region, now }) => {
      const keys = tagPairs(input).map(([key]) => key);
      region.acm.removeTags(region.acm.get(arn), keys, now);
      return {};
    }),
  },
};
