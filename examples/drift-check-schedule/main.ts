/**
 * drift-check as a task of Fargate, every six hours: the stacks of another repository, packed into an image with terraform
 * and unexpired, are planned again, and what is nothing but a renewal is applied.
 */
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DriftCheckSchedule, providerStatements, Secret } from "unexpired";

const account = "111122223333";
const region = "us-east-1";
/** They reach AWS, the CA, the name servers and the listeners. */
const subnetIds = ["subnet-0a1b2c3d4e5f60718", "subnet-1a2b3c4d5e6f70819"];
/** It lets NFS in from itself, for the file system. */
const securityGroupIds = ["sg-0a1b2c3d4e5f60718"];
const stateBucket = "arn:aws:s3:::infra-state";
const chat = `arn:aws:secretsmanager:${region}:${account}:secret:drift-check/chat-AbCdEf`;

class Checks extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region });

    const cluster = new EcsCluster(this, "cluster", { name: "checks" });
    const stateFileSystem = new EfsFileSystem(this, "state", { encrypted: true });
    for (const [index, subnetId] of subnetIds.entries())
      new EfsMountTarget(this, `mount-${index}`, {
        fileSystemId: stateFileSystem.id,
        subnetId,
        securityGroups: securityGroupIds,
      });
    const user = { uid: 1000, gid: 1000 };
    const stateAccessPoint = new EfsAccessPoint(this, "access", {
      fileSystemId: stateFileSystem.id,
      posixUser: user,
      rootDirectory: { path: "/drift-check", creationInfo: { ownerUid: 1000, ownerGid: 1000, permissions: "0700" } },
    });

    const { topicArn } = new DriftCheckSchedule(this, "drift-check", {
      image: `${account}.dkr.ecr.${region}.amazonaws.com/infra:1.4.0`,
      clusterArn: cluster.arn,
      subnetIds,
      securityGroupIds,
      stateFileSystem,
      stateAccessPoint,
      // for `notify` of drift-check.yaml: url: { env: SLACK_WEBHOOK_URL }
      secrets: { SLACK_WEBHOOK_URL: Secret.secretsManager(chat) },
      statements: [
        ...providerStatements(account),
        // what terraform reads and writes for the stacks of the image
        { actions: ["s3:ListBucket"], resources: [stateBucket] },
        { actions: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], resources: [`${stateBucket}/*`] },
        { actions: ["elasticloadbalancing:Describe*"], resources: ["*"] },
      ],
    });
    new SnsTopicSubscription(this, "on-call", { topicArn, protocol: "email", endpoint: "certificates@example.gov" });
  }
}

const app = new App();
new Checks(app, "drift-check-schedule");
app.synth();
