/** The SNI list of a listener (elbv2 API reference). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, records, text, type Input } from "../input";
import { page } from "../page";
import type { Operation } from "../service";
import { listenerArn } from "./listener-operations";

/** These calls take one certificate each (elbv2 API reference, AddListenerCertificates). */
function onlyCertificate(input: Input): string {
  const given = records(input, "Certificates");
  if (given.some((each) => each.IsDefault !== undefined))
    throw new AwsError("ValidationError", "You cannot set the isDefault parameter for a certificate");
  const [certificate] = given;
  if (certificate === undefined || given.length > 1)
    throw new AwsError("ValidationError", "Exactly one certificate must be specified");
  return text(certificate, "CertificateArn");
}

const addListenerCertificates: Operation = {
  subject: listenerArn,
  async run(input, { region }) {
    const listener = region.elb.getListener(text(input, "ListenerArn"));
    const arn = onlyCertificate(input);
    region.elb.addCertificate(listener, arn);
    await region.listenerChanged(listener.arn);
    return { Certificates: [{ CertificateArn: arn, IsDefault: false }] };
  },
};

const removeListenerCertificates: Operation = {
  subject: listenerArn,
  async run(input, { region, now }) {
    const listener = region.elb.getListener(text(input, "ListenerArn"));
    region.elb.removeCertificate(listener, onlyCertificate(input), now);
    await region.listenerChanged(listener.arn);
    return {};
  },
};

const describeListenerCertificates: Operation = {
  subject: listenerArn,
  reads: true,
  run(input, { region, pageSize }) {
    const listener = region.elb.getListener(text(input, "ListenerArn"));
    // The default comes first; if it is in the list as well, it appears twice (DescribeListenerCertificates).
    const entries = [
      ...(listener.defaultCertificateArn === undefined
        ? []
        : [{ CertificateArn: listener.defaultCertificateArn, IsDefault: true }]),
      ...listener.sniCertificateArns.map((CertificateArn) => ({ CertificateArn, IsDefault: false })),
    ];
    const { items, next } = page(entries, {
      token: optionalText(input, "Marker"),
      size: pageSize(optionalNumber(input, "PageSize"), 400),
      idOf: (entry) => `${entry.IsDefault} ${entry.CertificateArn}`,
    });
    return { Certificates: items, NextMarker: next };
  },
};

export const listenerCertificateOperations = {
  AddListenerCertificates: addListenerCertificates,
  RemoveListenerCertificates: removeListenerCertificates,
  DescribeListenerCertificates: describeListenerCertificates,
};
