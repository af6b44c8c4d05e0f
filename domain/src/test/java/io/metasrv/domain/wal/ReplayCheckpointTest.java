package io.metasrv.domain.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReplayCheckpointTest {

  private static final OptionalLong NONE = OptionalLong.empty();

  private static Optional<ReplayCheckpoint> at(long entryId, OptionalLong metadata) {
    return Optional.of(ReplayCheckpoint.of(entryId, metadata));
  }

  @Test
  void givenBothThenTheReplayBeginsNotBelowWhatWasPruned() {
    assertThat(ReplayCheckpoint.merge(at(5, NONE), OptionalLong.of(9), false))
        .isEqualTo(at(9, NONE));
    assertThat(ReplayCheckpoint.merge(at(15, OptionalLong.of(3)), OptionalLong.of(9), false))
        .isEqualTo(at(15, OptionalLong.of(3)));
    assertThat(ReplayCheckpoint.merge(at(15, NONE), OptionalLong.of(9), true))
        .isEqualTo(at(15, OptionalLong.of(9)));
    assertThat(ReplayCheckpoint.merge(at(-1, OptionalLong.of(3)), OptionalLong.of(9), true))
        .isEqualTo(at(-1, OptionalLong.of(9)));
  }

  @Test
  void givenOneOrNoneThenThatOneCounts() {
    assertThat(ReplayCheckpoint.merge(Optional.empty(), OptionalLong.of(9), false))
        .isEqualTo(at(9, NONE));
    assertThat(ReplayCheckpoint.merge(Optional.empty(), OptionalLong.of(9), true))
        .isEqualTo(at(9, OptionalLong.of(9)));
    assertThat(ReplayCheckpoint.merge(at(5, NONE), NONE, true)).isEqualTo(at(5, NONE));
    assertThat(ReplayCheckpoint.merge(Optional.empty(), NONE, true)).isEmpty();
  }

  @Test
  void givenIdsAboveTheSignedRangeThenTheSmallerIsTheUnsignedSmaller() {
    assertThat(ReplayCheckpoint.of(-1, OptionalLong.of(4)).minEntryId()).isEqualTo(4);
    assertThat(ReplayCheckpoint.of(-1, NONE).minEntryId()).isEqualTo(-1);
  }
}
