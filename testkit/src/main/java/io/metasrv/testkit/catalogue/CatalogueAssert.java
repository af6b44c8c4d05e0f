package io.metasrv.testkit.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.check.CatalogueCheck;
import io.metasrv.application.check.Finding;
import io.metasrv.application.port.KeyValueStore;
import java.util.List;

/** Asserts that a catalogue fits together. */
public final class CatalogueAssert {

  private CatalogueAssert() {}

  /** No damage, and nothing that a procedure has left behind. */
  public static void assertAtRest(KeyValueStore store) {
    assertThat(CatalogueCheck.run(store)).as("findings in the catalogue").isEmpty();
  }

  /** No damage; procedures may be at work. */
  public static void assertConsistent(KeyValueStore store) {
    List<Finding> damage =
        CatalogueCheck.run(store).stream()
            .filter(finding -> !finding.category().isPassing())
            .toList();
    assertThat(damage).as("damage in the catalogue").isEmpty();
  }
}
