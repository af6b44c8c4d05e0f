package io.metasrv.testkit.server;

import org.junit.jupiter.api.Assumptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a test does when a server it needs cannot be started. With the system property {@value
 * #PROPERTY} set to {@value #REQUIRED} (CI) it fails; otherwise it is skipped, and says so.
 */
public final class ServerRequirement {

  /** The property that decides. */
  public static final String PROPERTY = "metasrv.tests.servers";

  /** Its value for "fail where a server is missing". */
  public static final String REQUIRED = "required";

  private static final Logger LOG = LoggerFactory.getLogger(ServerRequirement.class);

  private ServerRequirement() {}

  /** Whether a missing server is a failure. */
  public static boolean isRequired() {
    return REQUIRED.equals(System.getProperty(PROPERTY));
  }

  /**
   * Ends the running test: skipped or failed. Never returns.
   *
   * @param server what is missing, for example {@code etcd}
   * @param remedy what to do to have it
   */
  public static RuntimeException missing(String server, String remedy) {
    String message =
        "TESTS AGAINST A REAL %s DID NOT RUN: no such server can be started here; %s"
            .formatted(server, remedy);
    if (isRequired()) {
      throw new AssertionError(message + " (required by -D" + PROPERTY + "=" + REQUIRED + ")");
    }
    LOG.warn("{}", message);
    return Assumptions.abort(message);
  }
}
