import type { AcmeCaContext } from "../acme-ca-context";
import type { AcmeAnswer } from "./acme-message";

/** RFC 8555 7.1.1, with `renewalInfo` (RFC 9773) and `meta.profiles`. */
export function directory({ urls, settings, faults }: AcmeCaContext): AcmeAnswer {
  const { newNonce, newAccount, newOrder, revokeCert, keyChange, renewalInfo } = urls;
  const profiles = Object.entries(settings.profiles).map(([name, { description }]) => [name, description]);
  return {
    status: 200,
    body: {
      ...(faults.unknownDirectoryEntry ? { "c0ffee-is-no-resource": "clients ignore what they do not know" } : {}),
      newNonce,
      newAccount,
      newOrder,
      revokeCert,
      keyChange,
      renewalInfo,
      meta: {
        termsOfService: `${urls.directory}#terms`,
        website: urls.directory,
        caaIdentities: settings.caaIdentities,
        externalAccountRequired: settings.externalAccountRequired,
        profiles: Object.fromEntries(profiles) as Record<string, string>,
      },
    },
  };
}

/** RFC 8555 7.2: 200 for HEAD, 204 for GET. The web front adds the nonce. */
export function newNonce(context: AcmeCaContext, request: { readonly method: string; readonly address: string }) {
  context.limiter.admit("newNonceRequests", request.address);
  return { status: request.method === "HEAD" ? 200 : 204 };
}
