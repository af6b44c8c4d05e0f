package io.metasrv.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.metasrv.domain.Bytes;
import io.metasrv.domain.key.ProcedureRecordKey.Kind;
import io.metasrv.domain.key.ProcedureRecordKey.Parsed;
import io.metasrv.domain.procedure.ProcedureId;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcedureKeysTest {

  private static final ProcedureId ID =
      new ProcedureId(UUID.fromString("4ce7efcc-0c6f-4164-8058-72891a926d9b"));
  private static final String PATH =
      "/__procedure__/procedure/4ce7efcc-0c6f-4164-8058-72891a926d9b/";

  @Test
  void aRecordsKeyHasTenDigitsAndASuffix() {
    assertThat(new ProcedureRecordKey(ID, 3, Kind.ROLLBACK).toBytes())
        .isEqualTo(Bytes.utf8(PATH + "0000000003.rollback"));
    assertThat(new ProcedureRecordKey(ID, 0xffff_ffffL, Kind.STEP).toBytes())
        .isEqualTo(Bytes.utf8(PATH + "4294967295.step"));
    assertThat(ProcedureRecordKey.segment(Bytes.utf8(PATH + "0000000000.step"), 12))
        .isEqualTo(Bytes.utf8(PATH + "0000000000.step/0000000012"));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aRecordsKeyIsReadAsItWasWritten(Kind kind) {
    ProcedureRecordKey key = new ProcedureRecordKey(ID, 7, kind);
    Bytes stored = key.toBytes();

    assertThat(ProcedureRecordKey.parse(stored)).contains(new Parsed(key, stored, 0));
    assertThat(ProcedureRecordKey.parse(ProcedureRecordKey.segment(stored, 2)))
        .contains(new Parsed(key, stored, 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.step", "0000000003.step.more", "3.step/1"})
  void formsThatTheOriginalReadsAreReadToo(String name) {
    assertThat(ProcedureRecordKey.parse(Bytes.utf8(PATH + name)).map(Parsed::key))
        .contains(new ProcedureRecordKey(ID, 3, Kind.STEP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0000000000.step/first", "0000000000.step/", "0000000000.step/0"})
  void aPieceWithoutANumberIsKnownAsOne(String name) {
    assertThat(ProcedureRecordKey.parse(Bytes.utf8(PATH + name)).map(Parsed::segment))
        .contains(-1L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/__procedure__/procedure/",
        "/__procedure__/procedure/readme",
        "/__procedure__/procedure/no-id/0000000000.step",
        "/__procedure__/procedure/4ce7efcc-0c6f-4164-8058-72891a926d9b/0000000000.other",
        "/__procedure__/procedure/4ce7efcc-0c6f-4164-8058-72891a926d9b/x.step",
        "/__procedure__/procedure/4ce7efcc-0c6f-4164-8058-72891a926d9b/4294967296.step",
        "/__procedure__/procedure/4ce7efcc-0c6f-4164-8058-72891a926d9b/9999999999999999999.step",
        "/__procedure__/procedure/4ce7efcc-0c6f-4164-8058-72891a926d9b/",
        "/__procedure_poison/table/1"
      })
  void otherKeysAreNone(String key) {
    assertThat(ProcedureRecordKey.parse(Bytes.utf8(key))).isEmpty();
  }

  @Test
  void laterEndsComeFirstInTheHistory() {
    ProcedureHistoryKey early = new ProcedureHistoryKey(1_700_000_000_000L, ID);
    ProcedureHistoryKey late = new ProcedureHistoryKey(1_700_000_000_001L, ID);

    assertThat(late.toBytes()).isLessThan(early.toBytes());
    assertThat(ProcedureHistoryKey.parse(early.toBytes())).contains(early);
    assertThat(ProcedureHistoryKey.endedUntil(1_700_000_000_000L))
        .isGreaterThan(late.toBytes())
        .isLessThan(early.toBytes());
    assertThat(early.toBytes().startsWith(Bytes.utf8("__metasrv/"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__metasrv/history/procedure/x",
        "__metasrv/history/procedure/9999999999999999999-4ce7efcc-0c6f-4164-8058-72891a926d9b",
        "__metasrv/history/procedure/0000000000000000001-none",
        "__metasrv/other"
      })
  void otherKeysAreNoneOfTheHistory(String key) {
    assertThat(ProcedureHistoryKey.parse(Bytes.utf8(key))).isEmpty();
  }

  @Test
  void aQuarantineKeyIsReadAsItWasWritten() {
    ProcedureQuarantineKey key = new ProcedureQuarantineKey(ID);

    assertThat(ProcedureQuarantineKey.parse(key.toBytes())).contains(key);
    assertThat(ProcedureQuarantineKey.parse(Bytes.utf8("__metasrv/quarantine/procedure/x")))
        .isEmpty();
    assertThat(ProcedureQuarantineKey.parse(Bytes.utf8("x"))).isEqualTo(Optional.empty());
  }
}
