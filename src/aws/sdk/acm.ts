/** What we use of the ACM client; a bundler leaves the rest out. */
export {
  ACMClient,
  AddTagsToCertificateCommand,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  GetCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
  RemoveTagsFromCertificateCommand,
  RequestCertificateCommand,
  UpdateCertificateOptionsCommand,
} from "@aws-sdk/client-acm";
