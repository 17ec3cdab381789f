/** What serves certificates: listeners here, distributions and domain names in files of their own. */
import type { ClassicListener, ClassicLoadBalancers } from "../aws/classic-load-balancers";
import type { LoadBalancers } from "../aws/load-balancers";

export interface ServedCertificates {
  /** For clients that send no name, or one that no other certificate covers. */
  readonly defaultArn?: string;
  /** Chosen by the name a client sends. */
  readonly sniArns: readonly string[];
}

/** Errors of all: `aws_not_found` where the listener, or a certificate, does not exist. */
export interface ServingTarget {
  /** For people. */
  readonly name: string;
  served(signal?: AbortSignal): Promise<ServedCertificates>;
  /** What was the default before may go on being served to clients that send its name. */
  setDefault(certificateArn: string, signal?: AbortSignal): Promise<void>;
  /** Done as well if it is there. */
  addSni(certificateArn: string, signal?: AbortSignal): Promise<void>;
  /** Done as well if it is not there. */
  removeSni(certificateArn: string, signal?: AbortSignal): Promise<void>;
}

/** A listener of an Application or Network Load Balancer. */
export function elbv2Target(loadBalancers: LoadBalancers, listenerArn: string): ServingTarget {
  return {
    name: listenerArn,
    async served(signal) {
      const found = await loadBalancers.listListenerCertificates(listenerArn, { signal });
      return { defaultArn: found.defaultCertificateArn, sniArns: found.sniCertificateArns };
    },
    setDefault: (arn, signal) => loadBalancers.modifyDefaultCertificate(listenerArn, arn, { signal }),
    addSni: (arn, signal) => loadBalancers.addListenerCertificate(listenerArn, arn, { signal }),
    removeSni: (arn, signal) => loadBalancers.removeListenerCertificate(listenerArn, arn, { signal }),
  };
}

/** Of what has one certificate and no list. */
export const noSniList: Pick<ServingTarget, "addSni" | "removeSni"> = {
  addSni: () => Promise.resolve(),
  removeSni: () => Promise.resolve(),
};

/** A listener of a Classic Load Balancer, which has one certificate. */
export function classicTarget(loadBalancers: ClassicLoadBalancers, listener: ClassicListener): ServingTarget {
  return {
    name: `${listener.loadBalancerName}:${listener.port}`,
    served: async (signal) => ({ defaultArn: await loadBalancers.certificateOf(listener, { signal }), sniArns: [] }),
    setDefault: (arn, signal) => loadBalancers.setCertificate(listener, arn, { signal }),
    ...noSniList,
  };
}
