/** AWS Certificate Manager, as far as imported certificates go (ACM API reference). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, record, tagPairs, text, texts, type Input } from "../input";
import { jsonProtocol } from "../json-protocol";
import { page } from "../page";
import type { CallContext, Operation, Output, Service } from "../service";
import { detailOutput, summaryOutput } from "./certificate-output";
import { parseImportedMaterial } from "./imported-material";

const certificateArn = (input: Input) => optionalText(input, "CertificateArn");

/** ListCertificates shows these alone unless `Includes.keyTypes` names others (ACM API reference, Filters). */
const keyTypesByDefault = ["RSA_1024", "RSA_2048"];

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

const listCertificates: Operation = {
  reads: true,
  run(input, { region, now, pageSize }) {
    const asked = texts(record(input, "Includes"), "keyTypes");
    const keyTypes = asked.length > 0 ? asked : keyTypesByDefault;
    const statuses = texts(input, "CertificateStatuses");
    const entries = region.acm
      .indexed(now)
      .filter((entry) => keyTypes.includes(entry.material.info.keyAlgorithm))
      .map((entry) => summaryOutput(entry, region.acm.usersOf(entry.record.arn, now).length > 0, now))
      .filter((entry) => statuses.length === 0 || statuses.includes(String(entry.Status)));
    const { items, next } = page(entries, {
      token: optionalText(input, "NextToken"),
      size: pageSize(optionalNumber(input, "MaxItems"), 1000),
      idOf: (entry) => String(entry.CertificateArn),
    });
    return { CertificateSummaryList: items, NextToken: next };
  },
};

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
    DescribeCertificate: onCertificate((arn, _, { region, now }) => {
      const found = region.acm.get(arn);
      return { Certificate: detailOutput(found, region.acm.usersOf(arn, now), now) };
    }, true),
    GetCertificate: onCertificate((arn, _, { region }) => {
      const { certificatePem, chainPem } = region.acm.get(arn).material;
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
