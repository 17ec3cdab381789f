import type { SandboxPlaces } from "../provider-world";
import { queryElb } from "../query-client";

/** What examples/nlb-sni-list takes for given, as terraform's environment: a Network Load Balancer and a target group. */
export async function createNetworkLoadBalancer({ aws }: Pick<SandboxPlaces, "aws">): Promise<Record<string, string>> {
  const made = async (element: string, parameters: Readonly<Record<string, string>>) => {
    const answer = await queryElb(aws, parameters);
    return new RegExp(`<${element}>([^<]+)<`).exec(answer)?.[1] ?? "";
  };
  return {
    TF_VAR_load_balancer_arn: await made("LoadBalancerArn", {
      Action: "CreateLoadBalancer",
      Name: "gateway",
      Type: "network",
      "Subnets.member.1": "subnet-0000000000000000a",
    }),
    TF_VAR_target_group_arn: await made("TargetGroupArn", {
      Action: "CreateTargetGroup",
      Name: "services",
      Protocol: "TCP",
      Port: "8080",
      VpcId: "vpc-0000000000000000a",
      TargetType: "ip",
    }),
  };
}
