package io.metasrv.application.ddl.region;

import io.metasrv.domain.error.MetasrvException;
import io.metasrv.protocol.v1.region.RegionResponse;
import java.util.List;
import java.util.Optional;

/** What became of a {@link RegionCall}. */
public sealed interface RegionOutcome {

  /** What was sent to whom. */
  RegionCall call();

  /** The datanode did it. */
  record Answered(RegionCall call, RegionResponse response) implements RegionOutcome {}

  /**
   * It failed.
   *
   * @param error as it came if it may succeed later, else wrapped with the datanode's name; the
   *     code is the datanode's in any case
   */
  record Failed(RegionCall call, MetasrvException error) implements RegionOutcome {}

  /** The error, if it failed. */
  default Optional<MetasrvException> failure() {
    return switch (this) {
      case Answered ignored -> Optional.empty();
      case Failed(RegionCall ignored, MetasrvException error) -> Optional.of(error);
    };
  }

  /**
   * The responses in the order of the requests, if all succeeded.
   *
   * @throws MetasrvException the first error that cannot be repaired by trying again; if there is
   *     none of this kind the first of all
   */
  static List<RegionResponse> responses(List<RegionOutcome> outcomes) {
    throwFirst(outcomes);
    return outcomes.stream()
        .filter(Answered.class::isInstance)
        .map(outcome -> ((Answered) outcome).response())
        .toList();
  }

  private static void throwFirst(List<RegionOutcome> outcomes) {
    List<MetasrvException> errors =
        outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList();
    Optional<MetasrvException> decisive =
        errors.stream()
            .filter(error -> !error.isRetryable())
            .findFirst()
            .or(() -> errors.stream().findFirst());
    if (decisive.isPresent()) {
      throw decisive.get();
    }
  }
}
