/** Version of the provider these bindings are for; cdktf pins it exactly in required_providers. A test holds it to package.json. */
export const providerVersion = "0.1.0";

/** What cdktf needs to know of our provider to list it in required_providers and to find its provider block. */
export const generatorMetadata = { providerName: "unexpired", providerVersion } as const;
