package io.metasrv.adapters.jdbc;

import io.metasrv.domain.Bytes;
import java.util.Optional;

/**
 * Our own row beside the reference's: the token of the term, and the election row exactly as this
 * term last wrote it. Both rows are always written together, so the term is over as soon as they
 * differ: whoever else writes the election row, a node of the reference with our own address
 * included, ends it.
 *
 * @param token drawn for the term
 * @param election the election row's value
 */
record TermRecord(String token, Bytes election) {

  private static final String END_OF_TOKEN = "\n";

  static Optional<TermRecord> parse(Bytes stored) {
    String text = stored.toUtf8();
    int end = text.indexOf(END_OF_TOKEN);
    return end < 0
        ? Optional.empty()
        : Optional.of(new TermRecord(text.substring(0, end), Bytes.utf8(text.substring(end + 1))));
  }

  Bytes toBytes() {
    return Bytes.utf8(token + END_OF_TOKEN).concat(election);
  }
}
