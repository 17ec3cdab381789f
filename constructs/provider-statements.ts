import type { RoleStatement } from "./service-role";

/**
 * What our provider calls in an account, as docs/reference/provider.md has it: of certificates, rollouts, zones in Route
 * 53 and ACME accounts in Secrets Manager. What the stacks do not have may be left out.
 */
export function providerStatements(accountId: string): RoleStatement[] {
  const listener = `arn:aws:elasticloadbalancing:*:${accountId}:listener`;
  return [
    { actions: ["acm:ListCertificates", "tag:GetResources"], resources: ["*"] },
    {
      actions: [
        "acm:AddTagsToCertificate",
        "acm:DeleteCertificate",
        "acm:DescribeCertificate",
        "acm:GetCertificate",
        "acm:ImportCertificate",
        "acm:ListTagsForCertificate",
        "acm:RemoveTagsFromCertificate",
      ],
      resources: [`arn:aws:acm:*:${accountId}:certificate/*`],
    },
    {
      actions: [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:RemoveListenerCertificates",
      ],
      resources: [`${listener}/app/*`, `${listener}/net/*`],
    },
    { actions: ["elasticloadbalancing:DescribeListenerCertificates"], resources: ["*"] },
    {
      actions: ["route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
      resources: ["arn:aws:route53:::hostedzone/*"],
    },
    { actions: ["route53:GetChange"], resources: ["arn:aws:route53:::change/*"] },
    {
      actions: ["secretsmanager:CreateSecret", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      resources: [`arn:aws:secretsmanager:*:${accountId}:secret:unexpired/*`],
    },
  ];
}
