/**
 * Constructs for certificates that never run out. Start at `ManagedCertificate`; `ListenerAttachment` serves it. The
 * classes of the provider itself (`Unexpired…`) are there for what the constructs do not cover.
 */
export { CertificateChecks, type CertificateChecksProps } from "./aspects/certificate-checks";
export { PolicyChecks, type PolicyChecksProps } from "./aspects/policy-checks";
export { UnexpiredCertificate, type UnexpiredCertificateConfig } from "./bindings/unexpired-certificate";
export { UnexpiredDnsRecord, type UnexpiredDnsRecordConfig } from "./bindings/unexpired-dns-record";
export { UnexpiredProvider, type UnexpiredProviderProps } from "./bindings/unexpired-provider";
export { UnexpiredRollout, type UnexpiredRolloutConfig } from "./bindings/unexpired-rollout";
export { CertificateAlarms, type CertificateAlarmsProps } from "./certificate-alarms";
export type { ICertificate } from "./certificate";
export {
  CertificateIssuer,
  type AcmOptions,
  type AcmeOptions,
  type ExternalAccountBinding,
  type IssuerSettings,
  type LetsEncryptOptions,
} from "./certificate-issuer";
export {
  ClassicListener,
  type ClassicListenerAttributes,
  type ClassicListenerBlock,
  type DeclaredClassicLoadBalancer,
  type IClassicListener,
} from "./classic-listener";
export {
  DistributionAttachment,
  type DeclaredDistribution,
  type DistributionAttachmentProps,
  type ViewerCertificate,
} from "./distribution-attachment";
export { DnsZone, type EdgeDnsZoneProps, type IDnsZone, type Route53ZoneProps, type ZoneType } from "./dns-zone";
export {
  DomainNameAttachment,
  type DeclaredHttpDomainName,
  type DeclaredRestDomainName,
  type DomainNameAttachmentProps,
} from "./domain-name-attachment";
export { DriftCheckSchedule, type DeclaredFileSystem, type DriftCheckScheduleProps } from "./drift-check-schedule";
export { Listener, type DeclaredListener, type IListener } from "./listener";
export { ListenerAttachment, type AttachmentRole, type ListenerAttachmentProps } from "./listener-attachment";
export {
  ManagedCertificate,
  type CertificateTimeouts,
  type ManagedCertificateProps,
  type RenewalPolicy,
} from "./managed-certificate";
export type { RenewalForecast } from "./checks/renewal-forecast";
export { providerStatements } from "./provider-statements";
export { Secret } from "./secret";
export type { RoleStatement } from "./service-role";
export type { PolicyDocument } from "../src/policy/policy-shape";
export { ValidationRecord, type ValidationRecordProps } from "./validation-record";
