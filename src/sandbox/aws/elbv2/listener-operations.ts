/** CreateListener, ModifyListener, DeleteListener, DescribeListeners and listener attributes (elbv2 API reference). */
import { AwsError } from "../aws-error";
import { optionalNumber, optionalText, records, tagPairs, text, texts, type Input } from "../input";
import { page } from "../page";
import type { Operation, Output } from "../service";
import type { ListenerRecord, ListenerSettings } from "./listener-record";

export const listenerArn = (input: Input) => optionalText(input, "ListenerArn");

/** What the API uses where the request names no policy (elbv2 API reference, CreateListener). */
const defaultSslPolicy = "ELBSecurityPolicy-2016-08";

function listenerOutput(listener: ListenerRecord): Output {
  const { settings, defaultCertificateArn } = listener;
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancer.arn,
    Port: settings.port,
    Protocol: settings.protocol,
    SslPolicy: settings.sslPolicy,
    AlpnPolicy: settings.alpnPolicy.length === 0 ? undefined : settings.alpnPolicy,
    Certificates: defaultCertificateArn === undefined ? undefined : [{ CertificateArn: defaultCertificateArn }],
    DefaultActions: settings.defaultActions.map(actionOutput),
  };
}

/** A forward to one group is answered in both its short and its long form. */
function actionOutput(action: Input, index: number): Output {
  const group = optionalText(action, "TargetGroupArn");
  const short = action.Type === "forward" && group !== undefined && action.ForwardConfig === undefined;
  return {
    Order: action.Type === "forward" ? undefined : index + 1,
    ...action,
    ...(short
      ? {
          ForwardConfig: {
            TargetGroups: [{ TargetGroupArn: group, Weight: 1 }],
            TargetGroupStickinessConfig: { Enabled: false },
          },
        }
      : {}),
  };
}

/** The one certificate of a request; undefined if it names none. */
function defaultCertificate(input: Input): string | undefined {
  const given = records(input, "Certificates");
  if (given.some((each) => each.IsDefault !== undefined))
    throw new AwsError("ValidationError", "You cannot set the isDefault parameter for a certificate");
  if (given.length > 1) throw new AwsError("ValidationError", "Only one certificate can be specified");
  return given[0] && text(given[0], "CertificateArn");
}

/** What a request sets; what it leaves out is not in the answer. */
function givenSettings(input: Input): Partial<ListenerSettings> {
  const given = {
    protocol: optionalText(input, "Protocol"),
    port: optionalNumber(input, "Port"),
    sslPolicy: optionalText(input, "SslPolicy"),
    alpnPolicy: input.AlpnPolicy === undefined ? undefined : texts(input, "AlpnPolicy"),
    defaultCertificateArn: defaultCertificate(input),
    defaultActions: input.DefaultActions === undefined ? undefined : records(input, "DefaultActions"),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const createListener: Operation = {
  subject: (input) => optionalText(input, "LoadBalancerArn"),
  async run(input, { region }) {
    const given = givenSettings(input);
    const protocol = given.protocol ?? "";
    const listener = region.elb.createListener(text(input, "LoadBalancerArn"), {
      alpnPolicy: [],
      defaultActions: [],
      ...(protocol === "HTTPS" || protocol === "TLS" ? { sslPolicy: defaultSslPolicy } : {}),
      ...given,
      protocol,
      port: given.port ?? 0,
    });
    for (const [key, value] of tagPairs(input)) listener.tags.set(key, value);
    await region.listenerChanged(listener.arn);
    return { Listeners: [listenerOutput(listener)] };
  },
};

const modifyListener: Operation = {
  subject: listenerArn,
  async run(input, { region, now }) {
    const listener = region.elb.getListener(text(input, "ListenerArn"));
    region.elb.modifyListener(listener, givenSettings(input), now);
    await region.listenerChanged(listener.arn);
    return { Listeners: [listenerOutput(listener)] };
  },
};

const deleteListener: Operation = {
  subject: listenerArn,
  async run(input, { region, now }) {
    const listener = region.elb.getListener(text(input, "ListenerArn"));
    region.elb.deleteListener(listener, now);
    await region.listenerChanged(listener.arn);
    return {};
  },
};

const describeListeners: Operation = {
  subject: (input) => optionalText(input, "LoadBalancerArn") ?? texts(input, "ListenerArns").join(","),
  reads: true,
  run(input, { region, pageSize }) {
    const arns = texts(input, "ListenerArns");
    const loadBalancerArn = optionalText(input, "LoadBalancerArn");
    if (loadBalancerArn === undefined && arns.length === 0)
      throw new AwsError("ValidationError", "Specify a load balancer or one or more listeners");
    const found =
      loadBalancerArn === undefined
        ? arns.map((arn) => region.elb.getListener(arn))
        : region.elb.listenersOf(region.elb.getLoadBalancer(loadBalancerArn).arn);
    const { items, next } = page(found, {
      token: optionalText(input, "Marker"),
      size: pageSize(optionalNumber(input, "PageSize"), 400),
      idOf: (listener) => listener.arn,
    });
    return { Listeners: items.map(listenerOutput), NextMarker: next };
  },
};

const attributesOutput = (listener: ListenerRecord): Output => ({
  Attributes: [...listener.attributes].map(([Key, Value]) => ({ Key, Value })),
});

const describeListenerAttributes: Operation = {
  subject: listenerArn,
  reads: true,
  run: (input, { region }) => attributesOutput(region.elb.getListener(text(input, "ListenerArn"))),
};

const modifyListenerAttributes: Operation = {
  subject: listenerArn,
  run(input, { region }) {
    const listener = region.elb.getListener(text(input, "ListenerArn"));
    for (const [key, value] of tagPairs(input, "Attributes")) listener.attributes.set(key, value);
    return attributesOutput(listener);
  },
};

export const listenerOperations = {
  CreateListener: createListener,
  ModifyListener: modifyListener,
  DeleteListener: deleteListener,
  DescribeListeners: describeListeners,
  DescribeListenerAttributes: describeListenerAttributes,
  ModifyListenerAttributes: modifyListenerAttributes,
};
