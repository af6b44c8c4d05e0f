package io.metasrv.application.catalogue;

import io.metasrv.application.json.JsonWriter;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Keys whose values could not be read while an answer was made. For one answer, one thread. */
final class Problems {

  private static final int MAX_REASON = 500;

  private record Problem(String key, String reason) {}

  private final List<Problem> problems = new ArrayList<>();

  /**
   * What is under the key; a problem, and empty, if it cannot be understood. Failures of the store
   * itself are thrown.
   */
  <T> Optional<T> read(Bytes key, Supplier<Optional<T>> reading) {
    try {
      return reading.get();
    } catch (StoreException failed) {
      throw failed;
    } catch (RuntimeException unreadable) {
      // Whatever a parser throws at bytes it does not like: the operator gets it with the key.
      add(key, String.valueOf(unreadable.getMessage()));
      return Optional.empty();
    }
  }

  /** A problem with the key. */
  void add(Bytes key, String reason) {
    problems.add(
        new Problem(
            key.toString(),
            reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON) + " …"));
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  /** Whether there is one with the key. */
  boolean has(Bytes key) {
    return problems.stream().anyMatch(problem -> problem.key().equals(key.toString()));
  }

  /** The member {@code problems}; nothing if there are none. */
  void write(JsonWriter json) {
    if (!problems.isEmpty()) {
      json.name("problems")
          .array(
              problems,
              (out, problem) ->
                  out.beginObject()
                      .member("key", problem.key())
                      .member("reason", problem.reason())
                      .endObject());
    }
  }
}
