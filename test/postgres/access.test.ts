import "../support/two-replicas";
import "../integration/proxy/access.test";
