/** What we use of the IAM client; a bundler leaves the rest out. */
export { GetServerCertificateCommand, IAMClient, ListServerCertificatesCommand } from "@aws-sdk/client-iam";
