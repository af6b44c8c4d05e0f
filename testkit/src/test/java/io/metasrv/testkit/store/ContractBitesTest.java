package io.metasrv.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Each way of getting a store wrong is found by the case that is there for it. */
final class ContractBitesTest {

  private static TestExecutionSummary run(DiscoverySelector what) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(what)
                .configurationParameter(OnlyInsideContractBites.PARAMETER, "true")
                .build(),
            summary);
    return summary.getSummary();
  }

  private static void assertFound(Class<?> brokenStore, String by) {
    TestExecutionSummary sound = run(selectMethod(BrokenStores.SoundContract.class, by));
    assertThat(sound.getTestsSucceededCount()).as("%s passes on a sound store", by).isEqualTo(1);

    TestExecutionSummary broken = run(selectMethod(brokenStore, by));

    assertThat(broken.getTestsFailedCount())
        .as("%s fails on %s", by, brokenStore.getSimpleName())
        .isEqualTo(1);
  }

  @Test
  void aSoundStorePassesTheWholeContract() {
    TestExecutionSummary summary = run(selectClass(BrokenStores.SoundContract.class));

    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(50);
  }

  @Test
  void aStoreThatNeverSaysThatThereIsMoreIsFound() {
    assertFound(BrokenStores.NeverMoreContract.class, "moreTellsWhetherAKeyBeyondTheLimitExisted");
    assertFound(
        BrokenStores.NeverMoreContract.class, "threeThousandKeysInPagesComeOnceEachInOrder");
  }

  @Test
  void aWrongOrderIsFound() {
    assertFound(BrokenStores.DescendingContract.class, "keysAreOrderedAsUnsignedBytes");
    assertFound(
        BrokenStores.SortedBatchGetContract.class,
        "aBatchGetSkipsWhatIsMissingAndKeepsTheOrderOfTheRequest");
  }

  @Test
  void aMissingKeyTakenForAnEmptyValueIsFound() {
    assertFound(BrokenStores.MissingIsEmptyContract.class, "aMissingKeyIsNotAKeyWithAnEmptyValue");
    assertFound(
        BrokenStores.MissingIsEmptyContract.class,
        "whateverIsAskedTheStoreAnswersAsASortedMapWould");
  }

  @Test
  void aForgottenPreviousValueIsFound() {
    assertFound(BrokenStores.ForgetfulContract.class, "aPutReturnsWhatItReplacedOnlyIfAsked");
  }

  @Test
  void aFalseSuccessIsFound() {
    assertFound(BrokenStores.EverybodyWinsContract.class, "ofTwentyThatCreateTheSameKeyOneWins");
    assertFound(
        BrokenStores.EverybodyWinsContract.class, "whatConcurrentClientsSeeOfOneKeyIsLinearizable");
  }

  @Test
  void aHiddenRetryIsFound() {
    assertFound(BrokenStores.HiddenRetryContract.class, "aTransactionAnswersEachOpInOrder");
  }

  @Test
  void aStaleReadIsFound() {
    assertFound(
        BrokenStores.StaleReadsContract.class, "whatConcurrentClientsSeeOfOneKeyIsLinearizable");
  }

  @Test
  void aMissingFenceIsFound() {
    assertFound(
        BrokenStores.UnfencedContract.class,
        "onceAnotherTermBeganEveryWriteOfTheOldOneIsRefusedAndNothingChanges");
    assertFound(
        BrokenStores.RefusesTooLateContract.class,
        "onceItsTermEndedEveryWriteIsRefusedEvenIfNobodyElseLeads");
  }
}
