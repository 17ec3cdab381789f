/** Listeners of Classic Load Balancers and their certificates (Elastic Load Balancing API reference, 2012-06-01). */
import { optionalText, records, text, texts, type Input } from "../input";
import type { Operation } from "../service";
import type { ClassicListener } from "./classic-elb-state";

export const loadBalancerName = (input: Input) => optionalText(input, "LoadBalancerName");

/** The protocol behind is the one in front unless it is named (API reference, Listener). */
export function readListeners(input: Input): readonly ClassicListener[] {
  return records(input, "Listeners").map((listener) => {
    const protocol = text(listener, "Protocol").toUpperCase();
    const plain = protocol === "HTTPS" ? "HTTP" : protocol === "SSL" ? "TCP" : protocol;
    return {
      loadBalancerPort: Number(text(listener, "LoadBalancerPort")),
      protocol,
      instancePort: Number(text(listener, "InstancePort")),
      instanceProtocol: (optionalText(listener, "InstanceProtocol") ?? plain).toUpperCase(),
      certificateArn: optionalText(listener, "SSLCertificateId"),
    };
  });
}

const createLoadBalancerListeners: Operation = {
  subject: loadBalancerName,
  async run(input, { region }) {
    const loadBalancer = region.classicElb.get(text(input, "LoadBalancerName"));
    const added = readListeners(input);
    region.classicElb.addListeners(loadBalancer, added);
    await region.classicListenersChanged(
      loadBalancer.name,
      added.map(({ loadBalancerPort }) => loadBalancerPort),
    );
    return {};
  },
};

const deleteLoadBalancerListeners: Operation = {
  subject: loadBalancerName,
  async run(input, { region, now }) {
    const loadBalancer = region.classicElb.get(text(input, "LoadBalancerName"));
    const ports = texts(input, "LoadBalancerPorts").map(Number);
    region.classicElb.removeListeners(loadBalancer, ports, now);
    await region.classicListenersChanged(loadBalancer.name, ports);
    return {};
  },
};

const setLoadBalancerListenerSslCertificate: Operation = {
  subject: loadBalancerName,
  async run(input, { region, now }) {
    const loadBalancer = region.classicElb.get(text(input, "LoadBalancerName"));
    const port = Number(text(input, "LoadBalancerPort"));
    region.classicElb.setCertificate(loadBalancer, port, text(input, "SSLCertificateId"), now);
    await region.classicListenersChanged(loadBalancer.name, [port]);
    return {};
  },
};

export const listenerOperations = {
  CreateLoadBalancerListeners: createLoadBalancerListeners,
  DeleteLoadBalancerListeners: deleteLoadBalancerListeners,
  SetLoadBalancerListenerSSLCertificate: setLoadBalancerListenerSslCertificate,
};
