/** A folder that terraform plans and applies as one. */
export interface Stack {
  readonly name: string;
  /** With its configuration, initialised or not. */
  readonly folder: string;
}
