/**
 * Keeps the account of one CA as one text that holds a private key. Made for `openAccount`; nobody else reads it.
 *
 * Contract, for every implementation:
 * - `get` MUST give the whole last text written, or undefined if none ever was. A store that cannot be asked MUST throw
 *   rather than say undefined, or a second account would be made.
 * - `createIfAbsent` MUST be atomic among all processes that share the store: of several callers exactly one gets true,
 *   and a `get` after any caller's return gives that one's text.
 * - `replace` MUST be all or nothing: whoever reads meanwhile gets the old text or the new one. Once it returns, the
 *   text MUST survive a crash: a key that the CA knows and the store lost is an account lost.
 * - The text MUST be readable by its owner alone and MUST NOT reach a log or an error.
 * - A store that cannot write says so with `readOnly`; then only `get` is called.
 */
export interface AccountStore {
  /** Where the text is, for messages: a path, a variable's name, an ARN. */
  readonly place: string;
  /** @default false */
  readonly readOnly?: boolean;
  get(): Promise<string | undefined>;
  /** Writes the text if there is none; says whether it did. */
  createIfAbsent(text: string): Promise<boolean>;
  replace(text: string): Promise<void>;
}
