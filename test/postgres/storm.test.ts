import "../support/two-replicas";
import "../integration/proxy/storm.test";
