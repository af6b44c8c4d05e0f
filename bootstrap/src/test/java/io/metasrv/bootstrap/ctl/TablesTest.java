package io.metasrv.bootstrap.ctl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest {

  @Test
  void columnsAreAsWideAsTheirContentAndLinesEndWithoutBlanks() {
    assertThat(Tables.of("ID", "NAME", "X").row("1", "cpu", "").row("1024", "a", "longer"))
        .hasToString("ID    NAME  X\n1     cpu\n1024  a     longer\n");
  }

  @Test
  void whatWouldSpoilTheTerminalIsReplaced() {
    assertThat(Tables.of("A").row("one\n two\u001b[31m").toString()).isEqualTo("A\none two�[31m\n");
  }

  @Test
  void markupOfTheLibraryAndWideCharactersAreTextLikeAnyOther() {
    assertThat(Tables.of("A", "B").row("@|red x|@", "1").row("表", "2").toString())
        .isEqualTo("A          B\n@|red x|@  1\n表          2\n");
  }

  @Test
  void pairsWithoutAValueAreLeftOut() {
    assertThat(Tables.ofPairs().row("A", "1").pair("B", "").pair("C", "2"))
        .hasToString("A  1\nC  2\n");
    assertThat(Tables.ofPairs()).hasToString("");
  }
}
