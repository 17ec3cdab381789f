/** What somebody else made before an example is applied, over the API as they would. */
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AwsAccess } from "../../../src/aws/aws-access";
import { keyAccess } from "../../../src/drill/drills/key-access";
import { materialOf } from "../emulated-aws";
import type { SandboxPlaces } from "../provider-world";
import { createTestCa } from "../test-certificates";

type Place = Pick<SandboxPlaces, "aws">;

/** Imports a certificate of a CA that nothing here knows, and returns its ARN. */
export function importPaidCertificate(place: Place, ...names: readonly string[]): Promise<string> {
  return withAccess(place, async (access) => {
    const material = await materialOf(await createTestCa(), { names, key: "RSA_2048" });
    return access.certificates().importNew({ ...material, tags: {} });
  });
}

/** A Classic Load Balancer with an HTTPS listener. */
export function createClassicLoadBalancer(place: Place, name: string, certificateArn: string): Promise<void> {
  const https = { Protocol: "HTTPS", LoadBalancerPort: 443, InstanceProtocol: "HTTP", InstancePort: 80 };
  return withAccess(place, (access) =>
    access.classicLoadBalancers().create({
      LoadBalancerName: name,
      AvailabilityZones: [`${place.aws.region}a`],
      Listeners: [{ ...https, SSLCertificateId: certificateArn }],
    }),
  );
}

/** A public hosted zone in Route 53; its ID. */
export function createHostedZone(place: Place, name: string): Promise<string> {
  return withAccess(place, async (access) => (await access.hostedZones().create({ name, callerReference: name })).id);
}

/** A queue of SQS with one event of CloudTrail, as EventBridge sends it; its URL. */
export async function createEventQueue({
  aws: { region, endpointUrl: endpoint, ...credentials },
}: Place): Promise<string> {
  const client = new SQSClient({ region, endpoint, credentials });
  try {
    const { QueueUrl = "" } = await client.send(new CreateQueueCommand({ QueueName: "key-events" }));
    const detail = keyAccess("manage-certs", new Date());
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ detail }) }));
    return QueueUrl;
  } finally {
    client.destroy();
  }
}

async function withAccess<T>({ aws }: Place, act: (access: AwsAccess) => Promise<T>): Promise<T> {
  const { region, endpointUrl, ...credentials } = aws;
  const access = new AwsAccess({ region, endpointUrl, credentials });
  try {
    return await act(access);
  } finally {
    access.close();
  }
}
