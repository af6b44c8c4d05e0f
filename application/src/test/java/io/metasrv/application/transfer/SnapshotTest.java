package io.metasrv.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.memory.InMemoryStore;
import io.metasrv.application.port.KeyValue;
import io.metasrv.domain.Bytes;
import io.metasrv.domain.error.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {

  /** Sheet 03 §13. */
  private static final Bytes SAMPLE =
      Bytes.hex(
          "6d6574616461746100637265617465645f74696d657374616d705f6d696c6c7300011900000000000600000000000000"
              + "010000000000000001000000000000000068e5cf8b01000007636f6e74656e74004d657461646174610076616c756573"
              + "006b6579006b657976616c7565000576616c756502140e020102150c50306b320002211b02010209074428021206242401"
              + "370101010928014701010107240256a002010208652427042401");

  private static final List<KeyValue> SAMPLE_PAIRS =
      List.of(Contents.pair("key", "value"), Contents.pair("k2", ""));

  @Test
  @DisplayName("sheet 03 case A39: the 171-byte snapshot decodes to two pairs")
  void givenTheSampleOfTheSheetThenItsTwoPairsAreRead() {
    assertThat(SAMPLE.size()).isEqualTo(171);
    assertThat(Snapshot.read("sample", SAMPLE))
        .isEqualTo(new Snapshot(1_700_000_000_000L, SAMPLE_PAIRS));
  }

  @Test
  @DisplayName("sheet 03 case A39: our writer makes the same 171 bytes")
  void givenTheSamplesPairsThenTheSameBytesAreWritten() {
    assertThat(new Snapshot(1_700_000_000_000L, SAMPLE_PAIRS).write()).isEqualTo(SAMPLE);
  }

  @Test
  void givenASnapshotImportedIntoAStoreThenItsExportHasTheSameBytes() {
    Snapshot ordered =
        new Snapshot(
            5, List.of(Contents.pair("a", "1"), Contents.pair("b", ""), SAMPLE_PAIRS.get(0)));
    Bytes file = ordered.write();
    InMemoryStore store = new InMemoryStore();

    new StoreCopy(
            Snapshot.read("f", file).source("f"),
            new StorePairs("store", store),
            NoLeader.UNCHECKED,
            StoreCopy.Progress.SILENT)
        .run();

    assertThat(Snapshot.of(new StorePairs("store", store), 5).write()).isEqualTo(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rich-state.json", "pending-region-migration.json"})
  void givenARecordedStoreThenAllButElectionKeysComesBackFromItsSnapshot(String name)
      throws IOException {
    List<KeyValue> recorded = Contents.recorded(name);
    StorePairs source = new StorePairs("recorded", Contents.storeWith(recorded));

    Bytes file = Snapshot.of(source, 7).write();

    List<KeyValue> kept =
        recorded.stream()
            .filter(kv -> !kv.key().startsWith(Bytes.utf8("__metasrv_election")))
            .toList();
    assertThat(kept).hasSizeGreaterThan(20);
    assertThat(Snapshot.read("f", file).pairs()).isEqualTo(kept);
    assertThat(Snapshot.read("f", file).write()).isEqualTo(file);
  }

  @Test
  void givenValuesOfEverySizeClassThenTheyComeBackByteForByte() {
    Snapshot snapshot = new Snapshot(-1, Contents.awkward());

    assertThat(Snapshot.read("f", snapshot.write())).isEqualTo(snapshot);
  }

  @Test
  void givenNoPairThenAnEmptySnapshotComesBack() {
    Snapshot empty = new Snapshot(0, List.of());

    assertThat(Snapshot.read("f", empty.write())).isEqualTo(empty);
  }

  @Test
  void givenAFileCutOrChangedAnywhereThenReadingItEndsWithoutAnyOtherError() {
    for (int i = 0; i < SAMPLE.size(); i++) {
      Bytes cut = SAMPLE.substring(0, i);
      assertThatThrownBy(() -> Snapshot.read("f", cut)).isInstanceOf(ServiceException.class);
      for (int flip : new int[] {0x01, 0x80, 0xff}) {
        byte[] changed = SAMPLE.toByteArray();
        changed[i] ^= (byte) flip;
        try {
          assertThat(Snapshot.read("f", Bytes.wrap(changed)).pairs()).hasSizeLessThan(200);
        } catch (ServiceException refused) {
          assertThat(refused).hasMessageContaining("Cannot read f").hasMessageContaining("at byte");
        }
      }
    }
  }

  @Test
  void givenASnapshotWithAKeyTwiceThenItIsRefusedAsASource() {
    PairSource source =
        new Snapshot(0, List.of(Contents.pair("a", "1"), Contents.pair("a", "2"))).source("f");

    assertThatThrownBy(() -> ContentDigest.of(source)).hasMessageContaining("key 'a'");
  }

  @Test
  void givenASnapshotInAnyOrderThenItsDigestIsTheSame() {
    List<KeyValue> backwards = new ArrayList<>(Contents.awkward());
    Collections.reverse(backwards);

    assertThat(ContentDigest.of(new Snapshot(0, backwards).source("f")))
        .isEqualTo(ContentDigest.of(new Snapshot(0, Contents.awkward()).source("f")));
  }
}
