import "../support/two-replicas";
import "../integration/proxy/races.test";
