package io.metasrv.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** A missing server is a skip that says so, or a failure where servers are required. */
final class ServerRequirementTest {

  private final String before = System.getProperty(ServerRequirement.PROPERTY, "");

  @AfterEach
  void restoreProperty() {
    System.setProperty(ServerRequirement.PROPERTY, before);
  }

  @Test
  void whereServersAreOptionalTheTestIsSkippedAndSaysWhatToDo() {
    System.setProperty(ServerRequirement.PROPERTY, "optional");

    assertThat(ServerRequirement.isRequired()).isFalse();
    assertThatExceptionOfType(TestAbortedException.class)
        .isThrownBy(() -> ServerRequirement.missing("etcd", "install it"))
        .withMessageContaining("etcd")
        .withMessageContaining("install it");
  }

  @Test
  void whereServersAreRequiredTheTestFails() {
    System.setProperty(ServerRequirement.PROPERTY, "required");

    assertThat(ServerRequirement.isRequired()).isTrue();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ServerRequirement.missing("etcd", "install it"))
        .withMessageContaining("install it");
  }
}
