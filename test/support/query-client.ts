/** Speaks to the emulated AWS in signed forms, without an SDK that would hide what is on the wire. */
import type { RunningAws } from "../../src/sandbox/aws/start-aws";
import { HttpClient } from "../../src/platform/http";
import { signRequest } from "./sign-request";

/** Where the API answers, and a key for it. */
type ApiPlace = Omit<RunningAws, "close" | "rates">;

/** Sends one action of elbv2 and gives the XML back; fails with it where the status is not 200. */
export async function queryElb(aws: ApiPlace, parameters: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams({ Version: "2015-12-01", ...parameters }).toString();
  const { host } = new URL(aws.endpointUrl);
  const request = {
    method: "POST",
    url: "/",
    headers: { host, "content-type": "application/x-www-form-urlencoded" },
    body,
  };
  const scope = { ...aws, service: "elasticloadbalancing", now: new Date() };
  const client = new HttpClient();
  try {
    const headers = signRequest(request, scope, aws.secretAccessKey);
    const answer = await client.send({ method: "POST", url: aws.endpointUrl, headers, body });
    if (answer.status !== 200) throw new Error(answer.body);
    return answer.body;
  } finally {
    await client.close();
  }
}

/** Creates an HTTPS listener that answers by itself, and returns its ARN. */
export async function createHttpsListener(
  aws: ApiPlace,
  { loadBalancerArn, certificateArn, port = 443 }: { loadBalancerArn: string; certificateArn: string; port?: number },
): Promise<string> {
  const xml = await queryElb(aws, {
    Action: "CreateListener",
    LoadBalancerArn: loadBalancerArn,
    Protocol: "HTTPS",
    Port: String(port),
    "Certificates.member.1.CertificateArn": certificateArn,
    "DefaultActions.member.1.Type": "fixed-response",
    "DefaultActions.member.1.FixedResponseConfig.StatusCode": "200",
    "DefaultActions.member.1.FixedResponseConfig.MessageBody": "hello & welcome",
  });
  return /<ListenerArn>([^<]+)</.exec(xml)?.[1] ?? "";
}
