import type { AcmeCaContext } from "../acme-ca-context";
import { problems } from "../problems";
import type { AcmeAnswer, AcmeRequest } from "./acme-message";
import { authenticateAccount } from "./authenticate";

/** Download of a chain; the other chains are linked as alternates (RFC 8555 7.4.2). */
export function certificate(context: AcmeCaContext, request: AcmeRequest): AcmeAnswer {
  const { account } = authenticateAccount(context, request);
  const [serial = "", chain = "0"] = request.parameters;
  const found = context.store.certificates.get(serial);
  const text = found?.chains[Number(chain)];
  if (found === undefined || text === undefined) throw problems.notFound("there is no such certificate");
  if (found.accountId !== account.id) throw problems.unauthorized("this is the certificate of somebody else");
  const alternates = found.chains.flatMap((_, index) =>
    index === Number(chain) ? [] : [`<${context.urls.certificate(serial, index)}>;rel="alternate"`],
  );
  return {
    status: 200,
    headers: { "content-type": "application/pem-certificate-chain", link: alternates },
    body: text,
  };
}
