/** What we use of undici, in a file of its own so that it can be loaded late. */
export { Agent } from "undici";
