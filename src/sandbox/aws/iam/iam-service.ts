/** AWS Identity and Access Management, version 2010-05-08: server certificates (IAM API reference). */
import { optionalNumber, optionalText, tagPairs, text, texts, type Input } from "../input";
import { page } from "../page";
import { queryProtocol } from "../query-protocol";
import type { CallContext, Operation, Output, Service } from "../service";
import type { ServerCertificate } from "./server-certificates";

const certificateName = (input: Input) => optionalText(input, "ServerCertificateName");

/** What lists show; tags are told by GetServerCertificate and ListServerCertificateTags alone. */
function metadata({ path, name, id, arn, uploadedAt, material }: ServerCertificate): Output {
  return {
    Path: path,
    ServerCertificateName: name,
    ServerCertificateId: id,
    Arn: arn,
    UploadDate: uploadedAt,
    Expiration: material.info.notAfter,
  };
}

/** Sorted by key (ListServerCertificateTags). */
function tagList({ tags }: ServerCertificate): readonly { readonly Key: string; readonly Value: string }[] {
  return [...tags].sort(([one], [other]) => (one < other ? -1 : 1)).map(([Key, Value]) => ({ Key, Value }));
}

function onCertificate(
  run: (found: ServerCertificate, input: Input, context: CallContext) => Output,
  reads = false,
): Operation {
  return {
    subject: certificateName,
    reads,
    run: (input, context) =>
      run(context.region.account.serverCertificates.get(text(input, "ServerCertificateName")), input, context),
  };
}

const uploadServerCertificate: Operation = {
  subject: certificateName,
  run(input, { region, now }) {
    const { serverCertificates } = region.account;
    const made = serverCertificates.upload(
      {
        name: text(input, "ServerCertificateName"),
        path: optionalText(input, "Path") ?? "/",
        certificatePem: text(input, "CertificateBody"),
        privateKeyPem: text(input, "PrivateKey"),
        chainPem: optionalText(input, "CertificateChain") ?? "",
      },
      now,
    );
    serverCertificates.setTags(made, tagPairs(input));
    return { ServerCertificateMetadata: metadata(made), Tags: tagList(made) };
  },
};

/** Pages of IAM: 100 unless another size is asked for, 1,000 at most (ListServerCertificates). */
function paged<T>(all: readonly T[], input: Input, { pageSize }: CallContext, idOf: (item: T) => string) {
  const size = pageSize(optionalNumber(input, "MaxItems") ?? 100, 1000);
  const { items, next } = page(all, { token: optionalText(input, "Marker"), size, idOf });
  return { items, rest: { IsTruncated: next !== undefined, Marker: next } };
}

const listServerCertificates: Operation = {
  reads: true,
  run(input, context) {
    const prefix = optionalText(input, "PathPrefix") ?? "/";
    const all = context.region.account.serverCertificates.all().filter(({ path }) => path.startsWith(prefix));
    const { items, rest } = paged(all, input, context, ({ id }) => id);
    return { ServerCertificateMetadataList: items.map(metadata), ...rest };
  },
};

const getServerCertificate = onCertificate((found) => {
  const { certificatePem, chainPem } = found.material;
  return {
    ServerCertificate: {
      ServerCertificateMetadata: metadata(found),
      CertificateBody: certificatePem,
      CertificateChain: chainPem === "" ? undefined : chainPem,
      Tags: tagList(found),
    },
  };
}, true);

const listServerCertificateTags = onCertificate((found, input, context) => {
  const { items, rest } = paged(tagList(found), input, context, ({ Key }) => Key);
  return { Tags: items, ...rest };
}, true);

const tagServerCertificate = onCertificate((found, input, { region }) => {
  region.account.serverCertificates.setTags(found, tagPairs(input));
  return {};
});

const untagServerCertificate = onCertificate((found, input) => {
  for (const key of texts(input, "TagKeys")) found.tags.delete(key);
  return {};
});

const deleteServerCertificate = onCertificate((found, _, { region, now }) => {
  region.account.serverCertificates.delete(found, now);
  return {};
});

export const iamService: Service = {
  signingName: "iam",
  protocol: queryProtocol,
  iamPrefix: "iam",
  namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  // AWS general reference, "IAM endpoints": one for all regions, signed for US East (N. Virginia).
  signingRegion: "us-east-1",
  operations: {
    UploadServerCertificate: uploadServerCertificate,
    ListServerCertificates: listServerCertificates,
    GetServerCertificate: getServerCertificate,
    DeleteServerCertificate: deleteServerCertificate,
    ListServerCertificateTags: listServerCertificateTags,
    TagServerCertificate: tagServerCertificate,
    UntagServerCertificate: untagServerCertificate,
  },
};
