/** AWS Secrets Manager: one text per name (Secrets Manager API reference). */
import { AwsError } from "../aws-error";
import { optionalText, text, type Input } from "../input";
import { jsonProtocol } from "../json-protocol";
import type { CallContext, Service } from "../service";

export interface Secret {
  readonly arn: string;
  readonly name: string;
  versionId: string;
  text: string;
}

function find({ region }: CallContext, id: string): Secret {
  const found = region.secrets.get(id) ?? [...region.secrets.values()].find((secret) => secret.arn === id);
  if (found) return found;
  throw new AwsError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
}

const secretId = (input: Input) => optionalText(input, "SecretId");

export const secretsService: Service = {
  signingName: "secretsmanager",
  protocol: jsonProtocol,
  iamPrefix: "secretsmanager",
  operations: {
    GetSecretValue: {
      subject: secretId,
      reads: true,
      run(input, context) {
        const secret = find(context, text(input, "SecretId"));
        return { ARN: secret.arn, Name: secret.name, VersionId: secret.versionId, SecretString: secret.text };
      },
    },
    CreateSecret: {
      subject: (input) => optionalText(input, "Name"),
      run(input, { region, accountId }) {
        const name = text(input, "Name");
        const token = text(input, "ClientRequestToken");
        const known = region.secrets.get(name);
        // The same token with the same content is the same request, sent again (API reference, ClientRequestToken).
        if (known && !(known.versionId === token && known.text === optionalText(input, "SecretString")))
          throw new AwsError("ResourceExistsException", `The secret ${name} already exists.`);
        const arn = `arn:aws:secretsmanager:${region.name}:${accountId}:secret:${name}-${region.account.newId().slice(0, 6)}`;
        const secret = known ?? { arn, name, versionId: token, text: optionalText(input, "SecretString") ?? "" };
        region.secrets.set(name, secret);
        return { ARN: secret.arn, Name: name, VersionId: secret.versionId };
      },
    },
    PutSecretValue: {
      subject: secretId,
      run(input, context) {
        const secret = find(context, text(input, "SecretId"));
        secret.text = text(input, "SecretString");
        secret.versionId = text(input, "ClientRequestToken");
        return { ARN: secret.arn, Name: secret.name, VersionId: secret.versionId };
      },
    },
  },
};
