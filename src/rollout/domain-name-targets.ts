/** Custom domain names of API Gateway, which have one certificate each. */
import type { HttpApiDomainNames } from "../aws/http-api-domain-names";
import type { DomainName, RestApiDomainNames } from "../aws/rest-api-domain-names";
import { AppError } from "../platform/errors";
import { noSniList, type ServingTarget } from "./serving-target";

export function restDomainNameTarget(domainNames: RestApiDomainNames, domainName: string): ServingTarget {
  return {
    name: domainName,
    served: async (signal) => {
      const found = await domainNames.get(domainName, { signal });
      return { defaultArn: found.regionalCertificateArn ?? found.certificateArn, sniArns: [] };
    },
    setDefault: async (arn, signal) => {
      const found = await domainNames.get(domainName, { signal });
      await domainNames.replace(domainName, { [certificatePath(found)]: arn }, { signal });
    },
    ...noSniList,
  };
}

/** An edge-optimized name has its certificate in us-east-1, under another path (API Gateway API, UpdateDomainName). */
function certificatePath({ regionalCertificateArn }: DomainName): string {
  return regionalCertificateArn === undefined ? "/certificateArn" : "/regionalCertificateArn";
}

export function httpDomainNameTarget(domainNames: HttpApiDomainNames, domainName: string): ServingTarget {
  const configurationOf = async (signal?: AbortSignal) => {
    const [configuration] = (await domainNames.get(domainName, { signal })).DomainNameConfigurations ?? [];
    if (configuration === undefined)
      throw new AppError("aws_request", `API Gateway answered without a configuration of ${domainName}`);
    return configuration;
  };
  return {
    name: domainName,
    served: async (signal) => ({ defaultArn: (await configurationOf(signal)).CertificateArn, sniArns: [] }),
    setDefault: async (arn, signal) => {
      const { EndpointType, SecurityPolicy, IpAddressType, OwnershipVerificationCertificateArn } =
        await configurationOf(signal);
      await domainNames.update(
        domainName,
        { EndpointType, SecurityPolicy, IpAddressType, OwnershipVerificationCertificateArn, CertificateArn: arn },
        { signal },
      );
    },
    ...noSniList,
  };
}
