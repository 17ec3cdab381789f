/** An OpenID provider on loopback: discovery document, keys, and tokens with whatever claims a test wants. */
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, type JWK, type KeyLike } from "jose";
import { createThrowawayCa } from "../../src/sandbox/throwaway-tls";

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyLike;
  readonly publicJwk: JWK;
}

export class OidcIssuer {
  /** Paths asked for so far. */
  readonly requests: string[] = [];
  isDown = false;
  private keys: SigningKey[] = [];

  private constructor(
    readonly caPem: string,
    private readonly server: Server,
  ) {}

  static async start(): Promise<OidcIssuer> {
    const ca = await createThrowawayCa();
    const { certPem, keyPem } = await ca.issue(["127.0.0.1", "localhost"]);
    const server = createServer({ cert: certPem, key: keyPem });
    const issuer = new OidcIssuer(ca.caPem, server);
    server.on("request", ({ url = "" }, response) => {
      issuer.requests.push(url);
      const document = issuer.isDown ? undefined : issuer.documents()[url];
      response.writeHead(document === undefined ? 503 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(document));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    await issuer.changeKey();
    return issuer;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on tokens are signed with a new key, and the former one is not published any more. */
  async changeKey(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    const kid = `key-${this.requests.length}-${Math.random()}`;
    this.keys = [{ kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" } }];
  }

  /** A token of this issuer, good for five minutes. A claim given as undefined is left out. */
  async token(claims: Readonly<Record<string, unknown>>): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const [key] = this.keys;
    if (key === undefined) throw new Error("the issuer has no key");
    const payload = { iss: this.url, aud: "adp.example.gov", sub: "repo:example/web", iat: now, exp: now + 300 };
    return new SignJWT({ ...payload, ...claims })
      .setProtectedHeader({ alg: "ES256", kid: key.kid })
      .sign(key.privateKey);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private documents(): Readonly<Record<string, unknown>> {
    return {
      "/.well-known/openid-configuration": { issuer: this.url, jwks_uri: `${this.url}/keys` },
      "/keys": { keys: this.keys.map(({ publicJwk }) => publicJwk) },
    };
  }
}
