/** The version that @cdktf/provider-aws pins; a test compares. */
export const standInVersion = "6.25.0";
