/** Secrets Manager in one region, as a place for one text per name: ACME account keys. */
import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { isAppError } from "../platform/errors";
import type { AwsCaller } from "./aws-caller";
import type { CallOptions } from "./call-options";
import { sdk } from "./sdk";

export interface SecretStoreOptions {
  readonly region: string;
  readonly caller: AwsCaller;
  readonly client: () => SecretsManagerClient;
  /** Makes the token that lets AWS recognise a request that is sent again. */
  readonly newToken: () => string;
}

export class SecretStore {
  constructor(private readonly options: SecretStoreOptions) {}

  /** The current text of a secret, by name or ARN; undefined if there is none. */
  async get(secretId: string, { signal }: CallOptions = {}): Promise<string | undefined> {
    try {
      const answer = await this.call("GetSecretValue", secretId, signal, (client, options) =>
        client.send(new (sdk.secretsManager().GetSecretValueCommand)({ SecretId: secretId }), options),
      );
      return answer.SecretString;
    } catch (error) {
      if (isAppError(error, "aws_not_found")) return undefined;
      throw error;
    }
  }

  /** Creates the secret unless there is one; says whether this call created it. Atomic among all processes. */
  async createIfAbsent(name: string, text: string, { signal }: CallOptions = {}): Promise<boolean> {
    const input = { Name: name, SecretString: text, ClientRequestToken: this.options.newToken() };
    try {
      await this.call("CreateSecret", name, signal, (client, options) =>
        client.send(new (sdk.secretsManager().CreateSecretCommand)(input), options),
      );
      return true;
    } catch (error) {
      if (isAppError(error, "aws_request") && error.facts.error === "ResourceExistsException") return false;
      throw error;
    }
  }

  /** Gives an existing secret a new text. Errors: `aws_not_found`. */
  async put(secretId: string, text: string, { signal }: CallOptions = {}): Promise<void> {
    const input = { SecretId: secretId, SecretString: text, ClientRequestToken: this.options.newToken() };
    await this.call("PutSecretValue", secretId, signal, (client, options) =>
      client.send(new (sdk.secretsManager().PutSecretValueCommand)(input), options),
    );
  }

  private call<T>(
    action: string,
    resource: string,
    signal: AbortSignal | undefined,
    send: (client: SecretsManagerClient, options: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    return this.options.caller.call({
      action: `secretsmanager:${action}`,
      resource,
      region: this.options.region,
      signal,
      holdsSecret: true,
      send: (abortSignal) => send(this.options.client(), { abortSignal }),
    });
  }
}
