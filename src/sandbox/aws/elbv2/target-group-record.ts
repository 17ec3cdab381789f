import { AwsError } from "../aws-error";
import { firstAttributes } from "./target-group-attributes";

export interface HealthCheck {
  readonly enabled: boolean;
  readonly protocol: string;
  readonly port: string;
  readonly path?: string;
  readonly intervalSeconds: number;
  readonly timeoutSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Codes of good answers: of HTTP, or of gRPC in a group of that protocol version. */
  readonly matcher?: string;
}

export interface TargetGroupSettings {
  readonly name: string;
  readonly targetType: string;
  /** Undefined where the target is a Lambda function, like port and VPC. */
  readonly protocol?: string;
  readonly port?: number;
  readonly vpcId?: string;
  readonly protocolVersion?: string;
  readonly ipAddressType?: string;
}

const protocols = ["HTTP", "HTTPS", "TCP", "TLS", "UDP", "TCP_UDP"];
const targetTypes = ["instance", "ip", "lambda", "alb"];
const healthProtocols = ["HTTP", "HTTPS", "TCP"];

/** A target group. Requests never get to its targets: the sandbox has none. */
export class TargetGroupRecord {
  readonly name: string;
  readonly tags = new Map<string, string>();
  readonly attributes: Map<string, string>;
  private check: HealthCheck;

  constructor(
    readonly arn: string,
    readonly settings: TargetGroupSettings,
    health: Partial<HealthCheck>,
  ) {
    checkSettings(settings);
    this.name = settings.name;
    this.attributes = firstAttributes(settings);
    this.check = checked({ ...firstHealthCheck(settings, health.protocol), ...health });
  }

  get healthCheck(): HealthCheck {
    return this.check;
  }

  changeHealthCheck(changes: Partial<HealthCheck>): void {
    this.check = checked({ ...this.check, ...changes });
  }
}

/** elbv2 API reference, CreateTargetGroup. */
function checkSettings({ name, targetType, protocol, port, vpcId }: TargetGroupSettings): void {
  if (!/^(?!-)[0-9A-Za-z-]{1,32}(?<!-)$/.test(name))
    invalid(
      `The target group name '${name}' must be of at most 32 alphanumeric characters and hyphens, and cannot begin or end with a hyphen`,
    );
  if (!targetTypes.includes(targetType)) invalid(`Target type '${targetType}' is not valid`);
  if (targetType === "lambda") {
    if (protocol !== undefined || port !== undefined || vpcId !== undefined)
      invalid("Protocol, port and VPC ID cannot be specified for target groups with target type 'lambda'");
    return;
  }
  if (protocol === undefined) invalid("A protocol must be specified");
  if (!protocols.includes(protocol)) invalid(`Protocol '${protocol}' is not valid`);
  if (port === undefined) invalid("A port must be specified");
  if (!(port >= 1 && port <= 65_535)) invalid(`Port '${port}' must be between 1 and 65535`);
  if (vpcId === undefined) invalid("A VPC ID must be specified");
  if (!/^vpc-[0-9a-f]{8,17}$/.test(vpcId)) invalid(`The VPC ID '${vpcId}' is not valid`);
}

/** Defaults of elbv2 API reference, CreateTargetGroup; they differ by protocol and kind of target. */
function firstHealthCheck({ targetType, protocol, protocolVersion }: TargetGroupSettings, asked?: string): HealthCheck {
  const isLambda = targetType === "lambda";
  const isHttpGroup = isLambda || protocol === "HTTP" || protocol === "HTTPS";
  const health = asked ?? (isHttpGroup ? "HTTP" : "TCP");
  const speaksHttp = health !== "TCP";
  const isGrpc = protocolVersion === "GRPC";
  return {
    enabled: !isLambda,
    protocol: health,
    port: "traffic-port",
    path: speaksHttp ? (isGrpc ? "/AWS.ALB/healthcheck" : "/") : undefined,
    intervalSeconds: isLambda ? 35 : 30,
    timeoutSeconds: isLambda ? 30 : isHttpGroup ? 5 : health === "HTTP" ? 6 : 10,
    healthyThreshold: 5,
    unhealthyThreshold: 2,
    matcher: speaksHttp ? (isGrpc ? "12" : isHttpGroup ? "200" : "200-399") : undefined,
  };
}

function checked(check: HealthCheck): HealthCheck {
  const { protocol, port, path, intervalSeconds, timeoutSeconds, healthyThreshold, unhealthyThreshold } = check;
  if (!healthProtocols.includes(protocol)) invalid(`Health check protocol '${protocol}' is not valid`);
  if (port !== "traffic-port" && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535))
    invalid(`Health check port '${port}' must be 'traffic-port' or between 1 and 65535`);
  if (path !== undefined && !/^\/.{0,1023}$/.test(path)) invalid(`Health check path '${path}' must begin with a '/'`);
  within("Health check interval", intervalSeconds, 5, 300);
  within("Health check timeout", timeoutSeconds, 2, 120);
  within("Healthy threshold count", healthyThreshold, 2, 10);
  within("Unhealthy threshold count", unhealthyThreshold, 2, 10);
  if (timeoutSeconds >= intervalSeconds)
    invalid(`Health check timeout '${timeoutSeconds}' must be smaller than the interval '${intervalSeconds}'`);
  return check;
}

function within(what: string, value: number, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most))
    invalid(`${what} '${value}' must be between ${least} and ${most}`);
}

function invalid(message: string): never {
  throw new AwsError("ValidationError", message);
}
