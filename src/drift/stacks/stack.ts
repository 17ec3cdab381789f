/** A folder that terraform plans and applies as one. */
export interface Stack {
  readonly name: string;
  /** With its configuration, initialised or not. */
  readonly folder: string;
  /** The word for it on the command line, where that is not its name. */
  readonly typedAs?: string;
}
