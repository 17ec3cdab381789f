import type { IssuableKeyAlgorithm } from "../../certificates/key-algorithm";
import type { RenewalPolicy } from "../../certificates/decide-renewal";
import type { AcmeIssuer } from "../../issuance/acme-issuer";
import type { ChallengeZone } from "../../issuance/challenge-zone";
import type { EngineSettings } from "../../issuance/engine-settings";
import type { PolicyChoice } from "../../policy/policy-choice";
import type { AccountEntry, ConfigFile, OwnerEntry } from "./config-shape";

/** Everything that manage-certs.yaml and the environment say. It holds no secret. */
export interface Config {
  /** Undefined: the one region of the environment. */
  readonly regions?: "all" | readonly string[];
  /** Undefined: the one account of the credentials. */
  readonly accounts?: readonly AccountEntry[];
  /** Zones in which challenge values may be written. */
  readonly zones: readonly ChallengeZone[];
  readonly issuers: readonly ConfiguredIssuer[];
  /** The one that issues where nothing else is said. Undefined if none is configured. */
  readonly issuer?: ConfiguredIssuer;
  /** Of certificates that have no predecessor, or one whose key nobody makes any more. */
  readonly keyAlgorithm: IssuableKeyAlgorithm;
  readonly renewal: RenewalPolicy;
  readonly owners: readonly OwnerEntry[];
  readonly limits: ConfigFile["limits"];
  readonly verify: ConfigFile["verify"];
  /** To which everything that is issued or attached is held. Undefined: there is none. */
  readonly policy?: PolicyChoice;
  readonly engine: EngineSettings;
  /** Public data that may be lost: renewal information of CAs. */
  readonly cacheFolder: string;
}

export interface ConfiguredIssuer extends AcmeIssuer {
  /** What the configuration calls it. */
  readonly name: string;
  readonly profile?: string;
  /** Common name of an issuer of the wanted chain. */
  readonly preferredChain?: string;
}
