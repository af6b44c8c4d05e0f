package io.metasrv.tests.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every recorded DDL call, and the DDL of every recorded statement, sent with the client to a whole
 * metasrv in the order of then: after each, all of the store is what the original's was, key by key
 * and value by value. Answers and errors have the recorded codes and texts.
 *
 * <p>Not the same, and mapped: addresses, the id of the election's lease, times (whether they
 * changed is compared), and which datanode of a table got which regions (the pattern is compared).
 * Ids of tables, flows, regions and nodes are the recorded ones. What this system keeps for itself
 * under {@code __metasrv/} is left out. In memory, where one node leads without an election, the
 * keys of the election are left out. In listings, the locks on names that drops, truncations and
 * alterations of logical tables take here, but not in the original, are left out.
 *
 * <p>Calls 44 and 45 of the recording move a region, which is not part of these tests (issue D): in
 * what is expected afterwards the region has stayed where it was.
 */
@Timeout(120)
class RecordedServerTest {

  private Optional<RecordedSession> session = Optional.empty();

  @TestFactory
  @DisplayName("the recorded calls, store in memory")
  Stream<DynamicTest> callsInMemory() throws Exception {
    return calls(ServerStore.inMemory());
  }

  @TestFactory
  @DisplayName("the recorded calls, on etcd")
  Stream<DynamicTest> callsOnEtcd() throws Exception {
    return calls(ServerStore.onEtcd());
  }

  @TestFactory
  @DisplayName("the recorded statements, store in memory")
  Stream<DynamicTest> statementsInMemory() throws Exception {
    return statements(ServerStore.inMemory());
  }

  @TestFactory
  @DisplayName("the recorded statements, on etcd")
  Stream<DynamicTest> statementsOnEtcd() throws Exception {
    return statements(ServerStore.onEtcd());
  }

  private RecordedSession start(ServerStore store, SortedMap<String, String> content)
      throws Exception {
    RecordedSession started = RecordedSession.start(store, content);
    session = Optional.of(started);
    return started;
  }

  private Stream<DynamicTest> calls(ServerStore store) throws Exception {
    RecordedRun run = RecordedRun.ofCalls();
    SortedMap<String, String> atStart = run.step("01_start").after();
    RecordedSession here = start(store, atStart);
    RecordedCallScript script = new RecordedCallScript(here);
    List<DynamicTest> tests = new ArrayList<>();
    tests.add(test("01_start", () -> here.assertStored(atStart)));
    for (RecordedRun.Step step : run.steps()) {
      script
          .call(step)
          .ifPresent(
              call ->
                  tests.add(
                      test(
                          step.name(),
                          () -> {
                            call.run();
                            here.assertStored(
                                step.name().compareTo("44") < 0
                                    ? step.after()
                                    : script.unmoved(step));
                          })));
    }
    assertThat(tests).hasSize(1 + 15 + 4 + 7);
    return tests.stream();
  }

  private Stream<DynamicTest> statements(ServerStore store) throws Exception {
    RecordedRun run = RecordedRun.ofStatements();
    RecordedSession here = start(store, run.step("00_startup").after());
    RecordedStatementScript script = new RecordedStatementScript(here);
    List<DynamicTest> tests = new ArrayList<>();
    for (RecordedRun.Step step : run.steps()) {
      script
          .statement(step)
          .ifPresent(
              statement ->
                  tests.add(
                      test(
                          step.name() + " " + step.sql(),
                          () -> {
                            statement.run();
                            here.assertStored(step.after());
                          })));
    }
    assertThat(tests).hasSize(26);
    tests.add(test("doctored, so that it must fail", () -> assertBites(here, run)));
    return tests.stream();
  }

  /** Whatever key is missing or has another value, the comparison finds it. */
  private static void assertBites(RecordedSession here, RecordedRun run) {
    SortedMap<String, String> last = run.steps().getLast().after();
    assertThat(here.isStored(last)).isTrue();
    for (String key : last.keySet()) {
      if (key.startsWith("__metasrv_election")) {
        continue;
      }
      TreeMap<String, String> less = new TreeMap<>(last);
      less.remove(key);
      assertThat(here.isStored(less)).as("without " + key).isFalse();
      TreeMap<String, String> other = new TreeMap<>(last);
      other.computeIfPresent(key, (ignored, value) -> doctored(value));
      assertThat(here.isStored(other)).as("doctored " + key).isFalse();
    }
  }

  private static String doctored(String value) {
    String other = value.replaceFirst("0", "1");
    if (other.equals(value)) {
      other = value.replaceFirst("null", "true");
    }
    return other.equals(value) ? value + "x" : other;
  }

  private static DynamicTest test(String name, org.junit.jupiter.api.function.Executable body) {
    return DynamicTest.dynamicTest(name, body);
  }

  @AfterEach
  void stop() throws Exception {
    if (session.isPresent()) {
      session.get().close();
    }
  }
}
