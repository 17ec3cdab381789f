import type { Client } from "acme-client";
import { AppError, isAppError } from "../platform/errors";
import { acmeCall, type AcmeAnswer, type AcmeCallOptions } from "./call";
import type { AcmeConnection } from "./connection";
import { newLibraryClient } from "./library";

/**
 * An account that is ready to order (RFC 8555 7.1.2). Made by `openAccount`; what it can do stands in the files beside.
 */
export class AcmeAccount {
  #client: Client;

  constructor(
    readonly connection: AcmeConnection,
    /** Its URL at the CA, which is also its key identifier. */
    readonly url: string,
    /** PEM. */
    accountKey: string,
  ) {
    this.#client = newLibraryClient({ connection, accountKey, accountUrl: url });
  }

  /** Runs one step of the library as this account. Errors: those of `errorOfResponse`, HTTP's, `acme_account`. */
  async call<T>(
    what: string,
    step: (client: Client) => Promise<T>,
    options: AcmeCallOptions = {},
  ): Promise<AcmeAnswer<T>> {
    try {
      return await acmeCall(this.connection, what, () => step(this.#client), options);
    } catch (error) {
      // "unauthorized" is said of names and of accounts alike (RFC 8555 7.3.6): find out which.
      if (isAppError(error, "acme_problem") && error.facts.type === "unauthorized")
        await this.requireValid(what, error, options);
      throw error;
    }
  }

  /** Signs with another key from now on; for `rollOverAccountKey`. */
  useKey(accountKey: string): void {
    this.#client = newLibraryClient({ connection: this.connection, accountKey, accountUrl: this.url });
  }

  private async requireValid(what: string, cause: AppError, options: AcmeCallOptions): Promise<void> {
    let status: string;
    try {
      const ask = () => this.#client.updateAccount();
      status = (await acmeCall(this.connection, what, ask, options)).value.status;
    } catch (error) {
      if (!isAppError(error, "acme_problem") || error.facts.type !== "unauthorized") throw cause;
      status = "deactivated";
    }
    if (status === "valid") return;
    throw new AppError("acme_account", `${what}: the ACME account ${this.url} is ${status}`, {
      hint: "a deactivated account cannot be used again: remove it from the account store to make a new one",
      facts: { ...cause.facts, accountUrl: this.url },
      cause,
    });
  }
}
