/**
 * Takes secrets out of text and of structured values before they are written down. It knows the places where secrets of
 * this project's world stand, by the name beside them or by their own shape, and texts it was told to hide.
 */

export const redacted = "[redacted]";

/** Names of fields and headers that hold a secret, compared without case, hyphens and underscores. */
const secretNames = new Set([
  "accesstoken",
  "authorization",
  "clientsecret",
  "cookie",
  "idtoken",
  "masterkey",
  "passphrase",
  "password",
  "privatekey",
  "proxyauthorization",
  "secret",
  "secretaccesskey",
  "sessiontoken",
  "setcookie",
  "signature",
  "tsigkey",
]);

export function isSecretName(name: string): boolean {
  return secretNames.has(name.toLowerCase().replace(/[-_]/g, ""));
}

const named = String.raw`client[-_]?secret|access[-_]?token|id[-_]?token|signature|secret(?:[-_]?access[-_]?key)?|session[-_]?token|master[-_]?key|pass(?:word|phrase)|private[-_]?key`;

const patterns: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z ]*)PRIVATE KEY-----[^]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, `[redacted private key]`],
  // the whole header: its access token and signature are of no use to a reader
  [/\bEG1-HMAC-SHA256\b[^"'\n]*/gi, `EG1-HMAC-SHA256 ${redacted}`],
  [/\b(Bearer|Basic) +[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${redacted}`],
  // JSON Web Tokens: the first part is always an object, so base64url of '{"'
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, redacted],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@"']*):[^\s/"']+@/gi, `$1:${redacted}@`],
  // JSON, also JSON inside a JSON text: an object or a quoted text behind the name
  [/(\\{0,8}"tsigkey\\{0,8}"\s*:\s*)\{[^}]*\}?/gi, `$1${redacted}`],
  [
    new RegExp(
      String.raw`(\\{0,8}["'](?:${named}|authorization)\\{0,8}["']\s*:\s*)(\\{0,8}["'])(?:(?!\2)[^])*(?:\2|$)`,
      "gi",
    ),
    `$1"${redacted}"`,
  ],
  // name=value and name: value, up to where a value ends
  [new RegExp(String.raw`\b(${named})(\s*[=:]\s*)(?!\[redacted)[^\s;,&"'}\]\\]+`, "gi"), `$1$2${redacted}`],
];

/** What is longer is cut, so that no text that others may choose keeps the process busy. */
const longestText = 8_192;

/** Shorter texts than this would mask half of every line. */
const shortestHidden = 8;

export class Redactor {
  private readonly hidden = new Set<string>();

  /** From now on this very text never gets out. Its lines count one by one, too, as in a key file. */
  hide(secret: string): void {
    for (const text of [secret, ...secret.split("\n")].map((each) => each.trim()))
      if (text.length >= shortestHidden) this.hidden.add(text);
  }

  /** The same of every text in a value of JSON. */
  value<T>(value: T): T {
    return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
      typeof inner === "string" ? this.text(inner) : inner,
    ) as T;
  }

  text(text: string): string {
    let masked = text;
    for (const secret of this.hidden) if (masked.includes(secret)) masked = masked.replaceAll(secret, redacted);
    if (masked.length > longestText) masked = `${masked.slice(0, longestText)} [cut off]`;
    for (const [pattern, replacement] of patterns) masked = masked.replace(pattern, replacement);
    return masked;
  }
}
