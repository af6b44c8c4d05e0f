package io.metasrv.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checker accepts histories that one order of effects explains, and no others. */
final class RegisterHistoryTest {

  private final RegisterHistory history = new RegisterHistory();

  private RegisterHistoryTest call(long start, long end, RegisterCall.Action action) {
    history.add(new RegisterCall(start, end, action));
    return this;
  }

  private boolean isLinearizable() {
    return history.isLinearizable(Optional.empty());
  }

  private static RegisterCall.Action read(String value) {
    return new RegisterCall.Read(Optional.of(value));
  }

  private static RegisterCall.Action readNothing() {
    return new RegisterCall.Read(Optional.empty());
  }

  private static RegisterCall.Action write(String value) {
    return new RegisterCall.Write(value);
  }

  @Test
  void aReadAfterAWriteMustSeeIt() {
    assertThat(call(0, 1, write("a")).call(2, 3, read("a")).isLinearizable()).isTrue();
  }

  @Test
  void aReadAfterAWriteThatSeesTheOldValueIsStale() {
    assertThat(call(0, 1, write("a")).call(2, 3, readNothing()).isLinearizable()).isFalse();
  }

  @Test
  void aReadDuringAWriteMaySeeEither() {
    assertThat(call(0, 3, write("a")).call(1, 2, readNothing()).isLinearizable()).isTrue();
  }

  @Test
  void onceANewValueWasSeenTheOldOneMustNotBeSeenAgain() {
    assertThat(
            call(0, 9, write("a")).call(1, 2, read("a")).call(3, 4, readNothing()).isLinearizable())
        .isFalse();
  }

  @Test
  void twoSwapsOfTheSameValueCannotBothSucceed() {
    assertThat(
            call(0, 3, new RegisterCall.Swapped(Optional.empty(), "a"))
                .call(1, 2, new RegisterCall.Swapped(Optional.empty(), "b"))
                .isLinearizable())
        .isFalse();
  }

  @Test
  void aRefusedSwapMustHaveMetTheValueItReports() {
    RegisterCall.Action refused = new RegisterCall.SwapRefused(Optional.empty(), Optional.of("a"));
    assertThat(call(0, 3, write("a")).call(1, 2, refused).isLinearizable()).isTrue();
    assertThat(call(4, 5, new RegisterCall.Remove(Optional.of("b"))).isLinearizable()).isFalse();
  }

  @Test
  void aSwapOfUnknownOutcomeMayTakeEffectLateOrNever() {
    RegisterCall.Action unknown = new RegisterCall.SwapUnknown(Optional.of("a"), "b");
    call(0, 1, write("a")).call(2, Long.MAX_VALUE, unknown);
    assertThat(call(3, 4, read("a")).isLinearizable()).isTrue();
    assertThat(call(5, 6, read("b")).isLinearizable()).isTrue();
    assertThat(call(7, 8, read("a")).isLinearizable()).as("and back again").isFalse();
  }
}
