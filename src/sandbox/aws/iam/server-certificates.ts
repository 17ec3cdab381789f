/** Server certificates of an account (IAM user guide, "Manage server certificates in IAM"). They belong to no region. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { parseCertificate } from "../../../certificates/parse-certificate";
import { isChained, type ImportedMaterial } from "../acm/imported-material";
import { AwsError } from "../aws-error";
import type { AwsFaults } from "../aws-faults";

export interface ServerCertificate {
  /** `ASCA` and 17 letters and digits. */
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  readonly uploadedAt: Date;
  readonly material: ImportedMaterial;
  readonly tags: Map<string, string>;
}

export interface NewServerCertificate {
  readonly name: string;
  /** Begins and ends with a slash; CloudFront takes what is below `/cloudfront/`. */
  readonly path: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** Empty if there is none. */
  readonly chainPem: string;
}

export interface ServerCertificatesOptions {
  readonly accountId: string;
  readonly faults: () => AwsFaults;
  readonly newId: () => string;
  /** ARNs of what uses a certificate. */
  readonly usersOf: (certificate: ServerCertificate, now: Date) => readonly string[];
}

/** Tags of a server certificate (IAM user guide, "IAM and STS quotas"). */
const tagQuota = 50;

export class ServerCertificates {
  private readonly certificates = new Map<string, ServerCertificate>();

  constructor(private readonly options: ServerCertificatesOptions) {}

  /** By name, which is taken once whatever its case (UploadServerCertificate). */
  get(name: string): ServerCertificate {
    const found = this.certificates.get(name.toLowerCase());
    if (found?.name === name) return found;
    throw new AwsError("NoSuchEntity", `The Server Certificate with name ${name} cannot be found.`, 404);
  }

  find(arn: string): ServerCertificate | undefined {
    return this.all().find((each) => each.arn === arn);
  }

  findById(id: string): ServerCertificate | undefined {
    return this.all().find((each) => each.id === id);
  }

  all(): readonly ServerCertificate[] {
    return [...this.certificates.values()];
  }

  upload(wanted: NewServerCertificate, now: Date): ServerCertificate {
    const { name, path } = wanted;
    if (!/^[\w+=,.@-]{1,128}$/.test(name)) throw invalid(`The specified value for serverCertificateName is invalid.`);
    if (!/^\/$|^\/[\x21-\x7e]{0,510}\/$/.test(path)) throw invalid("The specified value for path is invalid.");
    if (this.certificates.has(name.toLowerCase()))
      throw new AwsError("EntityAlreadyExists", `The Server Certificate with name ${name} already exists.`, 409);
    const { serverCertificateQuota } = this.options.faults();
    if (this.certificates.size >= serverCertificateQuota)
      throw new AwsError(
        "LimitExceeded",
        `Cannot exceed quota for ServerCertificatesPerAccount: ${serverCertificateQuota}`,
        409,
      );
    const made: ServerCertificate = {
      id: `ASCA${this.options.newId().replaceAll("-", "").slice(0, 17).toUpperCase()}`,
      arn: `arn:aws:iam::${this.options.accountId}:server-certificate${path}${name}`,
      name,
      path,
      uploadedAt: now,
      material: readMaterial(wanted, now),
      tags: new Map<string, string>(),
    };
    this.certificates.set(name.toLowerCase(), made);
    return made;
  }

  delete(certificate: ServerCertificate, now: Date): void {
    const users = this.options.usersOf(certificate, now);
    if (users.length > 0)
      throw new AwsError(
        "DeleteConflict",
        `Certificate: ${certificate.id} is currently in use by ${users.join(", ")}. Please remove it first before deleting it from IAM.`,
        409,
      );
    this.certificates.delete(certificate.name.toLowerCase());
  }

  setTags({ tags }: ServerCertificate, added: readonly (readonly [string, string])[]): void {
    const keys = new Set([...tags.keys(), ...added.map(([key]) => key)]);
    if (keys.size > tagQuota)
      throw new AwsError("LimitExceeded", `The number of tags has reached the maximum limit of ${tagQuota}.`, 409);
    for (const [key, value] of added) tags.set(key, value);
  }
}

/** UploadServerCertificate: in PEM, not over, with its own key, the chain beginning with what signed it. */
function readMaterial(wanted: NewServerCertificate, now: Date): ImportedMaterial {
  const { certificatePem, privateKeyPem, chainPem } = wanted;
  const x509 = readPem(
    () => new X509Certificate(certificatePem),
    "Unable to parse certificate. Please ensure the certificate is in PEM format.",
  );
  const key = readPem(() => createPrivateKey(privateKeyPem), "Unable to parse key; The Private Key is malformed.");
  if (!x509.checkPrivateKey(key))
    throw new AwsError("KeyPairMismatch", "Private key does not match certificate body, please check the private key.");
  const info = parseCertificate(certificatePem);
  if (info.notAfter < now) throw malformed("Certificate is no longer valid.");
  if (!isChained(x509, chainPem))
    throw malformed(
      "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order.",
    );
  // Node leaves the property out for an empty subject, whatever its type says.
  const subject = (x509.subject as string | undefined) ?? "";
  return { certificatePem, chainPem, privateKeyPem, info, subject };
}

function readPem<T>(read: () => T, problem: string): T {
  try {
    return read();
  } catch {
    // refused below, without a word about the content
  }
  throw malformed(problem);
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedCertificate", message);
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationError", message);
}
