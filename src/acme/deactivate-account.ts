import type { AcmeAccount } from "./account";
import type { AcmeCallOptions } from "./call";

/** Ends an account for good (RFC 8555 7.3.6). Its store still holds it, and using it says that it is deactivated. */
export async function deactivateAccount(account: AcmeAccount, options: AcmeCallOptions = {}): Promise<void> {
  const what = `cannot deactivate ACME account ${account.url}`;
  await account.call(what, (client) => client.updateAccount({ status: "deactivated" }), options);
}
