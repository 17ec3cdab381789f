/**
 * What scan, renew, issue, attach, verify and revoke need in an account, and no more; held to the calls really made by
 * test/cli/manage-certs-iam-policy.test.ts. Resources by the Service Authorization Reference of each service.
 */
export interface IamStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
}

const allow = (Sid: string, Action: readonly string[], Resource: IamStatement["Resource"] = "*"): IamStatement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
});

export const iamPolicy: { readonly Version: string; readonly Statement: readonly IamStatement[] } = {
  Version: "2012-10-17",
  Statement: [
    allow("ScanCertificates", [
      "acm:DescribeCertificate",
      "acm:GetCertificate",
      "acm:ListCertificates",
      "iam:GetServerCertificate",
      "iam:ListServerCertificates",
      "tag:GetResources",
    ]),
    allow("ScanWhatServesThem", [
      "cloudfront:ListDistributions",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
    ]),
    allow(
      "ScanDomainNames",
      ["apigateway:GET"],
      ["arn:aws:apigateway:*::/domainnames", "arn:aws:apigateway:*::/domainnames/*"],
    ),
    allow("OnlyForAllRegions", ["account:ListRegions"]),
    allow("OnlyForOtherAccounts", ["sts:AssumeRole"], "arn:aws:iam::*:role/manage-certs"),
    allow(
      "RenewCertificates",
      [
        "acm:AddTagsToCertificate",
        "acm:DeleteCertificate",
        "acm:ImportCertificate",
        "acm:ListTagsForCertificate",
        "acm:RemoveTagsFromCertificate",
      ],
      "arn:aws:acm:*:*:certificate/*",
    ),
    allow("OnlyToRevoke", ["acm:ListTagsForCertificate"], "arn:aws:acm:*:*:certificate/*"),
    allow(
      "RenewAtLoadBalancers",
      [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:SetLoadBalancerListenerSSLCertificate",
      ],
      ["arn:aws:elasticloadbalancing:*:*:listener/*", "arn:aws:elasticloadbalancing:*:*:loadbalancer/*"],
    ),
    allow(
      "RenewAtDistributions",
      ["cloudfront:GetDistribution", "cloudfront:UpdateDistribution"],
      "arn:aws:cloudfront::*:distribution/*",
    ),
    allow("RenewAtDomainNames", ["apigateway:PATCH"], "arn:aws:apigateway:*::/domainnames/*"),
    allow(
      "OnlyForZonesInRoute53",
      ["route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
      "arn:aws:route53:::hostedzone/*",
    ),
    allow("OnlyForZonesInRoute53ToWait", ["route53:GetChange"], "arn:aws:route53:::change/*"),
    allow(
      "OnlyForAccountStoreInSecretsManager",
      ["secretsmanager:CreateSecret", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"],
      "arn:aws:secretsmanager:*:*:secret:unexpired/*",
    ),
  ],
};
