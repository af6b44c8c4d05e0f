package io.metasrv.testkit.store;

import static io.metasrv.testkit.store.StoreCases.bytes;
import static io.metasrv.testkit.store.StoreCases.pairOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.application.port.KeyRange;
import io.metasrv.application.port.Previous;
import io.metasrv.application.port.RangeOptions;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Callers that are cancelled. */
interface InterruptionCases extends StoreCases {

  @Test
  default void aReadOfAnInterruptedCallerAnswersOrIsUnavailable() throws InterruptedException {
    givenKeys("key");

    boolean flagKept =
        interrupted(
            () -> {
              try {
                assertThat(store().get(bytes("key"))).contains(bytes("value of key"));
                assertThat(store().range(KeyRange.all(), RangeOptions.ALL).kvs())
                    .containsExactly(pairOf("key"));
              } catch (StoreException.Unavailable expected) {
                assertThat(expected.isRetryable()).isTrue();
              }
            });

    assertThat(flagKept).as("interrupt flag after the call").isTrue();
    assertThat(store().get(bytes("key"))).contains(bytes("value of key"));
  }

  @Test
  default void aWriteOfAnInterruptedCallerTellsTheTruthAboutItsOutcome()
      throws InterruptedException {
    List<String> told = new ArrayList<>();

    boolean flagKept =
        interrupted(
            () -> {
              try {
                store().put(bytes("key"), bytes("v"), Previous.DISCARD);
                told.add("written");
              } catch (StoreException.Unavailable certain) {
                told.add("nothing happened");
              } catch (StoreException.UnknownOutcome uncertain) {
                told.add("unknown");
              }
            });

    assertThat(flagKept).as("interrupt flag after the call").isTrue();
    Bytes key = bytes("key");
    switch (told.getFirst()) {
      case "written" -> assertThat(store().get(key)).contains(bytes("v"));
      case "nothing happened" -> assertThat(store().get(key)).isEmpty();
      default -> store().put(key, bytes("v2"), Previous.DISCARD);
    }
    store().put(bytes("later"), bytes("w"), Previous.DISCARD);
    assertThat(store().get(bytes("later"))).as("the store still works").contains(bytes("w"));
  }

  /** Runs the body with the interrupt flag set and tells whether it is still set at the end. */
  private static boolean interrupted(Runnable body) throws InterruptedException {
    return ConcurrentClients.run(
            1,
            client -> {
              Thread.currentThread().interrupt();
              body.run();
              return Thread.interrupted();
            })
        .getFirst();
  }
}
