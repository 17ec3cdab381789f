import "../support/two-replicas";
import "../integration/proxy/many-record-sets.test";
